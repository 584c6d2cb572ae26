package org.embygateway.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.embygateway.index.SyncRules;
import org.embygateway.protocol.UpstreamId;

/** The indexing of the servers, as far as their administration needs it. */
public interface Indexing {
    /** The registry has changed. On return nothing is indexed of servers that are no longer in it. */
    void serversChanged();

    /** Everything known of the server is about to be forgotten. */
    void forgotten(UpstreamId id);

    /** Changes what the owner allows, one change after the other; in force at once. */
    void allow(UpstreamId id, UnaryOperator<SyncRules> change);

    /** Begins to index everything of the server again; false when it is not indexed as a whole. */
    boolean startAgain(UpstreamId id);

    /** Asks for what changed and what is gone; false as for {@link #startAgain}. */
    boolean catchUp(UpstreamId id);

    /** Ends the run under way; false as for {@link #startAgain}. */
    boolean cancel(UpstreamId id);

    Progress progress(UpstreamId id);

    /**
     * @param phase in lower case: {@code idle}, {@code listing} …
     * @param paused why it stands back
     * @param waitsFor why it waits, as the name of a fault; empty when it does not
     * @param libraries how far the full crawl under way, or the last one, came in each, in the order they are crawled
     * @param listens whether the server tells by itself what changes
     */
    record Progress(
            String phase,
            Optional<Paused> paused,
            long done,
            OptionalLong total,
            double perSecond,
            Optional<Duration> left,
            Optional<Instant> startedAt,
            Optional<Instant> lastFull,
            Optional<Instant> lastChanges,
            Optional<Instant> nextRun,
            boolean fullyIndexed,
            long errors,
            String waitsFor,
            Optional<Failure> lastFailure,
            List<Library> libraries,
            boolean listens) {}

    /**
     * @param name as the server calls it
     * @param state in lower case: {@code waiting}, {@code listing} or {@code done}
     * @param left until the library is complete, with those that come before it
     */
    record Library(
            String name, String state, long done, OptionalLong total, double perSecond, Optional<Duration> left) {}

    /** @param code for programs: {@code administrator}, {@code people_stream} or {@code people_browse} */
    record Paused(String code, String words) {}

    record Failure(String words, Instant at) {}
}
