package org.embygateway.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.embygateway.tls.BadCertificate.Part;

/**
 * What the gateway proves with who it is.
 *
 * @param key belongs to the first of the chain
 * @param chain the gateway's own certificate, then those that vouch for it
 */
public record OwnCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final Duration LONGEST_HINT = Duration.ofDays(14);
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    public OwnCertificate {
        chain = List.copyOf(chain);
    }

    static OwnCertificate of(PrivateKey key, List<X509Certificate> chain) throws BadCertificate {
        if (!fits(key, chain.getFirst().getPublicKey())) {
            throw new BadCertificate(Part.KEY, "does not belong to the first certificate of server.tls.certificate");
        }
        return new OwnCertificate(key, chain);
    }

    /** What one signs the other must confirm: so keys of any kind are compared. */
    private static boolean fits(PrivateKey key, PublicKey published) {
        if (!key.getAlgorithm().equals(published.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256with" + (isRsa(key) ? "RSA" : "ECDSA"));
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(published);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isRsa(PrivateKey key) {
        return key.getAlgorithm().equals("RSA");
    }

    private X509Certificate own() {
        return chain.getFirst();
    }

    /** From when on clients reject it. */
    public Instant end() {
        return own().getNotAfter().toInstant();
    }

    /** What a person should know about the time it is good for; empty when all is well. */
    public Optional<String> hint(Instant now) {
        Instant begin = own().getNotBefore().toInstant();
        if (now.isBefore(begin)) {
            return Optional.of("not valid before " + begin);
        }
        if (!now.isBefore(end())) {
            return Optional.of("expired on " + end());
        }
        Duration third = Duration.between(begin, end()).dividedBy(3);
        Duration early = third.compareTo(LONGEST_HINT) < 0 ? third : LONGEST_HINT;
        return now.plus(early).isBefore(end()) ? Optional.empty() : Optional.of("expires on " + end());
    }

    /** The hosts it is for, as they stand in it. */
    public String names() {
        try {
            Collection<List<?>> names = own().getSubjectAlternativeNames();
            if (names != null) {
                return names.stream()
                        .filter(name -> name.getFirst().equals(DNS_NAME)
                                || name.getFirst().equals(ADDRESS))
                        .map(name -> String.valueOf(name.get(1)))
                        .collect(Collectors.joining(", "));
            }
        } catch (CertificateParsingException e) {
            // clients will reject it, with a better reason than could be given here
        }
        return own().getSubjectX500Principal().getName();
    }

    @Override
    public String toString() {
        return "certificate for " + names();
    }
}
