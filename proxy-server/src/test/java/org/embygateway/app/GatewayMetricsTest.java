package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {
    @Test
    void requestsAreNamedByTheirTemplate() {
        try (GatewayMetrics metrics = new GatewayMetrics()) {
            metrics.answered("GET /Items/{Id}", 200, Duration.ofMillis(3));

            assertThat(metrics.scrape())
                    .contains("gateway_requests_seconds_count{route=\"GET /Items/{Id}\",status=\"2xx\"} 1");
        }
    }

    @Test
    void unknownPathsAreMaskedAndBounded() {
        try (GatewayMetrics metrics = new GatewayMetrics()) {
            for (int i = 0; i < 1000; i++) {
                metrics.unknownPath("GET", "/api/" + "x".repeat(i % 300) + "/" + i);
            }

            assertThat(GatewayMetrics.masked("/api/danmu/12ab/list")).isEqualTo("/api/danmu/*/list");
            assertThat(metrics.scrape()
                            .lines()
                            .filter(l -> l.startsWith("gateway_unknown_paths_total"))
                            .count())
                    .isLessThanOrEqualTo(202);
        }
    }

    @Test
    void methodsThatClientsMakeUpCountAsOne() {
        try (GatewayMetrics metrics = new GatewayMetrics()) {
            for (int i = 0; i < 100; i++) {
                metrics.unknownPath("M" + i, "/api");
            }

            assertThat(metrics.scrape()).contains("gateway_unknown_paths_total{method=\"other\",path=\"/api\"} 100");
        }
    }
}
