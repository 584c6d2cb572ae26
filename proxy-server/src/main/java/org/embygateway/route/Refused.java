package org.embygateway.route;

import java.time.Duration;
import java.util.Optional;

/** The client's doing: answered with a status and a plain sentence of ours, logged at debug only. */
public final class Refused extends RuntimeException {
    private final int status;
    private final Optional<Duration> retryAfter;

    public Refused(int status, String message) {
        this(status, message, Optional.empty());
    }

    /** @param retryAfter when it may be worth another try */
    public Refused(int status, String message, Duration retryAfter) {
        this(status, message, Optional.of(retryAfter));
    }

    private Refused(int status, String message, Optional<Duration> retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    public static Refused notFound() {
        return new Refused(404, "Item not found.");
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
