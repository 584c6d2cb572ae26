package org.embygateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.embygateway.index.Users;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UserId;

/** Users' {@code UserConfiguration}s, parsed once: nearly every list asks for its user's. */
final class KnownConfigurations implements Function<UserId, JsonNode> {
    private static final int MAX_KEPT = 10_000;

    private final Users users;
    private final Cache<UserId, JsonNode> kept =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

    KnownConfigurations(Users users) {
        this.users = users;
    }

    @Override
    public JsonNode apply(UserId user) {
        return kept.get(user, this::read);
    }

    void forget(UserId user) {
        kept.invalidate(user);
    }

    private JsonNode read(UserId id) {
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
