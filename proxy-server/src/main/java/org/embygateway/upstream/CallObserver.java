package org.embygateway.upstream;

import java.time.Duration;
import org.embygateway.index.UpstreamRecord;

/** Told of every call to an upstream, for metrics. Must not block or throw. */
@FunctionalInterface
public interface CallObserver {
    CallObserver NONE = (upstream, operation, outcome, took) -> {};

    /**
     * @param operation the first word of the path in lower case ({@code items}, {@code users} …): few different ones
     * @param outcome the status, or the fault in lower case
     */
    void called(UpstreamRecord upstream, String operation, String outcome, Duration took);
}
