package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.Settings;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.WouldWait;

/**
 * Keeps play sessions in a fixed number of named values, by the first two digits of their ids, so that what is kept
 * stays small without anything having to delete it: each slot drops what is over, and beyond its bound the oldest.
 */
public final class SlottedPlaySessions implements PlaySessionStore {
    private static final int PER_SLOT = 64;

    private final Settings settings;
    private final Clock clock;

    public SlottedPlaySessions(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void put(String id, String text, Instant until) {
        WouldWait.check();
        keep(id, text, until);
    }

    private synchronized void keep(String id, String text, Instant until) {
        ObjectNode slot = read(id);
        slot.putObject(id).put("text", text).put("until", until.getEpochSecond());
        prune(slot);
        write(id, slot);
    }

    @Override
    public Optional<String> find(String id) {
        JsonNode entry = read(id).path(id);
        return isOver(entry) ? Optional.empty() : Optional.of(entry.path("text").asText());
    }

    private void prune(ObjectNode slot) {
        List<Map.Entry<String, JsonNode>> oldestFirst = slot.properties().stream()
                .sorted(Comparator.comparingLong(e -> e.getValue().path("until").asLong()))
                .toList();
        int surplus = oldestFirst.size() - PER_SLOT;
        for (Map.Entry<String, JsonNode> entry : oldestFirst) {
            if (surplus-- > 0 || isOver(entry.getValue())) {
                slot.remove(entry.getKey());
            }
        }
    }

    private boolean isOver(JsonNode entry) {
        return entry.path("until").asLong() <= clock.instant().getEpochSecond();
    }

    private ObjectNode read(String id) {
        String text = settings.find(name(id)).orElse("{}");
        try {
            return EmbyJson.read(text.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode slot
                    ? slot
                    : EmbyJson.object();
        } catch (IOException e) {
            return EmbyJson.object();
        }
    }

    private void write(String id, ObjectNode slot) {
        settings.put(name(id), slot.toString());
    }

    private static String name(String id) {
        return "play-sessions-" + id.substring(0, 2);
    }
}
