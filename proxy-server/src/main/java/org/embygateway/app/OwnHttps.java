package org.embygateway.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.embygateway.config.ServerConfig;
import org.embygateway.edge.EdgeServer;
import org.embygateway.edge.TlsOptions;
import org.embygateway.tls.BadCertificate;
import org.embygateway.tls.CertificateFiles;
import org.embygateway.tls.CertificateWatch;
import org.embygateway.tls.OwnCertificate;

/** HTTPS with the gateway's own certificate: what it listens with, and how it comes to a renewed one. */
record OwnHttps(CertificateFiles files, OwnCertificate certificate, TlsOptions options) {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /**
     * As configured; empty without a certificate.
     *
     * @throws IOException when it cannot be used any more, although it could when the configuration was read
     */
    static Optional<OwnHttps> of(ServerConfig server) throws IOException {
        Optional<CertificateFiles> files = server.tls().files();
        try {
            return files.isPresent() ? Optional.of(with(files.get(), server)) : Optional.empty();
        } catch (BadCertificate e) {
            throw new IOException("the TLS certificate cannot be used: " + e.getMessage(), e);
        }
    }

    private static OwnHttps with(CertificateFiles files, ServerConfig server) throws BadCertificate {
        OwnCertificate certificate = files.load();
        InetSocketAddress bind =
                new InetSocketAddress(server.host(), server.tls().port());
        return new OwnHttps(files, certificate, new TlsOptions(bind, certificate, !server.hasPlain()));
    }

    CertificateWatch watch(EdgeServer edge, Clock clock) {
        return new CertificateWatch(files, certificate, BETWEEN_LOOKS, clock, edge::renew);
    }
}
