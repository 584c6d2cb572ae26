package org.embygateway.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.embygateway.route.RequestHandler;

/** A listening edge with short timeouts. */
final class EdgeUnderTest implements AutoCloseable {
    static final EdgeTimeouts SHORT = new EdgeTimeouts(
            Duration.ofSeconds(20),
            Duration.ofMillis(400),
            Duration.ofMillis(400),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30));

    private final EdgeServer server;
    final InetSocketAddress address;

    EdgeUnderTest(UnaryOperator<EdgeOptions> options, RequestHandler handler) throws IOException {
        EdgeOptions base = EdgeOptions.listeningOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withTimeouts(SHORT);
        server = new EdgeServer(options.apply(base), handler);
        address = server.start();
    }

    RawClient client() throws IOException {
        return new RawClient(address);
    }

    EdgeServer server() {
        return server;
    }

    @Override
    public void close() {
        try {
            server.close(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
