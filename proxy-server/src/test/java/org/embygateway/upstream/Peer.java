package org.embygateway.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.embygateway.protocol.EmbyJson;

/** The little of an Emby server that calling it takes: public information, sign-ins, tokens that can expire. */
public final class Peer implements AutoCloseable {
    /** Answers a request; false to let the peer answer as usual. */
    public interface Answering {
        boolean answer(HttpExchange exchange) throws IOException;
    }

    public record Seen(String method, String path, String query, String device, String identity, String agent) {}

    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger given = new AtomicInteger();
    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    public final Set<String> devices = ConcurrentHashMap.newKeySet();
    public volatile String password = "open";
    public volatile String version = "4.8.11.0";
    public volatile String id = "0123456789abcdef0123456789abcdef";
    public volatile boolean hung;
    public volatile Answering answering = exchange -> false;

    public Peer() {
        this(0);
    }

    public Peer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://localhost:" + port());
    }

    public void expireTokens() {
        tokens.clear();
    }

    public int signIns() {
        return given.get();
    }

    public List<Seen> calls(Predicate<Seen> which) {
        return seen.stream().filter(which).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (hung) {
                stall();
                return;
            }
            note(exchange);
            if (!answering.answer(exchange)) {
                usual(exchange);
            }
        }
    }

    /** Says nothing more until the peer is closed. */
    public void stall() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(HttpExchange exchange) {
        String identity = text(exchange, "X-Emby-Authorization") + text(exchange, "Authorization");
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestURI().getRawQuery()),
                field(identity, "DeviceId"),
                identity.replaceAll(", (DeviceId|Token)=\"[^\"]*\"", ""),
                text(exchange, "User-Agent")));
    }

    private static String text(HttpExchange exchange, String header) {
        String value = exchange.getRequestHeaders().getFirst(header);
        return value == null ? "" : value;
    }

    private static String field(String identity, String name) {
        int at = identity.indexOf(name + "=\"");
        return at < 0 ? "" : identity.substring(at + name.length() + 2).split("\"", 2)[0];
    }

    private void usual(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/System/Info/Public")) {
            answer(exchange, 200, "{\"Id\":\"%s\",\"ServerName\":\"peer\",\"Version\":\"%s\"}".formatted(id, version));
        } else if (path.endsWith("/Users/AuthenticateByName")) {
            signIn(exchange);
        } else if (!tokens.contains(token(exchange))) {
            answer(exchange, 401, "Access token is invalid or expired.");
        } else {
            answer(exchange, 200, "{\"Path\":\"%s\"}".formatted(path));
        }
    }

    private static String token(HttpExchange exchange) {
        String header = text(exchange, "X-Emby-Token");
        return header.isEmpty() ? field(text(exchange, "Authorization"), "Token") : header;
    }

    private void signIn(HttpExchange exchange) throws IOException {
        String pw = EmbyJson.read(exchange.getRequestBody().readAllBytes())
                .path("Pw")
                .asText();
        if (!pw.equals(password)) {
            answer(exchange, 401, "Invalid username or password entered. Please try again.");
            return;
        }
        devices.add(seen.getLast().device());
        String token = "token" + given.incrementAndGet();
        tokens.add(token);
        answer(exchange, 200, "{\"AccessToken\":\"%s\",\"User\":{\"Id\":\"u1\"}}".formatted(token));
    }

    public static boolean answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        return true;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
