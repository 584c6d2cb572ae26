package org.embygateway.protocol;

import java.util.Optional;

/** A person known to the gateway: 32 lower-case hex digits. */
public record UserId(String value) {
    public UserId {
        if (!Hex32.isValid(value)) {
            throw new IllegalArgumentException("user id: not 32 lower-case hex digits");
        }
    }

    /** The id a client wrote, in any case and with or without dashes; empty when it is none. */
    public static Optional<UserId> parse(String text) {
        return Hex32.parse(text).map(UserId::new);
    }

    public static UserId random() {
        return new UserId(Hex32.random());
    }

    @Override
    public String toString() {
        return value;
    }
}
