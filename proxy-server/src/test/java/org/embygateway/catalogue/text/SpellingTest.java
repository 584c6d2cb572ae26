package org.embygateway.catalogue.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "matrix, matrix",
        "流浪地球, 流浪地球",
        "臥虎藏龍, 卧虎藏龙",
        "後來的我們, 后来的我们",
        "ガンダム, がんだむ",
        "となりのトトロ, となりのととろ",
        "기생충, ㄱㅣㅅㅐㅇㅊㅜㅇ",
        "왕좌, ㅇㅗㅏㅇㅈㅗㅏ",
        "닭, ㄷㅏㄹㄱ",
        "smørrebrød, smorrebrod",
        "straße, strasse",
        "æon, aeon",
        "łódz, lodz",
    })
    void whatLooksOrMeansTheSameIsSpelledTheSame(String text, String spelled) {
        assertThat(Spelling.of(text)).isEqualTo(spelled);
    }

    @ParameterizedTest
    @CsvSource({
        "기생충, ㄱㅅㅊ",
        "오징어 게임, ㅇㅈㅇ ㄱㅇ",
        "となりのトトロ, tonarinototoro",
        "ファイナルファンタジー, fainarufantaji",
        "がっこう, gakkou",
        "きゃりーぱみゅぱみゅ, kyaripamyupamyu",
        "天空の城ラピュタ, 天空no城rapyuta",
    })
    void someTextsAreAlsoTypedInOtherWays(String text, String typed) {
        assertThat(Spelling.others(text)).contains(typed);
    }

    @Test
    void mostTextsAreTypedInOneWay() {
        assertThat(Spelling.others("the matrix")).isEmpty();
        assertThat(Spelling.others("流浪地球")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "流浪地球, lldq, WHOLE",
        "流浪地球, liulangdiqiu, WHOLE",
        "流浪地球, liulangdq, WHOLE",
        "流浪地球, lldiqiu, WHOLE",
        "流浪地球, 流浪dq, WHOLE",
        "流浪地球, liulangdiqi, START",
        "流浪地球, l, START",
        "流浪地球, diqiu, INSIDE",
        "流浪地球, iulang, NONE",
        "流浪地球, lldqx, NONE",
        "流浪地球2, lldq2, WHOLE",
        "三体 第一季, santidiyiji, WHOLE",
        "重庆, chongqing, WHOLE",
        "重庆, zhongqing, WHOLE",
        "重庆, cq, WHOLE",
        "重庆, chq, WHOLE",
        "长安十二时辰, casesc, WHOLE",
        "长安十二时辰, changan, START",
        "音乐之声, yinyue, START",
        "女人, nvren, WHOLE",
        "西安, xian, WHOLE",
        "x战警, xzj, WHOLE",
        "安安安安安安安安安安安安安安安安, ananananananananananananananananx, NONE",
    })
    void chineseIsTypedByReadingsOrWhatTheyBeginWith(String title, String typed, Pinyin.Fit fit) {
        assertThat(Pinyin.fit(title, typed)).isEqualTo(fit);
    }
}
