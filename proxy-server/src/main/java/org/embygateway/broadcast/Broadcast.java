package org.embygateway.broadcast;

import java.time.Clock;
import org.embygateway.index.UserDataStore;

/** The parts that share the registry of what plays, made together. */
public record Broadcast(PlaybackReports reports, Marks marks, OfflineActions offline) {

    /** @param waiting run after something was put into the outbox: {@link Deliverer#wake} */
    public static Broadcast of(
            UserDataStore store, Titles titles, WatchEvents events, LivePlayback live, Runnable waiting, Clock clock) {
        WatchState state = new WatchState(store, titles, events, waiting, clock);
        Playbacks playbacks = new Playbacks();
        return new Broadcast(
                new PlaybackReports(titles, state, events, new LiveForwarder(live, clock), playbacks),
                new Marks(titles, state, playbacks),
                new OfflineActions(titles, state));
    }
}
