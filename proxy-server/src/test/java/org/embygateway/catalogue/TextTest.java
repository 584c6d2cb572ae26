package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void titlesAreComparedWithoutCaseAccentsWidthAndPunctuation() {
        assertThat(Text.fold("Amélie")).isEqualTo("amelie");
        assertThat(Text.fold("ＭＡＴＲＩＸ：  Reloaded!")).isEqualTo("matrix reloaded");
        assertThat(Text.fold("Schindler's List")).isEqualTo("schindlers list");
        assertThat(Text.fold("流浪地球2")).isEqualTo("流浪地球2");
        assertThat(Text.fold("ガンダム")).isEqualTo("ガンダム");
        assertThat(Text.fold("한국")).isEqualTo("한국");
        assertThat(Text.fold("?!")).isEmpty();
    }

    @Test
    void articlesAreLeftOutAndNumbersOrderByValue() {
        assertThat(Text.sortKey("The Matrix")).isEqualTo("matrix");
        assertThat(Text.sortKey("The")).isEqualTo("the");
        assertThat(Text.sortKey("Alien 2")).isLessThan(Text.sortKey("Alien 10"));
        assertThat(Text.prefix(Text.sortKey("A Quiet Place"))).isEqualTo("Q");
        assertThat(Text.prefix(Text.sortKey("12 Monkeys"))).isEqualTo("#");
        assertThat(Text.prefix(Text.sortKey("流浪地球"))).isEqualTo("流");
        assertThat(Text.prefix("")).isEqualTo("#");
    }

    @Test
    void datesAreReadInEveryIsoForm() {
        long expected = Instant.parse("2024-02-29T09:52:52.589Z").toEpochMilli();
        assertThat(Facts.date("2024-02-29T09:52:52.5898360Z")).isEqualTo(expected);
        assertThat(Facts.date("2024-02-29T11:52:52.589+02:00")).isEqualTo(expected);
        assertThat(Facts.date("2024-02-29T09:52:52.589")).isEqualTo(expected);
        assertThat(Facts.date("2024-02-12T09:52:52.5890000Z"))
                .isEqualTo(Instant.parse("2024-02-12T09:52:52.589Z").toEpochMilli());
        assertThat(Facts.date("2024-02-29"))
                .isEqualTo(Instant.parse("2024-02-29T00:00:00Z").toEpochMilli());
        assertThat(Facts.date("2024-13-29T09:52:52.5898360Z")).isEqualTo(Facts.NO_DATE);
        assertThat(Facts.date("yesterday")).isEqualTo(Facts.NO_DATE);
    }
}
