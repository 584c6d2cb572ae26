package org.embygateway.edge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;

/** A media server that writes whatever bytes a test wants, right or wrong. */
final class RawUpstream implements AutoCloseable {
    /** Answers one request; the connection goes on afterwards unless it closes it. */
    interface Script {
        void answer(Exchange exchange) throws IOException;
    }

    /** @param head the request's line and fields as they came */
    record Exchange(List<String> head, Socket socket, OutputStream out, AtomicLong written) {
        void text(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** {@code length} bytes of the pattern, from {@code offset} on. */
        void pattern(long offset, long length) throws IOException {
            for (long at = offset; at < offset + length; ) {
                byte[] piece = patternBytes(at, (int) Math.min(64 << 10, offset + length - at));
                out.write(piece);
                written.addAndGet(piece.length);
                at += piece.length;
            }
            out.flush();
        }

        String requestLine() {
            return head.getFirst();
        }

        Optional<String> field(String name) {
            return head.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    private final ServerSocket listener;
    private final Script script;
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicLong written = new AtomicLong();

    RawUpstream(Script script) throws IOException {
        this(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), script);
    }

    RawUpstream(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    /** A byte that tells its place: another offset or a lost byte changes any hash and any comparison. */
    static byte patternByte(long at) {
        return (byte) (at * 31 + (at >>> 8) * 7 + (at >>> 16) * 13);
    }

    static byte[] patternBytes(long offset, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = patternByte(offset + i);
        }
        return bytes;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (List<String> head = head(in); !head.isEmpty(); head = head(in)) {
                Exchange exchange = new Exchange(head, socket, socket.getOutputStream(), written);
                exchanges.add(exchange);
                script.answer(exchange);
            }
        } catch (IOException e) {
            // the edge has gone
        } finally {
            open.decrementAndGet();
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if (b != '\r') {
                line.append((char) b);
            }
        }
        return List.of();
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + target);
    }

    RelaySource source(String target, Headers headers) {
        return new RelaySource(new UpstreamId(1), uri(target), headers, Duration.ofSeconds(5));
    }

    Reply relay(String target) {
        return new Reply.Relay(new Sources(List.of(source(target, Headers.NONE))));
    }

    /** Sources in order; remembers what it is told. */
    static final class Sources implements MediaRelay {
        private final List<RelaySource> sources;
        private int next;
        final List<RelayFailure> failures = new CopyOnWriteArrayList<>();
        final List<RelayEnd> ends = new CopyOnWriteArrayList<>();

        Sources(List<RelaySource> sources) {
            this.sources = sources;
        }

        @Override
        public Optional<RelaySource> next(Optional<RelayFailure> failure) {
            failure.ifPresent(failures::add);
            return next < sources.size() ? Optional.of(sources.get(next++)) : Optional.empty();
        }

        @Override
        public void finished(RelayEnd end) {
            ends.add(end);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
