package org.embygateway.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes a request as it is, past all that a well-behaved client would refuse to send. */
final class RawRequest {
    private static final int PATIENCE_MS = 20_000;

    private RawRequest() {}

    /** The token goes into a header; {@code {me}} stands for the user's id. Status 0 when there was no answer. */
    static Answer send(String base, String method, String target, TestClient client, String body) {
        URI gateway = URI.create(base);
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + target.replace("{me}", client.userId()) + " HTTP/1.1\r\nHost: gateway\r\n"
                + "X-Emby-Token: " + client.token() + "\r\nContent-Type: application/json\r\nContent-Length: "
                + content.length + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            write(socket, head.getBytes(StandardCharsets.UTF_8), content);
            return answer(method, target, read(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    /** A server that refuses need not read to the end. */
    private static void write(Socket socket, byte[] head, byte[] content) throws IOException {
        socket.getOutputStream().write(head);
        try {
            socket.getOutputStream().write(content);
            socket.getOutputStream().flush();
        } catch (IOException refused) {
            // the answer tells
        }
    }

    private static byte[] read(InputStream in) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                all.write(part, 0, n);
            }
        } catch (IOException reset) {
            // what came before counts
        }
        return all.toByteArray();
    }

    private static Answer answer(String method, String target, byte[] all) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(method, target, 0, Map.of(), all);
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n"));
        return new Answer(
                method,
                target,
                Integer.parseInt(lines.getFirst().split(" ")[1]),
                Map.of(),
                Arrays.copyOfRange(all, end + 4, all.length));
    }
}
