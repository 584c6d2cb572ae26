package org.embygateway.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.embygateway.protocol.Secret;
import org.embygateway.tls.BadCertificate.Part;

/** Private keys as tools write them: PKCS#8, encrypted or not, and the older forms of RSA and EC alone. */
final class PrivateKeys {
    private static final String NEEDS_PASSWORD = "encrypted (expected: server.tls.password beside it)";
    private static final byte[] VERSION_0 = Der.value(Der.INTEGER, new byte[1]);
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int EC_CURVE = 0xA0;

    private PrivateKeys() {}

    /** Whether a block is a key, of whatever kind. */
    static boolean isKey(Pem block) {
        return block.label().endsWith("PRIVATE KEY");
    }

    static PrivateKey of(Pem block, Optional<Secret> password) throws BadCertificate {
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> key(new PKCS8EncodedKeySpec(block.bytes()));
                case "RSA PRIVATE KEY" -> key(wrapped(RSA, unencrypted(block).bytes()));
                case "EC PRIVATE KEY" -> ofCurve(unencrypted(block).bytes());
                case "ENCRYPTED PRIVATE KEY" -> decrypted(block.bytes(), password);
                default -> throw new BadCertificate(Part.KEY, "a key of another kind (expected: RSA or EC)");
            };
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new BadCertificate(Part.KEY, "the private key cannot be read (expected: a key of RSA or EC)");
        }
    }

    private static Pem unencrypted(Pem block) throws BadCertificate {
        if (block.text().contains("ENCRYPTED")) {
            throw new BadCertificate(
                    Part.KEY, "encrypted in an old way (expected: PKCS#8, as openssl pkcs8 writes it)");
        }
        return block;
    }

    private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        }
    }

    private static PKCS8EncodedKeySpec wrapped(byte[] algorithm, byte[] key) {
        return new PKCS8EncodedKeySpec(Der.value(Der.SEQUENCE, VERSION_0, algorithm, Der.value(Der.OCTETS, key)));
    }

    /** {@code SEQUENCE {version, key, [0] curve, [1] public key}}: the curve's name belongs into the wrapping. */
    private static PrivateKey ofCurve(byte[] key) throws GeneralSecurityException {
        Der parts = new Der(new Der(key).next());
        while (!parts.isAtEnd()) {
            boolean curve = parts.nextTag() == EC_CURVE;
            byte[] part = parts.next();
            if (curve) {
                return key(wrapped(Der.value(Der.SEQUENCE, EC, part), key));
            }
        }
        throw new InvalidKeyException("no curve");
    }

    private static PrivateKey decrypted(byte[] bytes, Optional<Secret> password)
            throws GeneralSecurityException, IOException, BadCertificate {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
        Secret given = password.orElseThrow(() -> new BadCertificate(Part.KEY, NEEDS_PASSWORD));
        String algorithm = algorithmOf(info);
        Cipher cipher = Cipher.getInstance(algorithm);
        PBEKeySpec spec = new PBEKeySpec(given.value().toCharArray());
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
                info.getAlgParameters());
        try {
            return key(new PKCS8EncodedKeySpec(cipher.doFinal(info.getEncryptedData())));
        } catch (BadPaddingException e) {
            throw new BadCertificate(Part.PASSWORD, "does not open the private key");
        }
    }

    /** The newer family of algorithms is named by its parameters. */
    private static String algorithmOf(EncryptedPrivateKeyInfo info) {
        String name = info.getAlgName();
        boolean family = name.equals("PBES2") || name.equals("1.2.840.113549.1.5.13");
        return family && info.getAlgParameters() != null
                ? info.getAlgParameters().toString()
                : name;
    }
}
