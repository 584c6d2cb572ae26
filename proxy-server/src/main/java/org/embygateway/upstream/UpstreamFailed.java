package org.embygateway.upstream;

import java.time.Duration;
import java.util.Optional;
import org.embygateway.protocol.UpstreamId;

/** An upstream did not do its part. The message is for the log: it names neither addresses nor tokens. */
public final class UpstreamFailed extends RuntimeException {
    private final UpstreamId upstream;
    private final UpstreamFault fault;
    private final String reason;
    private final Optional<Duration> retryAfter;

    /** @param reason what the upstream does, as the end of a sentence: {@code "answers with status 500"} */
    public UpstreamFailed(UpstreamId upstream, UpstreamFault fault, String reason) {
        this(upstream, fault, reason, Optional.empty());
    }

    /** @param retryAfter how long it wants to be left alone */
    public UpstreamFailed(UpstreamId upstream, UpstreamFault fault, String reason, Optional<Duration> retryAfter) {
        super("upstream %s: %s: %s".formatted(upstream, fault, reason));
        this.upstream = upstream;
        this.fault = fault;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public static UpstreamFailed noJson(UpstreamId upstream) {
        return new UpstreamFailed(upstream, UpstreamFault.BAD_ANSWER, "answers with something that is no JSON");
    }

    public UpstreamId upstream() {
        return upstream;
    }

    public UpstreamFault fault() {
        return fault;
    }

    public String reason() {
        return reason;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
