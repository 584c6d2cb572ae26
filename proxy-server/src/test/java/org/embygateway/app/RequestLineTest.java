package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.embygateway.route.Access;
import org.embygateway.route.EdgeRequest;
import org.embygateway.route.Handler;
import org.embygateway.route.Headers;
import org.embygateway.route.PathPattern;
import org.embygateway.route.Reply;
import org.embygateway.route.Route;
import org.embygateway.route.RouteTable;
import org.embygateway.route.Treatment;
import org.junit.jupiter.api.Test;

class RequestLineTest {
    private static final Handler NOTHING = call -> Reply.text(200, "");
    private final RequestLine.Reader reader = new RequestLine.Reader(
            new RouteTable(List.of(
                    row("GET", "/Videos/{Id}/stream", new Treatment.Stream(NOTHING)),
                    row("POST", "/Videos/{Id}/stream", new Treatment.Local(NOTHING)),
                    row("GET", "/System/Ping", new Treatment.Local(NOTHING)))),
            "/gateway");

    private static Route row(String method, String path, Treatment treatment) {
        return new Route(method, PathPattern.of(path), Access.USER, treatment);
    }

    private RequestLine read(String method, String path, String query) {
        return reader.read(new EdgeRequest(
                method, path, query, Headers.NONE, new byte[0], new InetSocketAddress("127.0.0.1", 1), false));
    }

    @Test
    void mediaAreReadOnce() {
        RequestLine first = read("GET", "/gateway/emby/Videos/7/stream", "Static=true");
        assertThat(first.isMedia()).isTrue();
        assertThat(first.path().path()).isEqualTo("/Videos/7/stream");
        assertThat(read("GET", "/gateway/emby/Videos/7/stream", "Static=true")).isSameAs(first);
    }

    @Test
    void anyOtherAddressIsAnotherLine() {
        RequestLine first = read("GET", "/Videos/7/stream", "Static=true");
        assertThat(read("POST", "/Videos/7/stream", "Static=true").isMedia()).isFalse();
        assertThat(read("GET", "/Videos/8/stream", "Static=true").path()).isNotEqualTo(first.path());
        assertThat(read("GET", "/Videos/7/stream", "Static=false").query().flag("Static", true))
                .isFalse();
    }

    @Test
    void oldLibrariesMayPutJsonBehindAPath() {
        assertThat(read("GET", "/system/ping.json", "").match()).isPresent();
        assertThat(read("GET", "/system/pong.json", "").match()).isEmpty();
    }
}
