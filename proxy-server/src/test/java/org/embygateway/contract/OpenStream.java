package org.embygateway.contract;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client's connection with the beginning of an answer; the rest waits in it for as long as it is open. */
final class OpenStream implements AutoCloseable {
    private final Socket socket;
    private final String head;

    private OpenStream(Socket socket, String head) {
        this.socket = socket;
        this.head = head;
    }

    static OpenStream of(String url) {
        URI uri = URI.create(url);
        try {
            Socket socket = new Socket(uri.getHost(), uri.getPort());
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write("GET %s?%s HTTP/1.1\r\nHost: %s\r\n\r\n"
                    .formatted(uri.getRawPath(), uri.getRawQuery(), uri.getAuthority())
                    .getBytes(StandardCharsets.US_ASCII));
            return new OpenStream(socket, head(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no answer");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    int status() {
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    /** A field that must be there. */
    String header(String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + head));
    }

    InputStream body() throws IOException {
        return socket.getInputStream();
    }

    /** Hangs up in the middle. */
    @Override
    public void close() {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
