package org.embygateway.index;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.UpstreamId;

/** The registered servers. A removed one keeps its number for ever, so that grants never shift to another. */
public interface Upstreams {
    int MOST_STREAMS = 10_000;

    /** In the admin's order; without the removed ones. */
    List<UpstreamRecord> all();

    Optional<UpstreamRecord> find(UpstreamId id);

    /** Adds a server, or brings a removed one of the same name back under its old number. */
    UpstreamRecord add(
            String name,
            URI url,
            UpstreamRecord.PlaybackMode playback,
            UpstreamRecord.SyncMode sync,
            boolean configured);

    /** Replaces everything but the id. */
    void update(UpstreamRecord upstream);

    /** Notes what the server turned out to be and leaves all else alone, which somebody may be changing meanwhile. */
    void putKind(UpstreamId id, UpstreamRecord.Kind kind);

    /** How the server is reached; {@link Passage#DIRECT} unless somebody said otherwise. */
    Passage passage(UpstreamId id);

    void putPassage(UpstreamId id, Passage passage);

    /** Most titles that may be played from the server at one time; 0 for any number, unless somebody said otherwise. */
    int streamsAtOnce(UpstreamId id);

    void putStreamsAtOnce(UpstreamId id, int streams);

    /** Forgets the server, its accounts and sign-ins; its copies are removed by {@link MediaIndex#forgetUpstream}. */
    void remove(UpstreamId id);
}
