package org.embygateway.index.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedNameTest {
    @ParameterizedTest
    @CsvSource({
        "WALL·E, Wall-E",
        "'Amélie', 'AMELIE'",
        "'Ｍａｔｒｉｘ　２', 'matrix 2'",
        "Fast & Furious, Fast and furious",
        "'流浪地球：飞跃', '流浪地球 飞跃'",
        "Straße, STRASSE",
        "ｶﾞﾝﾀﾞﾑ, ガンダム",
        "'Ocean’s Eleven', 'Oceans Eleven'"
    })
    void scenario17WidthCasePunctuationAndAccentsDoNotCount(String one, String other) {
        assertThat(FoldedName.of(one)).isEqualTo(FoldedName.of(other));
    }

    @ParameterizedTest
    @CsvSource({"流浪地球, 流浪地球2", "流浪地球, 大海啸", "C, C++", "か, が", "мой, мои", "'!!!', '???'", "$, €"})
    void scenario16DifferentNamesStayDifferent(String one, String other) {
        assertThat(FoldedName.of(one)).isNotEqualTo(FoldedName.of(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"流浪地球", "…", "[REC]", "😀", "$"})
    void noNameBecomesEmpty(String name) {
        assertThat(FoldedName.of(name)).isNotEmpty();
    }

    @Test
    void aBlankNameIsEmpty() {
        assertThat(FoldedName.of(" \t")).isEmpty();
    }
}
