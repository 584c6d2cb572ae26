package org.embygateway.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.embygateway.index.SignIn;
import org.embygateway.protocol.Secret;

/**
 * The tokens of the gateway's own API: signed (HS256), each naming a sign-in that must still exist when it is used. So
 * they end with the sign-in, and by time if a life is set.
 */
public final class Jwts {
    private static final String ISSUER = "emby-gateway";
    private static final String SIGN_IN = "sid";

    private final Algorithm algorithm;
    private final Optional<Duration> life;
    private final Clock clock;
    private final JWTVerifier verifier;

    /** @param life how long a token is good; empty for as long as its sign-in */
    public Jwts(Secret key, Optional<Duration> life, Clock clock) {
        this.algorithm = Algorithm.HMAC256(key.value());
        this.life = life;
        this.clock = clock;
        JWTVerifier.BaseVerification verification =
                (JWTVerifier.BaseVerification) JWT.require(algorithm).withIssuer(ISSUER);
        this.verifier = verification.build(clock);
    }

    public Secret issue(SignIn signIn) {
        Instant now = clock.instant();
        var builder = JWT.create()
                .withIssuer(ISSUER)
                .withSubject(signIn.user().value())
                .withClaim(SIGN_IN, signIn.id())
                .withIssuedAt(now);
        life.ifPresent(duration -> builder.withExpiresAt(now.plus(duration)));
        return new Secret(builder.sign(algorithm));
    }

    /** When a token issued now ends; empty when it does not. */
    public Optional<Instant> end() {
        return life.map(duration -> clock.instant().plus(duration));
    }

    /** The sign-in a token of ours names; empty for anything else and for one that is over. */
    OptionalLong signInOf(Secret token) {
        if (token.value().indexOf('.') < 0) {
            return OptionalLong.empty();
        }
        try {
            DecodedJWT jwt = verifier.verify(token.value());
            Long id = jwt.getClaim(SIGN_IN).asLong();
            return id == null ? OptionalLong.empty() : OptionalLong.of(id);
        } catch (JWTVerificationException e) {
            return OptionalLong.empty();
        }
    }
}
