package org.embygateway.play;

import org.embygateway.protocol.UpstreamId;

/** Told of what goes on with streams, for metrics. Must not block or throw. */
public interface PlayObserver {
    PlayObserver NONE = new PlayObserver() {};

    /** Somebody did not get a place. @param limit {@code upstream} or {@code user} */
    default void refused(String limit) {}

    /** An upstream failed in a stream. @param how one of a few words */
    default void failed(UpstreamId upstream, String how) {}

    /** A stream goes on from another upstream. @param from the one that failed */
    default void fellOver(UpstreamId from, UpstreamId to) {}
}
