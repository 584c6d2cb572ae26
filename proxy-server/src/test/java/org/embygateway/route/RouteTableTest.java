package org.embygateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static Route row(String method, String path) {
        return new Route(method, PathPattern.of(path), Access.ANYONE, new Treatment.Refuse(404, path));
    }

    private static String found(RouteTable table, String method, String path) {
        return table.find(method, path).map(m -> m.route().pattern().text()).orElse("none");
    }

    @Test
    void aLiteralBeatsAParameterWhateverTheOrderOfRows() {
        RouteTable table = new RouteTable(List.of(
                row("GET", "/Videos/{Id}/{StreamFileName}"),
                row("GET", "/Videos/{Id}/stream.{Container}"),
                row("GET", "/Videos/{Id}/master.m3u8"),
                row("GET", "/web/**"),
                row("GET", "/web/strings")));

        assertThat(found(table, "GET", "/videos/5/MASTER.m3u8")).isEqualTo("/Videos/{Id}/master.m3u8");
        assertThat(found(table, "HEAD", "/Videos/5/stream.mkv")).isEqualTo("/Videos/{Id}/stream.{Container}");
        assertThat(found(table, "GET", "/Videos/5/original.mkv")).isEqualTo("/Videos/{Id}/{StreamFileName}");
        assertThat(found(table, "GET", "/web/strings")).isEqualTo("/web/strings");
        assertThat(found(table, "GET", "/web/a/b.js")).isEqualTo("/web/**");
        assertThat(found(table, "POST", "/web/a")).isEqualTo("none");
    }

    @Test
    void parametersKeepTheirCase() {
        RouteTable table = new RouteTable(List.of(row("GET", "/Items/{Id}/Images/{Type}")));

        assertThat(table.find("GET", "/items/AbC/images/Primary").orElseThrow().pathParams())
                .isEqualTo(Map.of("Id", "AbC", "Type", "Primary"));
    }

    @Test
    void twinRowsStopTheStart() {
        assertThatThrownBy(() -> new RouteTable(List.of(row("GET", "/a/{X}"), row("GET", "/A/{Y}"))))
                .hasMessageContaining("/A/{Y}");
    }
}
