package org.embygateway.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.Secret;
import org.embygateway.tls.BadCertificate.Part;

/**
 * Where the gateway's certificate lies: a PEM file with it and those that vouch for it, and one with its key, which may
 * be the same; or a PKCS#12 file that holds all.
 *
 * @param key empty when the other file holds the key too
 * @param password of the key or the PKCS#12 file
 */
public record CertificateFiles(Path certificate, Optional<Path> key, Optional<Secret> password) {
    private static final long LARGEST = 1 << 20;

    /** The files' bytes at one time. */
    record Contents(byte[] certificate, byte[] key) {
        boolean isSame(Contents other) {
            return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
        }
    }

    /** Reads both files and judges what they hold; that it has expired is no fault here. */
    public OwnCertificate load() throws BadCertificate {
        return parse(read());
    }

    Contents read() throws BadCertificate {
        byte[] chain = bytes(certificate, Part.CERTIFICATE);
        return new Contents(chain, key.isPresent() ? bytes(key.get(), Part.KEY) : chain);
    }

    private static byte[] bytes(Path file, Part part) throws BadCertificate {
        try {
            if (Files.size(file) <= LARGEST) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            throw new BadCertificate(part, file + " cannot be read (expected: a readable file)");
        }
        throw new BadCertificate(part, file + " is too large for that");
    }

    OwnCertificate parse(Contents contents) throws BadCertificate {
        if (Pem.blocks(contents.certificate).isEmpty()) {
            return ofStore(contents.certificate);
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Pem block : Pem.blocks(contents.certificate)) {
            if (block.label().equals("CERTIFICATE")) {
                chain.add(certificate(block));
            }
        }
        if (chain.isEmpty()) {
            throw new BadCertificate(Part.CERTIFICATE, certificate + " holds no certificate");
        }
        return OwnCertificate.of(privateKey(contents.key), chain);
    }

    private X509Certificate certificate(Pem block) throws BadCertificate {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new BadCertificate(Part.CERTIFICATE, certificate + " holds a certificate that cannot be read");
        }
    }

    private PrivateKey privateKey(byte[] file) throws BadCertificate {
        Optional<Pem> block =
                Pem.blocks(file).stream().filter(PrivateKeys::isKey).findFirst();
        if (block.isPresent()) {
            return PrivateKeys.of(block.get(), password);
        }
        throw key.isPresent()
                ? new BadCertificate(Part.KEY, key.get() + " holds no private key in PEM form")
                : new BadCertificate(Part.KEY, "missing (expected: the file with the key of server.tls.certificate)");
    }

    private OwnCertificate ofStore(byte[] bytes) throws BadCertificate {
        char[] secret = password.map(given -> given.value().toCharArray()).orElseGet(() -> new char[0]);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), secret);
            for (String alias : Collections.list(store.aliases())) {
                Key found = store.getKey(alias, secret);
                if (found instanceof PrivateKey privateKey) {
                    return OwnCertificate.of(privateKey, chain(store.getCertificateChain(alias)));
                }
            }
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new BadCertificate(Part.PASSWORD, "does not open " + certificate);
            }
        } catch (GeneralSecurityException e) {
            // what follows says it
        }
        throw new BadCertificate(
                Part.CERTIFICATE, certificate + " holds no certificate in PEM form, nor a key and its certificate");
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
    }
}
