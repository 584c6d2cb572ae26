package org.embygateway.contract;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An address of its own that leads to a server, as a port of a router does; may be cut and mended. */
final class Forwarder implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile URI target;
    private volatile ServerSocket listener;
    private final int port;

    Forwarder(String target) {
        this.target = URI.create(target);
        listener = listening(0);
        port = listener.getLocalPort();
        Thread.startVirtualThread(() -> accept(listener));
    }

    private static ServerSocket listening(int port) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + target.getPath();
    }

    /** From now on another server is behind this address. */
    void leadTo(String url) {
        target = URI.create(url);
    }

    /** Nothing listens any more, and what was open is reset. */
    void cut() {
        close(listener);
        open.forEach(Forwarder::close);
    }

    /** The port may be held for a moment by those who are just leaving. */
    void mend() {
        await().ignoreExceptions().untilAsserted(() -> listener = listening(port));
        ServerSocket fresh = listener;
        Thread.startVirtualThread(() -> accept(fresh));
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket client = from.accept();
                connections.incrementAndGet();
                Socket server = new Socket(target.getHost(), target.getPort());
                open.add(client);
                open.add(server);
                Thread.startVirtualThread(() -> copy(client, server));
                Thread.startVirtualThread(() -> copy(server, client));
            }
        } catch (IOException e) {
            close(from);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(AutoCloseable closing) {
        try {
            closing.close();
        } catch (Exception e) {
            throw new AssertionError("a socket does not close", e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
