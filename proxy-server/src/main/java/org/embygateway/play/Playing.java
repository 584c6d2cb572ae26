package org.embygateway.play;

import java.time.Clock;
import java.time.Duration;
import org.embygateway.index.MediaIndex;
import org.embygateway.rewrite.MediaSourceRewrite;
import org.embygateway.rewrite.Sealed;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRegistry;

/** Builds what this package offers: its parts share play sessions and sealed values. */
public final class Playing implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final PlaySessions sessions;
    private final Playback playback;
    private final Streams streams;
    private final Encodings encodings;

    /**
     * @param serverId the gateway's
     * @param sealed hides what clients carry for upstreams; the same key on every node
     * @param deadline how long several copies may take to say how they can be played
     */
    public Playing(
            MediaIndex index,
            UpstreamRegistry upstreams,
            UpstreamCalls calls,
            PlaySessions sessions,
            Sealed sealed,
            String serverId,
            Clock clock,
            Duration deadline) {
        this.sessions = sessions;
        OpaqueValues opaque = new OpaqueValues(sealed);
        Targets targets = new Targets(index, upstreams, sessions);
        SourceView view = new SourceView(new MediaSourceRewrite(serverId), opaque);
        Interview interview = new Interview(index, upstreams, calls, sessions, view, opaque);
        PlayParts parts = new PlayParts(upstreams, calls, sessions, targets, opaque, interview, new Ranking(upstreams));
        Choosing choosing = new Choosing(targets, sessions, opaque, upstreams);
        encodings = new Encodings(calls, clock, IDLE);
        playback = new Playback(parts, deadline);
        streams = new Streams(parts, choosing, encodings, new Playlists(calls, upstreams));
    }

    public void start() {
        encodings.start();
    }

    @Override
    public void close() {
        encodings.close();
    }

    public PlaySessions sessions() {
        return sessions;
    }

    public Playback playback() {
        return playback;
    }

    public Streams streams() {
        return streams;
    }
}
