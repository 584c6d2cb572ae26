package org.embygateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.embygateway.index.Users;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UserId;

/** Users' {@code UserConfiguration}s, parsed once: nearly every list asks for its user's. */
final class KnownConfigurations {
    private KnownConfigurations() {}

    static KnownByUser<JsonNode> of(Users users) {
        return new KnownByUser<>(user -> read(users, user));
    }

    private static JsonNode read(Users users, UserId id) {
        return users.find(id).map(user -> parsed(user.configuration())).orElseGet(EmbyJson::object);
    }

    private static JsonNode parsed(String text) {
        try {
            return text.isEmpty() ? EmbyJson.object() : EmbyJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return EmbyJson.object();
        }
    }
}
