package org.embygateway.sync;

import java.util.Map;
import java.util.function.Supplier;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;

/**
 * Calls that nobody waits for: each takes its turn in the upstream's budget with the crawl, and stands back for people as
 * that does, for as long as it takes.
 */
public final class CalmCalls implements UpstreamCalls {
    private final UpstreamCalls calls;
    private final Budgets budgets;

    public CalmCalls(UpstreamCalls calls, Budgets budgets) {
        this.calls = calls;
        this.budgets = budgets;
    }

    private <T> T inTurn(UpstreamId upstream, Supplier<T> call) {
        try (Budget.Turn turn = budgets.of(upstream).crawl()) {
            return call.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamFailed(upstream, UpstreamFault.TIMED_OUT, "was not asked any more");
        }
    }

    @Override
    public UpstreamResponse send(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        return inTurn(upstream, () -> calls.send(upstream, actor, request));
    }

    @Override
    public byte[] body(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        return inTurn(upstream, () -> calls.body(upstream, actor, request));
    }

    @Override
    public RelaySource media(
            UpstreamId upstream, Actor actor, String path, Map<String, String> query, Headers headers) {
        return calls.media(upstream, actor, path, query, headers);
    }

    @Override
    public void refused(RelaySource source, Actor actor) {
        calls.refused(source, actor);
    }

    @Override
    public String userOn(UpstreamId upstream, Actor actor) {
        return calls.userOn(upstream, actor);
    }

    @Override
    public String deviceOn(UpstreamId upstream, Actor actor) {
        return calls.deviceOn(upstream, actor);
    }
}
