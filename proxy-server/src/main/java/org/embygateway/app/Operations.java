package org.embygateway.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.embygateway.route.Access;
import org.embygateway.route.Call;
import org.embygateway.route.Headers;
import org.embygateway.route.PathPattern;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.route.Route;
import org.embygateway.route.Treatment;

/** What operators ask: health, readiness, metrics, and the description of the gateway's own API. */
final class Operations {
    private static final List<Subnet> NEAR =
            List.of("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7", "fe80::/10")
                    .stream()
                    .map(Subnet::parse)
                    .toList();

    private final Readiness readiness;
    private final GatewayMetrics metrics;

    Operations(Readiness readiness, GatewayMetrics metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    List<Route> rows() {
        return List.of(
                row("/health", new Treatment.Local(readiness::health)),
                row("/ready", new Treatment.Local(readiness::ready)),
                row("/metrics", new Treatment.Local(this::metrics)),
                row("/gateway/openapi.json", new Treatment.Local(this::openApi)));
    }

    private static Route row(String path, Treatment treatment) {
        return new Route("GET", PathPattern.of(path), Access.ANYONE, treatment);
    }

    /** In Prometheus' text form, for administrators and for whoever asks from a private address. */
    private Reply metrics(Call call) {
        boolean near = NEAR.stream().anyMatch(subnet -> subnet.contains(call.remoteAddress()));
        boolean admin = call.caller().filter(caller -> caller.admin()).isPresent();
        if (!near && !admin) {
            throw new Refused(403, "Metrics are for administrators and private addresses.");
        }
        return new Reply.Bytes(
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                Headers.NONE,
                metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private Reply openApi(Call call) {
        try (InputStream file = Operations.class.getResourceAsStream("openapi.json")) {
            return Reply.json(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
