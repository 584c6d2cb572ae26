package org.embygateway.play;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.embygateway.index.Fingerprints;
import org.embygateway.index.MediaIndex;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.rewrite.MediaSourceRewrite;
import org.embygateway.rewrite.Sealed;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRegistry;

/** Builds what this package offers: its parts share play sessions and sealed values. */
public final class Playing implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final PlaySessions sessions;
    private final Slots slots;
    private final Playback playback;
    private final Streams streams;
    private final Encodings encodings;
    private final SealedStreams sealedStreams;
    private final LiveStreams liveStreams;
    private final ActiveEncodings activeEncodings;
    private final LiveReports liveReports;
    private final Thumbnails thumbnails;
    private final RunningStreams runningStreams;

    /**
     * @param serverId the gateway's
     * @param sealed hides what clients carry for upstreams; the same key on every node
     */
    public Playing(
            MediaIndex index,
            UpstreamRegistry upstreams,
            UpstreamCalls calls,
            PlaySessions sessions,
            Fingerprints fingerprints,
            Sealed sealed,
            String serverId,
            Clock clock,
            PlayRules rules) {
        this.sessions = sessions;
        slots = new Slots(new MemorySlots(), upstreams, rules, clock);
        Conduct conduct = new Conduct(clock);
        OpaqueValues opaque = new OpaqueValues(sealed);
        Ranking ranking = new Ranking(upstreams, slots, conduct, sessions, clock);
        Targets targets = new Targets(index, ranking);
        SourceView view = new SourceView(new MediaSourceRewrite(serverId), opaque);
        Interview interview = new Interview(index, upstreams, calls, sessions, view, opaque);
        PlayParts parts = new PlayParts(
                upstreams,
                calls,
                sessions,
                targets,
                opaque,
                interview,
                ranking,
                slots,
                new Lookout(upstreams, slots, conduct, rules.observer()),
                rules,
                new Rights(rules));
        Choosing choosing = new Choosing(targets, sessions, opaque, upstreams);
        encodings = new Encodings(calls, clock, IDLE);
        playback = new Playback(parts, rules.deadline());
        Playlists playlists = new Playlists(calls, upstreams);
        streams = new Streams(parts, choosing, encodings, playlists, new Twins(fingerprints, calls, clock));
        sealedStreams = new SealedStreams(parts, playlists);
        liveStreams = new LiveStreams(parts, encodings);
        activeEncodings = new ActiveEncodings(sessions, encodings);
        liveReports = new LiveReports(parts, choosing, encodings);
        thumbnails = new Thumbnails(calls, choosing, serverId);
        runningStreams = new RunningStreams(slots, index, upstreams);
    }

    public void start() {
        encodings.start();
        slots.start();
    }

    @Override
    public void close() {
        encodings.close();
        slots.close();
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

    public SealedStreams sealedStreams() {
        return sealedStreams;
    }

    public LiveStreams liveStreams() {
        return liveStreams;
    }

    public ActiveEncodings activeEncodings() {
        return activeEncodings;
    }

    public LiveReports liveReports() {
        return liveReports;
    }

    public Thumbnails thumbnails() {
        return thumbnails;
    }

    public RunningStreams runningStreams() {
        return runningStreams;
    }

    /** How many titles are played from each upstream now. */
    public Map<UpstreamId, Integer> places() {
        return slots.places();
    }

    Slots slots() {
        return slots;
    }

    Encodings encodings() {
        return encodings;
    }
}
