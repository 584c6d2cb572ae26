package org.embygateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UserRecord;
import org.embygateway.index.Users;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The making of the first administrator: with a code that only who reads the log knows, good for this process and
 * until there is one, or from the configuration.
 */
public final class Setup {
    private static final Logger LOG = LoggerFactory.getLogger(Setup.class);
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int MAX_NAME = 100;

    private final Users users;
    private final Passwords passwords;
    private final Throttle throttle;
    private final Clock clock;
    private final Secret code = new Secret(randomCode());

    public Setup(Users users, Passwords passwords, Throttle throttle, Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
        this.clock = clock;
    }

    private static String randomCode() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append(i == 4 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** True as long as there is no administrator. */
    public boolean setupNeeded() {
        return users.all().stream().noneMatch(UserRecord::admin);
    }

    /** The code, for whoever may read what the process prints. */
    public Secret code() {
        return code;
    }

    /** Says in the log how to finish the set-up, if it is needed. */
    public void announce(String address) {
        if (setupNeeded()) {
            LOG.info("No administrator yet. Open {}/web/ and use the set-up code {}", address, code.value());
        }
    }

    /** Makes the administrator that the configuration names, unless there is a user of that name already. */
    public void ensureAdministrator(String name, Secret password) {
        if (users.named(name).isEmpty()) {
            add(name, password);
        }
    }

    /**
     * Makes the first administrator. Refused with 409 when there is one, 403 for a wrong code, 400 for an empty name or
     * password, 429 after too many wrong codes.
     */
    public synchronized UserRecord finish(String given, String name, Secret password, String address) {
        throttle.check(address);
        if (!setupNeeded()) {
            throw new Refused(409, "The set-up is already done.");
        }
        if (!isCode(given)) {
            throttle.failed(address, "set-up code");
            throw new Refused(403, "The set-up code is wrong. It is in the log of the gateway.");
        }
        if (name.isBlank() || name.length() > MAX_NAME || password.value().isEmpty()) {
            throw new Refused(400, "A name (at most 100 characters) and a password are needed.");
        }
        return add(name.trim(), password);
    }

    private boolean isCode(String given) {
        String plain = given.trim().toUpperCase(Locale.ROOT).replace("-", "");
        return MessageDigest.isEqual(
                plain.getBytes(StandardCharsets.UTF_8),
                code.value().replace("-", "").getBytes(StandardCharsets.UTF_8));
    }

    private UserRecord add(String name, Secret password) {
        UserRecord user = new UserRecord(
                UserId.random(),
                name,
                passwords.hash(password),
                true,
                false,
                new UpstreamAccess.All(),
                "{}",
                clock.instant(),
                Optional.empty(),
                Optional.empty());
        try {
            users.add(user);
        } catch (IllegalArgumentException e) {
            throw new Refused(409, "There is a user of this name already.");
        }
        return user;
    }
}
