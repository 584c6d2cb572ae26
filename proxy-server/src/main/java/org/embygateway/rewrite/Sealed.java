package org.embygateway.rewrite;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Values of an upstream in a form that a client can carry but neither read nor make: AES-GCM in URL-safe letters. Needs
 * no table, so it survives restarts and works on every node that has the key. The same text is always sealed the same
 * way, since clients compare ids, and players know the parts of a live playlist again by their addresses.
 */
public final class Sealed {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecretKeySpec nonceKey;

    /** @param secret any text; it is hashed to the key */
    public Sealed(String secret) {
        key = new SecretKeySpec(digest("seal\n" + secret), "AES");
        nonceKey = new SecretKeySpec(digest("nonce\n" + secret), "HmacSHA256");
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Letters, digits, {@code -} and {@code _}. */
    public String seal(String text) {
        try {
            byte[] nonce = nonce(text);
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE + secret.length);
            System.arraycopy(secret, 0, all, NONCE, secret.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    /** Empty for anything that {@link #seal} did not make with this key. */
    public Optional<String> open(String sealed) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed);
            if (all.length <= NONCE) {
                return Optional.empty();
            }
            byte[] text =
                    cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE)).doFinal(all, NONCE, all.length - NONCE);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private byte[] nonce(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(nonceKey);
        return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), NONCE);
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
