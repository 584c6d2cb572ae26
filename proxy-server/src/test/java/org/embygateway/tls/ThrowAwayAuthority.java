package org.embygateway.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** An authority that only the test at hand trusts. Its certificates are for {@code localhost} and {@code 127.0.0.1}. */
public final class ThrowAwayAuthority {
    private static final Duration LONG = Duration.ofDays(90);

    private final X509Bundle root;

    public ThrowAwayAuthority() {
        root = build(new CertificateBuilder()
                .subject("CN=Throw-away authority")
                .notBefore(Instant.now().minus(LONG))
                .notAfter(Instant.now().plus(LONG))
                .setIsCertificateAuthority(true));
    }

    private static X509Bundle build(CertificateBuilder builder) {
        try {
            return builder.buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate with a key of EC, good for a while. */
    public Issued issue() {
        return issue(builder -> builder);
    }

    public Issued issueRsa() {
        return issue(builder -> builder.algorithm(Algorithm.rsa2048));
    }

    public Issued issue(UnaryOperator<CertificateBuilder> change) {
        try {
            CertificateBuilder usual = new CertificateBuilder()
                    .subject("CN=gateway")
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .notBefore(Instant.now().minus(Duration.ofDays(1)))
                    .notAfter(Instant.now().plus(LONG));
            return new Issued(change.apply(usual).buildIssuedBy(root));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** For clients that trust this authority alone. */
    public SSLContext client() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {root.toTrustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate and its key. */
    public record Issued(X509Bundle bundle) {
        public OwnCertificate certificate() {
            return new OwnCertificate(bundle.getKeyPair().getPrivate(), bundle.getCertificatePathList());
        }

        public String chainPem() {
            return bundle.getCertificatePathPEM();
        }

        public String keyPem() {
            return bundle.getPrivateKeyPEM();
        }

        /** For a server of the JDK's. */
        public SSLContext server() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
                return context;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** Its files in a folder, in place of those that are there. */
        public CertificateFiles in(Path folder) {
            Path chain = folder.resolve("chain.pem");
            Path key = folder.resolve("key.pem");
            try {
                Files.writeString(chain, chainPem());
                Files.writeString(key, keyPem());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new CertificateFiles(chain, Optional.of(key), Optional.empty());
        }
    }
}
