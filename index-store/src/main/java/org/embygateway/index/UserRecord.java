package org.embygateway.index;

import java.time.Instant;
import java.util.Optional;
import org.embygateway.protocol.UserId;

/**
 * A person.
 *
 * @param passwordHash made by the password library; empty text means that the user has no password
 * @param configuration the user's {@code UserConfiguration} as JSON text
 */
public record UserRecord(
        UserId id,
        String name,
        String passwordHash,
        boolean admin,
        boolean disabled,
        UpstreamAccess access,
        String configuration,
        Instant created,
        Optional<Instant> lastLogin,
        Optional<Instant> lastActivity) {}
