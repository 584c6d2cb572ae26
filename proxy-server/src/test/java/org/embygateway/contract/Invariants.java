package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** What holds for every JSON answer: one server speaks, and its URLs lead back to it. */
final class Invariants {
    private static final Set<String> PATHS = Set.of("DirectStreamUrl", "TranscodingUrl", "DeliveryUrl");
    private static final Set<String> ADDRESSES = Set.of("LocalAddress", "WanAddress");

    private final String base;
    private final String serverId;

    Invariants(String base, String serverId) {
        this.base = base;
        this.serverId = serverId;
    }

    void check(JsonNode node) {
        node.properties().forEach(field -> check(field.getKey(), field.getValue()));
        node.forEach(this::check);
    }

    private void check(String name, JsonNode value) {
        if (name.equals("ServerId")) {
            assertThat(value.asText()).as("ServerId").isEqualTo(serverId);
        } else if (name.equals("Path")) {
            assertThat(value.asText())
                    .as("a path that no client opens by itself")
                    .doesNotContain("://");
        } else if (ADDRESSES.contains(name)) {
            assertThat(value.asText()).as(name).isEqualTo(base);
        } else if (PATHS.contains(name)) {
            assertThat(value.asText())
                    .as(name + " is a path without /emby and with the client's own key")
                    .startsWith("/")
                    .doesNotStartWith("//")
                    .doesNotStartWithIgnoringCase("/emby/")
                    .contains("api_key=");
        }
    }
}
