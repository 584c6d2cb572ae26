package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;

/** A play session as text, for the store. */
final class PlaySessionText {
    private PlaySessionText() {}

    static String write(PlaySession session) {
        ObjectNode node = EmbyJson.object();
        node.put("id", session.id());
        node.put("user", session.user().toString());
        node.put("userSession", session.userSession());
        node.put("client", session.client().client());
        node.put("device", session.client().device());
        node.put("deviceId", session.client().deviceId());
        node.put("version", session.client().version());
        node.put("item", session.item().value());
        ArrayNode bindings = node.putArray("bindings");
        session.bindings().forEach(b -> write(bindings.addObject(), b));
        return node.toString();
    }

    private static void write(ObjectNode node, Binding binding) {
        Target target = binding.target();
        node.put("alias", binding.alias());
        node.put("session", binding.upstreamSession());
        node.put("upstream", target.upstream().value());
        node.put("item", target.item().value());
        target.source().ifPresent(s -> node.put("source", s.version().value()));
        node.put("upstreamItem", target.upstreamItem());
        node.put("upstreamVersion", target.upstreamVersion());
        node.put("upstreamSource", target.upstreamSource());
        node.put("size", target.size());
        node.put("runTime", target.runTimeTicks());
    }

    /** Empty for a text of another form, such as one that an older version wrote. */
    static Optional<PlaySession> read(String text) {
        try {
            JsonNode node = EmbyJson.read(text.getBytes(StandardCharsets.UTF_8));
            List<Binding> bindings = new ArrayList<>();
            node.path("bindings").forEach(b -> bindings.add(binding(b)));
            return Optional.of(new PlaySession(
                    node.path("id").asText(),
                    new UserId(node.path("user").asText()),
                    node.path("userSession").asText(),
                    new ClientIdentity(
                            node.path("client").asText(),
                            node.path("device").asText(),
                            node.path("deviceId").asText(),
                            node.path("version").asText()),
                    new ItemId(node.path("item").asInt()),
                    bindings));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Binding binding(JsonNode node) {
        Target target = new Target(
                new UpstreamId(node.path("upstream").asInt()),
                new ItemId(node.path("item").asInt()),
                ItemId.parse(node.path("source").asText()).map(MediaSourceId::new),
                node.path("upstreamItem").asText(),
                node.path("upstreamVersion").asText(),
                node.path("upstreamSource").asText(),
                node.path("size").asLong(),
                node.path("runTime").asLong());
        return new Binding(
                node.path("alias").asText(), target, node.path("session").asText());
    }
}
