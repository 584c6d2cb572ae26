package org.embygateway.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The form Emby gives to ids of users, servers, sessions and tokens: 32 lower-case hex digits. */
public final class Hex32 {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Hex32() {}

    public static boolean isValid(String text) {
        return text.length() == 32 && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** Accepts upper case and dashes, as clients send them. */
    public static Optional<String> parse(String text) {
        String plain = text.replace("-", "").toLowerCase(Locale.ROOT);
        return isValid(plain) ? Optional.of(plain) : Optional.empty();
    }

    /** 128 unguessable bits. */
    public static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The same digits for the same text, for ids that are derived and not kept. */
    public static String of(String text) {
        return HexFormat.of().formatHex(sha256(text), 0, 16);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
