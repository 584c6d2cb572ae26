package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.embygateway.index.Delivery;
import org.embygateway.index.UserData;
import org.embygateway.protocol.EmbyJson;

/** What upstreams are told of a change, as the outbox keeps it. */
enum Told {
    /** Marked played: {@code {"Event":"Played","LastPlayedDate"}}. */
    PLAYED(Delivery.Kind.WATCH, "Played"),
    /** Marked unplayed: {@code {"Event":"Unplayed"}}. */
    UNPLAYED(Delivery.Kind.WATCH, "Unplayed"),
    /** On its way: {@code {"Event":"Passing","Played","PlaybackPositionTicks","LastPlayedDate"}}. */
    PASSING(Delivery.Kind.WATCH, "Passing"),
    /** As {@link #PASSING}, and not to be held back. */
    STATE(Delivery.Kind.WATCH, "State"),
    /** {@code {"Event":"Favorite","IsFavorite"}}. */
    FAVORITE(Delivery.Kind.FAVORITE, "Favorite"),
    /** {@code {"Event":"Rating","Likes"?}}. */
    RATING(Delivery.Kind.RATING, "Rating");

    private static final double LIKED_FROM = 6.5;

    private final Delivery.Kind kind;
    private final String event;

    Told(Delivery.Kind kind, String event) {
        this.kind = kind;
        this.event = event;
    }

    Delivery.Kind kind() {
        return kind;
    }

    static Optional<Told> named(String event) {
        for (Told told : values()) {
            if (told.event.equals(event)) {
                return Optional.of(told);
            }
        }
        return Optional.empty();
    }

    String body(UserData state) {
        ObjectNode body = EmbyJson.object();
        body.put("Event", event);
        switch (this) {
            case PLAYED -> putLastPlayed(body, state);
            case UNPLAYED -> {}
            case PASSING, STATE -> {
                body.put("Played", state.played());
                body.put("PlaybackPositionTicks", state.positionTicks());
                putLastPlayed(body, state);
            }
            case FAVORITE -> body.put("IsFavorite", state.favorite());
            case RATING -> state.rating().ifPresent(r -> body.put("Likes", r >= LIKED_FROM));
        }
        return body.toString();
    }

    private static void putLastPlayed(ObjectNode body, UserData state) {
        state.lastPlayed().ifPresent(at -> body.put("LastPlayedDate", EmbyJson.date(at)));
    }
}
