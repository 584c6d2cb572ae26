package org.embygateway.index.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.embygateway.index.Settings;
import org.embygateway.index.StoreFailure;
import org.embygateway.protocol.Secret;

/**
 * Encrypts secrets at rest: AES-256-GCM with a random nonce per value, the key stretched from the configured text with
 * PBKDF2 and a salt that the database keeps. Sealed form: Base64 of nonce, cipher text and tag.
 */
final class Vault {
    private static final int ITERATIONS = 120_000;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String PROBE = "embygateway";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    private Vault(SecretKey key) {
        this.key = key;
    }

    /** Throws {@link StoreFailure} when the database's secrets were sealed with another key. */
    static Vault open(Secret encryptionKey, Settings settings) {
        byte[] salt = HexFormat.of().parseHex(settings.findOrCreate("vault-salt", Vault::newSalt));
        Vault vault = new Vault(stretch(encryptionKey, salt));
        String probe = settings.findOrCreate("vault-probe", () -> vault.seal(new Secret(PROBE)));
        if (!vault.opens(probe)) {
            throw new StoreFailure("the encryption key is not the one this database was made with");
        }
        return vault;
    }

    private static String newSalt() {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    private static SecretKey stretch(Secret encryptionKey, byte[] salt) {
        try {
            PBEKeySpec spec = new PBEKeySpec(encryptionKey.value().toCharArray(), salt, ITERATIONS, 256);
            byte[] stretched = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            return new SecretKeySpec(stretched, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has PBKDF2", e);
        }
    }

    private boolean opens(String sealed) {
        try {
            return decrypt(sealed).equals(PROBE);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    String seal(Secret secret) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            byte[] hidden =
                    cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(secret.value().getBytes(StandardCharsets.UTF_8));
            byte[] sealed = ByteBuffer.allocate(nonce.length + hidden.length)
                    .put(nonce)
                    .put(hidden)
                    .array();
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES-GCM", e);
        }
    }

    Secret unseal(String sealed) {
        try {
            return new Secret(decrypt(sealed));
        } catch (GeneralSecurityException e) {
            throw new StoreFailure("a sealed secret in the database was changed from outside", e);
        }
    }

    private String decrypt(String sealed) throws GeneralSecurityException {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(bytes).get(nonce);
        byte[] open = cipher(Cipher.DECRYPT_MODE, nonce).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        return new String(open, StandardCharsets.UTF_8);
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
