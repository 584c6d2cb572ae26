package org.embygateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.embygateway.protocol.Secret;
import org.embygateway.tls.BadCertificate.Part;
import org.embygateway.tls.ThrowAwayAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
    private static final ThrowAwayAuthority AUTHORITY = new ThrowAwayAuthority();
    private static final Issued RSA = AUTHORITY.issueRsa();
    private static final Issued EC = AUTHORITY.issue();
    private static final String PASSWORD = "opensesame";

    @TempDir
    Path folder;

    private CertificateFiles files(Issued of, String key) throws IOException {
        return files(of.chainPem(), key, Optional.empty());
    }

    private CertificateFiles files(String chain, String key, Optional<Secret> password) throws IOException {
        return new CertificateFiles(
                Files.writeString(folder.resolve("chain.pem"), chain),
                Optional.of(Files.writeString(folder.resolve("key.pem"), key)),
                password);
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(bytes), label);
    }

    private static BadCertificate faultOf(CertificateFiles files) {
        return catchThrowableOfType(BadCertificate.class, files::load);
    }

    @Test
    void chainAndKeyInTwoFilesOrInOne() throws Exception {
        for (Issued issued : new Issued[] {RSA, EC}) {
            assertThat(files(issued, issued.keyPem()).load()).isEqualTo(issued.certificate());
            Path both = Files.writeString(folder.resolve("both.pem"), issued.keyPem() + issued.chainPem());
            assertThat(new CertificateFiles(both, Optional.empty(), Optional.empty()).load())
                    .isEqualTo(issued.certificate());
        }
    }

    @Test
    void keysInTheOlderForms() throws Exception {
        assertThat(files(RSA, pem("RSA PRIVATE KEY", keyOf(RSA))).load()).isEqualTo(RSA.certificate());

        Der inner = new Der(new Der(keyOf(EC)).next());
        inner.next();
        byte[] number = inner.next();
        Der pkcs8 = new Der(new Der(EC.bundle().getKeyPair().getPrivate().getEncoded()).next());
        pkcs8.next();
        Der algorithm = new Der(pkcs8.next());
        algorithm.next();
        byte[] older = Der.value(
                Der.SEQUENCE,
                Der.value(Der.INTEGER, new byte[] {1}),
                Der.value(Der.OCTETS, number),
                Der.value(0xA0, Der.value(6, algorithm.next())));
        assertThat(files(
                                EC,
                                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                                        + pem("EC PRIVATE KEY", older))
                        .load()
                        .chain())
                .isEqualTo(EC.certificate().chain());
    }

    /** What PKCS#8 wraps. */
    private static byte[] keyOf(Issued issued) {
        Der parts = new Der(new Der(issued.bundle().getKeyPair().getPrivate().getEncoded()).next());
        parts.next();
        parts.next();
        return parts.next();
    }

    @Test
    void anEncryptedKeyNeedsItsPassword() throws Exception {
        String encrypted = pem("ENCRYPTED PRIVATE KEY", encrypted(RSA));

        assertThat(files(RSA.chainPem(), encrypted, Optional.of(new Secret(PASSWORD)))
                        .load())
                .isEqualTo(RSA.certificate());
        BadCertificate without = faultOf(files(RSA.chainPem(), encrypted, Optional.empty()));
        assertThat(without.part()).isEqualTo(Part.KEY);
        assertThat(without.reason()).contains("encrypted", "server.tls.password");
        BadCertificate wrong = faultOf(files(RSA.chainPem(), encrypted, Optional.of(new Secret("another"))));
        assertThat(wrong.part()).isEqualTo(Part.PASSWORD);
        assertThat(wrong.reason()).doesNotContain("another");
    }

    private static byte[] encrypted(Issued issued) throws Exception {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD.toCharArray())));
        byte[] key = issued.bundle().getKeyPair().getPrivate().getEncoded();
        byte[] pbes2 = HexFormat.of().parseHex("06092a864886f70d01050d");
        return Der.value(
                Der.SEQUENCE,
                Der.value(Der.SEQUENCE, pbes2, cipher.getParameters().getEncoded()),
                Der.value(Der.OCTETS, cipher.doFinal(key)));
    }

    @Test
    void aPkcs12FileHoldsAll() throws Exception {
        Path store = folder.resolve("all.p12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "any",
                EC.bundle().getKeyPair().getPrivate(),
                PASSWORD.toCharArray(),
                EC.bundle().getCertificatePath());
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, PASSWORD.toCharArray());
        }

        assertThat(new CertificateFiles(store, Optional.empty(), Optional.of(new Secret(PASSWORD))).load())
                .isEqualTo(EC.certificate());
        BadCertificate wrong = faultOf(new CertificateFiles(store, Optional.empty(), Optional.of(new Secret("no"))));
        assertThat(wrong.part()).isEqualTo(Part.PASSWORD);
        BadCertificate without = faultOf(new CertificateFiles(store, Optional.empty(), Optional.empty()));
        assertThat(without.part()).isIn(Part.PASSWORD, Part.CERTIFICATE);
    }

    @Test
    void aKeyOfAnotherCertificateIsAFault() throws Exception {
        BadCertificate other = faultOf(files(EC, AUTHORITY.issue().keyPem()));
        assertThat(other.part()).isEqualTo(Part.KEY);
        assertThat(other.reason()).contains("does not belong");
        assertThat(faultOf(files(EC, RSA.keyPem())).part()).isEqualTo(Part.KEY);
    }

    @Test
    void whatIsNoCertificateOrNoKeyIsNamed() throws Exception {
        assertThat(faultOf(files("nothing", EC.keyPem(), Optional.empty())).part())
                .isEqualTo(Part.CERTIFICATE);
        assertThat(faultOf(files(EC.keyPem(), EC.keyPem(), Optional.empty())).reason())
                .contains("chain.pem", "no certificate");
        assertThat(faultOf(files(pem("CERTIFICATE", new byte[50]), EC.keyPem(), Optional.empty()))
                        .part())
                .isEqualTo(Part.CERTIFICATE);
        assertThat(faultOf(files(EC, EC.chainPem())).reason()).contains("key.pem", "no private key");
        assertThat(faultOf(files(EC, pem("PRIVATE KEY", new byte[50]))).part()).isEqualTo(Part.KEY);
        assertThat(faultOf(files(EC, pem("EC PRIVATE KEY", new byte[] {0x30, 2, 5, 0})))
                        .part())
                .isEqualTo(Part.KEY);
        assertThat(faultOf(files(EC, pem("DSA PRIVATE KEY", new byte[50]))).reason())
                .contains("another kind");
        assertThat(faultOf(files(
                                RSA,
                                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n"
                                        + "-----END RSA PRIVATE KEY-----\n"))
                        .reason())
                .contains("old way");
    }

    @Test
    void aFileThatIsMissingIsNamed() throws Exception {
        Path nowhere = folder.resolve("nowhere.pem");
        BadCertificate noChain = faultOf(new CertificateFiles(nowhere, Optional.empty(), Optional.empty()));
        assertThat(noChain.part()).isEqualTo(Part.CERTIFICATE);
        assertThat(noChain.reason()).contains("nowhere.pem", "cannot be read");
        Path chain = Files.writeString(folder.resolve("chain.pem"), EC.chainPem());
        assertThat(faultOf(new CertificateFiles(chain, Optional.of(nowhere), Optional.empty()))
                        .part())
                .isEqualTo(Part.KEY);
        BadCertificate noKey = faultOf(new CertificateFiles(chain, Optional.empty(), Optional.empty()));
        assertThat(noKey.part()).isEqualTo(Part.KEY);
        assertThat(noKey.reason()).startsWith("missing");
    }

    @Test
    void theTimeItIsGoodForIsHintedAt() {
        Instant end = EC.certificate().end();
        assertThat(EC.certificate().hint(end.minus(Duration.ofDays(15)))).isEmpty();
        assertThat(EC.certificate().hint(end.minus(Duration.ofDays(13))))
                .hasValueSatisfying(hint -> assertThat(hint).startsWith("expires on"));
        assertThat(EC.certificate().hint(end.plusSeconds(1)))
                .hasValueSatisfying(hint -> assertThat(hint).startsWith("expired on"));
        assertThat(EC.certificate().hint(end.minus(Duration.ofDays(100))))
                .hasValueSatisfying(hint -> assertThat(hint).startsWith("not valid before"));
        OwnCertificate brief = AUTHORITY
                .issue(builder -> builder.notAfter(Instant.now().plus(Duration.ofDays(5))))
                .certificate();
        assertThat(brief.hint(Instant.now())).isEmpty();
        assertThat(brief.hint(brief.end().minus(Duration.ofDays(1)))).isPresent();
    }

    @Test
    void namesAreThoseOfTheCertificate() {
        assertThat(EC.certificate().names()).isEqualTo("localhost, 127.0.0.1");
    }
}
