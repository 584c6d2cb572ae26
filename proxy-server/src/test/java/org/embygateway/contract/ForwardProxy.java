package org.embygateway.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that knows the way to hosts that no name server knows: each is the machine itself. */
final class ForwardProxy implements AutoCloseable {
    /** First lines of what was asked: {@code CONNECT host:port} and {@code GET http://host:port}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final ServerSocket listener;

    ForwardProxy() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String[] words = head.split(" ", 3);
            if (words[0].equals("CONNECT")) {
                asked.add("CONNECT " + words[1]);
                try (Socket server = to(Integer.parseInt(words[1].replaceFirst(".*:", "")))) {
                    write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                    tunnel(client, server);
                }
            } else {
                URI uri = URI.create(words[1]);
                asked.add(words[0] + " " + uri.getScheme() + "://" + uri.getAuthority());
                try (Socket server = to(uri.getPort())) {
                    String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
                    write(server, words[0] + " " + path + " " + closing(words[2]));
                    tunnel(client, server);
                }
            }
        } catch (IOException e) {
            asked.add("failed: " + e);
        }
    }

    /** One request for each connection, since further ones would have to be rewritten too. */
    private static String closing(String rest) {
        return rest.replaceAll("(?im)^(proxy-)?connection:.*\\r\\n", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    private static Socket to(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void write(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        to.getOutputStream().flush();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static void tunnel(Socket client, Socket server) throws IOException {
        Thread there = Thread.startVirtualThread(() -> copy(client, server));
        copy(server, client);
        there.interrupt();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // one side has left
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
