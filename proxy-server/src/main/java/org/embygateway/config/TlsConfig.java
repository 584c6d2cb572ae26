package org.embygateway.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.embygateway.protocol.Secret;
import org.embygateway.tls.BadCertificate;
import org.embygateway.tls.CertificateFiles;

/**
 * HTTPS with a certificate of the gateway's own.
 *
 * @param certificate PEM file with the certificate and those that vouch for it, or PKCS#12; without it there is no HTTPS
 * @param key PEM file with its key, when that is not in the file of the certificate
 * @param password of the key or the PKCS#12 file
 * @param port to listen on; apps of Emby take a server they find for one of HTTPS when it is 443 or 8920
 * @param only whether plain HTTP is not served at all
 */
public record TlsConfig(
        Optional<Path> certificate, Optional<Path> key, Optional<Secret> password, int port, boolean only) {
    /** Emby's own port for HTTPS. */
    private static final int USUAL = 8920;

    private static final int HTTPS = 443;

    public boolean isOn() {
        return certificate.isPresent();
    }

    /** Where the certificate lies; empty when there is none. */
    public Optional<CertificateFiles> files() {
        return certificate.map(file -> new CertificateFiles(file, key, password));
    }

    static TlsConfig read(Keys in) {
        TlsConfig read = new TlsConfig(
                in.path("certificate"),
                in.path("key"),
                in.secretWithText("password"),
                in.portOrAny("port").orElse(USUAL),
                in.flag("only").orElse(false));
        read.files().ifPresentOrElse(files -> judge(in, files), () -> {
            in.expect(read.key.isEmpty(), "key", "alone (expected: server.tls.certificate beside it)");
            in.expect(!read.only, "only", "true (expected: server.tls.certificate beside it)");
        });
        if (read.only && read.port != USUAL && read.port != HTTPS) {
            in.warn("port", "apps that find the gateway in the network take it for HTTPS at 443 and 8920 alone");
        }
        return read;
    }

    /** One that has expired is in nobody's way: apps that do not look go on, and a renewed one is taken when it comes. */
    private static void judge(Keys in, CertificateFiles files) {
        if (!in.isForStart()) {
            return;
        }
        try {
            files.load().hint(Instant.now()).ifPresent(hint -> in.warn("certificate", "the certificate " + hint));
        } catch (BadCertificate e) {
            in.expect(
                    false,
                    switch (e.part()) {
                        case CERTIFICATE -> "certificate";
                        case KEY -> "key";
                        case PASSWORD -> "password";
                    },
                    e.reason());
        }
    }
}
