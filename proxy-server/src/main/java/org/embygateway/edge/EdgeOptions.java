package org.embygateway.edge;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How the edge listens.
 *
 * @param bind the address to listen on; port 0 takes any free one
 * @param eventLoops threads that move bytes, at least 1
 * @param nativeTransport whether to use epoll, and BoringSSL, where there is one
 * @param splice whether media may pass through the kernel alone (epoll, plain TCP on both sides)
 * @param maxBodyBytes a longer request body is answered with 413
 * @param maxHeldBytes what the bodies of all requests may hold together; beyond it long ones are answered with 503
 * @param maxConnections further clients are answered with 503
 * @param timeouts see there
 * @param tls for clients that speak TLS; empty when none can
 */
public record EdgeOptions(
        InetSocketAddress bind,
        int eventLoops,
        boolean nativeTransport,
        boolean splice,
        int maxBodyBytes,
        long maxHeldBytes,
        int maxConnections,
        EdgeTimeouts timeouts,
        Optional<TlsOptions> tls) {

    private static final int EIGHT_MIB = 8 << 20;

    public EdgeOptions {
        if (eventLoops < 1) {
            throw new IllegalArgumentException("event loops: %d (expected: >= 1)".formatted(eventLoops));
        }
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException("longest body: %d (expected: >= 0)".formatted(maxBodyBytes));
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("connections: %d (expected: >= 1)".formatted(maxConnections));
        }
    }

    /** One event loop per processor, all that makes the relay fast, bodies up to 8 MiB, 10 000 connections. */
    public static EdgeOptions listeningOn(InetSocketAddress bind) {
        int loops = Runtime.getRuntime().availableProcessors();
        return new EdgeOptions(
                bind, loops, true, true, EIGHT_MIB, usualHold(), 10_000, EdgeTimeouts.DEFAULT, Optional.empty());
    }

    /** A body takes some three times its length while it grows and is read. */
    private static long usualHold() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / 16, EIGHT_MIB, 8L * EIGHT_MIB);
    }

    public EdgeOptions withEventLoops(int loops) {
        return new EdgeOptions(
                bind, loops, nativeTransport, splice, maxBodyBytes, maxHeldBytes, maxConnections, timeouts, tls);
    }

    public EdgeOptions withNativeTransport(boolean wanted) {
        return new EdgeOptions(
                bind, eventLoops, wanted, splice, maxBodyBytes, maxHeldBytes, maxConnections, timeouts, tls);
    }

    public EdgeOptions withSplice(boolean wanted) {
        return new EdgeOptions(
                bind, eventLoops, nativeTransport, wanted, maxBodyBytes, maxHeldBytes, maxConnections, timeouts, tls);
    }

    public EdgeOptions withMaxBodyBytes(int bytes) {
        return new EdgeOptions(
                bind, eventLoops, nativeTransport, splice, bytes, maxHeldBytes, maxConnections, timeouts, tls);
    }

    public EdgeOptions withMaxHeldBytes(long bytes) {
        return new EdgeOptions(
                bind, eventLoops, nativeTransport, splice, maxBodyBytes, bytes, maxConnections, timeouts, tls);
    }

    public EdgeOptions withMaxConnections(int connections) {
        return new EdgeOptions(
                bind, eventLoops, nativeTransport, splice, maxBodyBytes, maxHeldBytes, connections, timeouts, tls);
    }

    public EdgeOptions withTimeouts(EdgeTimeouts other) {
        return new EdgeOptions(
                bind, eventLoops, nativeTransport, splice, maxBodyBytes, maxHeldBytes, maxConnections, other, tls);
    }

    public EdgeOptions withTls(TlsOptions wanted) {
        return new EdgeOptions(
                bind,
                eventLoops,
                nativeTransport,
                splice,
                maxBodyBytes,
                maxHeldBytes,
                maxConnections,
                timeouts,
                Optional.of(wanted));
    }
}
