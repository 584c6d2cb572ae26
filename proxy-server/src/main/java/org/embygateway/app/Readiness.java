package org.embygateway.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Call;
import org.embygateway.route.Headers;
import org.embygateway.route.Reply;

/**
 * Whether the process lives, and whether it can serve.
 *
 * <p>Shape of {@code /ready}: {@code {"status":"ready"|"not-ready","checks":[{"name","ok","reason"?}]}}, 200 or 503.
 */
final class Readiness {
    private final List<Check> checks;
    private final AtomicBoolean stopping = new AtomicBoolean();

    Readiness(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** @param fault why it cannot serve; empty when it can */
    record Check(String name, Supplier<Optional<String>> fault) {}

    /** From now on {@code /ready} fails, so that load balancers look elsewhere. */
    void stop() {
        stopping.set(true);
    }

    Reply health(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("status", "up");
        return Reply.json(body);
    }

    Reply ready(Call call) {
        ObjectNode body = EmbyJson.object();
        boolean ready = !stopping.get();
        var list = body.putArray("checks");
        list.addObject().put("name", "running").put("ok", ready);
        for (Check check : checks) {
            Optional<String> fault = check.fault().get();
            ObjectNode row = list.addObject().put("name", check.name()).put("ok", fault.isEmpty());
            fault.ifPresent(reason -> row.put("reason", reason));
            ready &= fault.isEmpty();
        }
        body.put("status", ready ? "ready" : "not-ready");
        return new Reply.Bytes(
                ready ? 200 : 503, "application/json; charset=utf-8", Headers.NONE, EmbyJson.write(body));
    }
}
