package org.embygateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParamsTest {
    @Test
    void namesIgnoreCaseAndEmptyValuesAreAbsent() {
        Params params = Params.parse("UserId=&userid=7&LIMIT=12&Recursive=True&x=%zz");

        assertThat(params.text("USERID")).contains("7");
        assertThat(params.number("limit")).hasValue(12);
        assertThat(params.flag("recursive")).contains(true);
        assertThat(params.text("x")).contains("%zz");
        assertThat(params.number("x")).isEmpty();
    }

    @Test
    void listsJoinRepeatedNames() {
        assertThat(Params.parse("Ids=1,2&ids=3,,4").list("IDS")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void equalWhateverTheCaseOfTheNames() {
        assertThat(Params.parse("a=1&B=2"))
                .isEqualTo(Params.parse("b=2&A=1"))
                .hasSameHashCodeAs(Params.parse("b=2&A=1"));
        assertThat(Params.parse("a=1")).isNotEqualTo(Params.parse("b=1")).isNotEqualTo(Params.parse("a=1&a=1"));
    }
}
