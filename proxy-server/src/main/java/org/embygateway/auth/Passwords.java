package org.embygateway.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.embygateway.index.UserRecord;
import org.embygateway.protocol.Secret;

/**
 * Password hashes (bcrypt; texts beyond its 72 bytes are hashed before, not cut). A check takes the same time for a
 * wrong password, a user without one and a name that does not exist.
 */
public final class Passwords {
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;
    private static final LongPasswordStrategy LONG = LongPasswordStrategies.hashSha512(VERSION);

    private final int cost;
    private final String nobody;

    /** @param cost logarithm of the work, 4 to 31; 10 takes some 60 ms */
    public Passwords(int cost) {
        this.cost = cost;
        this.nobody = bcrypt("a password that nobody has");
    }

    /** What to keep of a password: empty text for the empty one. */
    public String hash(Secret password) {
        return password.value().isEmpty() ? "" : bcrypt(password.value());
    }

    private String bcrypt(String password) {
        return new String(
                BCrypt.with(VERSION, LONG).hash(cost, password.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.US_ASCII);
    }

    /** Whether it is the user's password. A user without one is only let in with the empty password. */
    public boolean matches(Optional<UserRecord> user, Secret password) {
        String hash = user.map(UserRecord::passwordHash).orElse(nobody);
        boolean matches = verify(password.value(), hash.isEmpty() ? nobody : hash);
        return hash.isEmpty() ? password.value().isEmpty() : matches && user.isPresent();
    }

    private static boolean verify(String password, String hash) {
        return BCrypt.verifyer(VERSION, LONG)
                .verify(password.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.US_ASCII))
                .verified;
    }
}
