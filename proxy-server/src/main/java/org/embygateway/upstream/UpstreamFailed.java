package org.embygateway.upstream;

import org.embygateway.protocol.UpstreamId;

/** An upstream did not do its part. The message is for the log: it names neither addresses nor tokens. */
public final class UpstreamFailed extends RuntimeException {
    private final UpstreamId upstream;
    private final UpstreamFault fault;

    public UpstreamFailed(UpstreamId upstream, UpstreamFault fault, String message) {
        super("upstream %s: %s: %s".formatted(upstream, fault, message));
        this.upstream = upstream;
        this.fault = fault;
    }

    public UpstreamId upstream() {
        return upstream;
    }

    public UpstreamFault fault() {
        return fault;
    }
}
