package org.embygateway.config;

import java.time.Duration;
import java.util.Optional;
import org.embygateway.protocol.Secret;

/**
 * The tokens of {@code /auth/login}.
 *
 * @param secret signs them; without one the gateway makes one and keeps it
 * @param expire how long one is good for
 */
public record JwtConfig(Optional<Secret> secret, Duration expire) {

    /** What the documentation shows: good for a try, known to everybody. */
    private static final Secret SAMPLE = new Secret("your-secret-key");

    static JwtConfig read(Keys in) {
        Optional<Secret> secret = in.secretWithText("secret");
        if (secret.equals(Optional.of(SAMPLE))) {
            in.warn("secret", "is the one of the documentation: anybody can sign in with it. Set your own or none");
        }
        return new JwtConfig(secret, in.duration("expire").orElse(Duration.ofHours(24)));
    }
}
