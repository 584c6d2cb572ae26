package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What the app has reported, and what the very next answers must therefore say. */
final class WatchedStates {
    private static final double LEAST = 0.02;
    private static final double MOST = 0.9;
    private static final Duration SHORTEST = Duration.ofSeconds(120);

    private final JourneyLibrary library;
    private final Map<String, State> states = new HashMap<>();

    /** @param position in ticks */
    private record State(boolean played, long position) {}

    WatchedStates(JourneyLibrary library) {
        this.library = library;
    }

    /** A report that was taken. */
    void reported(String path, String body, Placeholders names) {
        if (path.startsWith("/Sessions/Playing/Stopped")) {
            JsonNode report = Answer.parsed(body);
            for (String item : new String[] {"film", "foreign", "episode1", "episode2"}) {
                if (names.is(item, report.path("ItemId").asText())) {
                    states.put(
                            item,
                            stopped(
                                    report.path("PositionTicks").asLong(),
                                    library.length(item).toNanos() / 100));
                }
            }
        }
    }

    /** As Emby's libraries do it unless somebody changes their settings. */
    private static State stopped(long position, long length) {
        double part = (double) position / length;
        if (part < LEAST) {
            return new State(false, 0);
        }
        boolean done = part > MOST || length < SHORTEST.toNanos() / 100;
        return new State(done, done ? 0 : position);
    }

    /** A web socket told the state of an item. */
    void told(String item, JsonNode state) {
        State expected = states.get(item);
        if (expected != null) {
            judge(item, expected, state);
        }
    }

    /** Any answer: an item's own page and the resume row have to know. */
    void answered(String path, JsonNode json, Placeholders names) {
        states.forEach((item, state) -> {
            if (path.startsWith("/Users/%s/Items/%s?".formatted(names.value("user"), names.value(item)))) {
                judge(item, state, json.path("UserData"));
            } else if (path.contains("/Items/Resume?") && path.contains("MediaTypes=Video")) {
                inRow(item, state, json, names);
            }
        });
        if (path.contains("/FavoriteItems/")) {
            assertThat(json.path("IsFavorite").asBoolean()).isEqualTo(!path.endsWith("/Delete"));
        } else if (path.contains("/PlayedItems/")) {
            assertThat(json.path("Played").asBoolean()).isEqualTo(!path.endsWith("/Delete"));
            forget(path, names);
        }
    }

    /** What can be resumed is in the row; what is there only as the next episode has its state as well. */
    private static void inRow(String item, State state, JsonNode row, Placeholders names) {
        boolean shown = false;
        for (JsonNode entry : row.path("Items")) {
            if (names.is(item, entry.path("Id").asText())) {
                shown = true;
                judge(item, state, entry.path("UserData"));
            }
        }
        assertThat(shown || state.position() == 0)
                .as(item + " can be resumed: " + row)
                .isTrue();
    }

    private void forget(String path, Placeholders names) {
        boolean series = names.is("series", path.split("/")[4]);
        states.keySet().removeIf(item -> series && item.startsWith("episode"));
    }

    private static void judge(String item, State expected, JsonNode state) {
        assertThat(state.path("PlaybackPositionTicks").asLong())
                .as("position of " + item)
                .isEqualTo(expected.position());
        assertThat(state.path("Played").asBoolean()).as(item + " is played").isEqualTo(expected.played());
    }
}
