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
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));

    private final EdgeServer server;
    private final boolean encrypted;
    final InetSocketAddress address;

    EdgeUnderTest(UnaryOperator<EdgeOptions> options, RequestHandler handler) throws IOException {
        EdgeOptions base = EdgeOptions.listeningOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withTimeouts(SHORT);
        EdgeOptions chosen = options.apply(base);
        encrypted = chosen.tls().map(TlsOptions::only).orElse(false);
        server = new EdgeServer(chosen, handler);
        address = server.start();
    }

    /** Speaks TLS when nothing else is spoken. */
    RawClient client() throws IOException {
        return client(0);
    }

    /** @param receiveBuffer bytes of the kernel's receive buffer; 0 for the system's choice */
    RawClient client(int receiveBuffer) throws IOException {
        return encrypted
                ? RawClient.encrypted(address, receiveBuffer, EncryptedEdge.TRUST)
                : new RawClient(address, receiveBuffer);
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
