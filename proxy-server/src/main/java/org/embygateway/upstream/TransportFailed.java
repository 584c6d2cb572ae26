package org.embygateway.upstream;

import java.util.Locale;
import org.embygateway.protocol.UpstreamId;

/** A call failed before anyone said which upstream it was for. The message names neither addresses nor tokens. */
final class TransportFailed extends RuntimeException {
    private final UpstreamFault fault;
    private final String reason;
    private final boolean neverSent;

    TransportFailed(UpstreamFault fault, String reason) {
        this(fault, reason, false);
    }

    private TransportFailed(UpstreamFault fault, String reason, boolean neverSent) {
        super(fault.name().toLowerCase(Locale.ROOT) + ": " + reason, null, false, false);
        this.fault = fault;
        this.reason = reason;
        this.neverSent = neverSent;
    }

    /** There was no connection: whatever was to be sent may be sent elsewhere. */
    static TransportFailed neverSent(String reason) {
        return new TransportFailed(UpstreamFault.UNREACHABLE, reason, true);
    }

    boolean isNeverSent() {
        return neverSent;
    }

    UpstreamFault fault() {
        return fault;
    }

    String reason() {
        return reason;
    }

    UpstreamFailed of(UpstreamId upstream) {
        return new UpstreamFailed(upstream, fault, reason);
    }
}
