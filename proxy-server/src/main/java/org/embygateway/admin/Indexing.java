package org.embygateway.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.embygateway.protocol.UpstreamId;

/** The indexing of the servers, as far as their administration needs it. */
public interface Indexing {
    /** The registry has changed. On return nothing is indexed of servers that are no longer in it. */
    void serversChanged();

    /** Everything known of the server is about to be forgotten. */
    void forgotten(UpstreamId id);

    /** Begins to index everything of the server again; false when it is not indexed as a whole. */
    boolean startAgain(UpstreamId id);

    Progress progress(UpstreamId id);

    /**
     * @param phase in lower case: {@code idle}, {@code listing} …
     * @param trouble why it waits; empty when it does not
     */
    record Progress(
            String phase,
            long done,
            OptionalLong total,
            double perSecond,
            Optional<Duration> left,
            Optional<Instant> startedAt,
            Optional<Instant> lastFull,
            Optional<Instant> lastChanges,
            boolean fullyIndexed,
            long errors,
            String trouble) {}
}
