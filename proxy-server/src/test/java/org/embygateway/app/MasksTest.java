package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /Items?api_key=hunter2&Limit=1",
                "GET /Items?Limit=1&X-Emby-Token=hunter2",
                "/embywebsocket?ApiKey=hunter2",
                "X-Emby-Token: hunter2",
                "X-MediaBrowser-Token: hunter2",
                "MediaBrowser Client=\"a\", Token=\"hunter2\", Version=\"1\"",
                "Authorization: Bearer hunter2.hunter2-x_y",
                "{\"Username\":\"a\",\"Pw\":\"hunter2\"}",
                "{\"Username\":\"a\", \"Password\" : \"hunter2 with spaces\"}",
                "{\\\"AccessToken\\\":\\\"hunter2\\\"}",
                "{'Pw': 'hunter2'}",
                "Username=a&Pw=hunter2",
                "NewPw=hunter2",
                "DB_PASSWORD=hunter2",
                "jwt.secret: hunter2",
                "connect to http://admin:hunter2@emby/ failed"
            })
    void noSecretIsLeft(String text) {
        assertThat(Masks.apply(text)).doesNotContain("hunter2").contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /Users/{UserId}/Items 200 in 3 ms",
                "Server \"Pw\" is online",
                "3 tokens revoked",
                "see https://emby.example.com/web/index.html",
                "user@example.com signed in"
            })
    void otherTextIsLeftAlone(String text) {
        assertThat(Masks.apply(text)).isEqualTo(text);
    }

    @Test
    void whatStandsAroundASecretStays() {
        assertThat(Masks.apply("GET /Items?api_key=hunter2&Limit=1 from 10.0.0.1"))
                .isEqualTo("GET /Items?api_key=***&Limit=1 from 10.0.0.1");
        assertThat(Masks.apply("{\"Pw\":\"a$1b\",\"Name\":\"c\"}")).isEqualTo("{\"Pw\":\"***\",\"Name\":\"c\"}");
    }
}
