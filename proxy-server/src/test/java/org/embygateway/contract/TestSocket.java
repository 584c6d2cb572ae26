package org.embygateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.embygateway.protocol.EmbyJson;

/** A client's web socket, opened as the apps do: {@code /embywebsocket?api_key=T&deviceId=D}. */
final class TestSocket implements AutoCloseable {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final HttpClient http;
    private final WebSocket socket;

    private TestSocket(URI address, Consumer<String> heard) {
        http = address.getScheme().equals("wss")
                ? Encrypted.client(HttpClient.Version.HTTP_2)
                : HttpClient.newHttpClient();
        socket = http.newWebSocketBuilder()
                .buildAsync(address, new Ear(message -> {
                    messages.add(message);
                    heard.accept(message);
                }))
                .join();
    }

    static TestSocket open(TestClient client, Consumer<String> heard) {
        return open(client.base() + "/embywebsocket", client.token(), client.device(), heard);
    }

    /** Throws {@link java.util.concurrent.CompletionException} when it is refused. */
    static TestSocket open(String url, String token, String device, Consumer<String> heard) {
        String address = url.replaceFirst("^http", "ws") + "?api_key=" + token + "&deviceId=" + device;
        return new TestSocket(URI.create(address), heard);
    }

    void say(String messageType, String text) {
        String message = "{\"MessageType\":\"" + messageType + "\",\"Data\":\"" + text + "\"}";
        socket.sendText(message, true).join();
    }

    /** The messages of one type so far. */
    List<JsonNode> messages(String type) {
        return messages.stream()
                .map(TestSocket::json)
                .filter(message -> message.path("MessageType").asText().equals(type))
                .toList();
    }

    boolean isOpen() {
        return !socket.isInputClosed() && !socket.isOutputClosed();
    }

    private static JsonNode json(String message) {
        try {
            return EmbyJson.read(message.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(message, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    /** Puts the parts of a message together. */
    private static final class Ear implements WebSocket.Listener {
        private final Consumer<String> whole;
        private final StringBuilder begun = new StringBuilder();

        Ear(Consumer<String> whole) {
            this.whole = whole;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            begun.append(part);
            if (last) {
                whole.accept(begun.toString());
                begun.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
