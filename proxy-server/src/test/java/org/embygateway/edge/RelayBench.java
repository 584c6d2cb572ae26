package org.embygateway.edge;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.EdgeRequest;
import org.embygateway.route.Headers;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.embygateway.route.RequestHandler;
import org.embygateway.tls.BadCertificate;
import org.embygateway.tls.CertificateFiles;
import org.embygateway.tls.OwnCertificate;

/**
 * The edge alone, relaying every path from one origin; {@code scripts/bench/relay} starts it. Arguments: the port, the
 * origin's address, and {@code copy} to keep the kernel path out, or {@code tls} with the files of a certificate and its
 * key to speak nothing else.
 */
final class RelayBench {
    private RelayBench() {}

    public static void main(String[] args) throws Exception {
        InetSocketAddress bind = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
        String mode = args.length < 3 ? "" : args[2];
        EdgeOptions options = EdgeOptions.listeningOn(bind);
        new EdgeServer(
                        switch (mode) {
                            case "copy" -> options.withSplice(false);
                            case "tls" -> options.withTls(new TlsOptions(bind, certificate(args[3], args[4]), true));
                            default -> options;
                        },
                        new Origin(args[1]))
                .start();
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static OwnCertificate certificate(String file, String key) throws BadCertificate {
        return new CertificateFiles(Path.of(file), Optional.of(Path.of(key)), Optional.empty()).load();
    }

    /** Knows its answers: nothing has to be waited for. */
    private record Origin(String address) implements RequestHandler {
        @Override
        public Reply answer(EdgeRequest request) {
            return new Reply.Relay(new Once(source(address, request)));
        }

        @Override
        public Optional<Reply> atOnce(EdgeRequest request) {
            return Optional.of(answer(request));
        }
    }

    private static RelaySource source(String origin, EdgeRequest request) {
        Headers headers = request.headers()
                .first("Range")
                .map(range -> Headers.of("Range", range))
                .orElse(Headers.NONE);
        return new RelaySource(
                new UpstreamId(1), URI.create(origin + request.rawPath()), headers, Duration.ofSeconds(5));
    }

    private static final class Once implements MediaRelay {
        private final RelaySource source;

        Once(RelaySource source) {
            this.source = source;
        }

        @Override
        public Optional<RelaySource> next(Optional<RelayFailure> failure) {
            return failure.isEmpty() ? Optional.of(source) : Optional.empty();
        }
    }
}
