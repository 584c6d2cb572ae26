package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.route.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    @ParameterizedTest
    @ValueSource(strings = {"/emby/Sessions/Playing", "/progress/report"})
    void aFullDiskIsNoFaultOfTheGatewayAndIsNotNamed(String path) {
        StoreUnavailable full =
                new StoreUnavailable("SQLite file /srv/x.db: [SQLITE_FULL] disk is full", new IllegalStateException());

        Reply reply = new Failures().reply(full, "POST " + path, path, "r");

        assertThat(reply).isInstanceOfSatisfying(Reply.Bytes.class, bytes -> {
            assertThat(bytes.status()).isEqualTo(503);
            assertThat(new String(bytes.body(), StandardCharsets.UTF_8))
                    .contains("cannot use its database")
                    .doesNotContain("SQLite", "/srv");
        });
    }
}
