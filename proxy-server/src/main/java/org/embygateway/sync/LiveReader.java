package org.embygateway.sync;

import java.time.Duration;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;

/** Puts questions to upstreams that somebody is waiting for, within the budget of each. */
final class LiveReader {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final UpstreamCalls calls;
    private final Budgets budgets;

    LiveReader(UpstreamCalls calls, Budgets budgets) {
        this.calls = calls;
        this.budgets = budgets;
    }

    /** A question that finds no room in time is not put. */
    byte[] put(UpstreamId upstream, Question question) {
        try (Budget.Turn turn = turn(upstream)) {
            return calls.body(upstream, Actor.GATEWAY, question.request(ANSWER));
        } catch (UpstreamFailed e) {
            e.retryAfter().ifPresent(budgets.of(upstream)::rest);
            throw e;
        }
    }

    private Budget.Turn turn(UpstreamId upstream) {
        try {
            return budgets.of(upstream)
                    .live(ANSWER)
                    .orElseThrow(() -> new UpstreamFailed(upstream, UpstreamFault.BUSY, "is asked enough already"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamFailed(upstream, UpstreamFault.TIMED_OUT, "was no longer waited for");
        }
    }
}
