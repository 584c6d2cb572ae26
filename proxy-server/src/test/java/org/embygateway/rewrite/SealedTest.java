package org.embygateway.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedTest {
    private final Sealed sealed = new Sealed("secret");

    @Test
    void whatIsSealedCanBeOpenedWithTheSameKeyOnly() {
        String text = sealed.seal("http://one.lan/tuner?7");

        assertThat(text).matches("[A-Za-z0-9_-]+").doesNotContain("one");
        assertThat(new Sealed("secret").open(text)).hasValue("http://one.lan/tuner?7");
        assertThat(new Sealed("other").open(text)).isEmpty();
    }

    @Test
    void theSameTextIsAlwaysSealedTheSameWay() {
        assertThat(sealed.seal("a")).isEqualTo(sealed.seal("a")).isNotEqualTo(sealed.seal("b"));
    }

    @Test
    void textsThatWereTamperedWithOrMadeUpAreNotOpened() {
        String text = sealed.seal("a");

        for (String other :
                new String[] {"", "a", "%%%", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "B" + text, text + "AAAA"}) {
            assertThat(sealed.open(other)).as(other).isEmpty();
        }
    }
}
