package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.embygateway.route.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/System/Info",
                "/emby/System/Info",
                "/EMBY/System/Info/",
                "/emby/emby/System/Info",
                "//System//Info",
                "/mediabrowser/System/Info",
                "/emby//System/Info",
                "/System/%49nfo"
            })
    void allWaysOfWritingAPathAreOne(String raw) {
        assertThat(RequestPath.of(raw, "").path()).isEqualTo("/System/Info");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/Items/..%2f", "/a%2Fb", "/web/../x", "/web/%2e%2e/x", "/x%00", "/x%zz", "/a\\b", "/%0d%0aX"})
    void hostilePathsAreRefused(String raw) {
        assertThatThrownBy(() -> RequestPath.of(raw, ""))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void aBasePathIsTakenOffOnlyWhenItIsThere() {
        assertThat(RequestPath.of("/tv/emby/Users/Public", "/tv"))
                .isEqualTo(new RequestPath("/tv/emby", "/Users/Public"));
        assertThat(RequestPath.of("/emby/Users/Public", "/tv")).isEqualTo(new RequestPath("/emby", "/Users/Public"));
    }

    @Test
    void aPlusIsAPlus() {
        assertThat(RequestPath.of("/Genres/Sci+Fi%20x", "").path()).isEqualTo("/Genres/Sci+Fi x");
    }
}
