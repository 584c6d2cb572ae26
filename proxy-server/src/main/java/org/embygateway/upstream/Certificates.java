package org.embygateway.upstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of private authorities, and of servers that vouch for themselves, in PEM form. */
public final class Certificates {
    private Certificates() {}

    /** Whether the text holds one at least, and nothing that cannot be read. */
    public static boolean areReadable(String pem) {
        try {
            return !parsed(pem).isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }

    /** What trusts these and no others; empty when the text is. */
    public static Optional<TrustManagerFactory> trusting(String pem) {
        if (pem.isBlank()) {
            return Optional.empty();
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : parsed(pem)) {
                store.setCertificateEntry("certificate-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return Optional.of(trust);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificates cannot be used", e);
        }
    }

    private static Collection<? extends Certificate> parsed(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
