package org.embygateway.upstream;

import java.util.Locale;
import org.embygateway.protocol.UpstreamId;

/** A call failed before anyone said which upstream it was for. The message names neither addresses nor tokens. */
final class TransportFailed extends RuntimeException {
    private final UpstreamFault fault;
    private final String reason;

    TransportFailed(UpstreamFault fault, String reason) {
        super(fault.name().toLowerCase(Locale.ROOT) + ": " + reason, null, false, false);
        this.fault = fault;
        this.reason = reason;
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
