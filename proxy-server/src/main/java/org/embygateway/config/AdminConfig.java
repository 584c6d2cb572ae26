package org.embygateway.config;

import java.util.Optional;
import org.embygateway.protocol.Secret;

/** The first admin, made when there is none yet; without one the log prints a set-up code. Both or neither. */
public record AdminConfig(Optional<String> username, Optional<Secret> password) {

    static AdminConfig read(Keys in) {
        AdminConfig read = new AdminConfig(in.text("username"), in.secretWithText("password"));
        in.expect(
                read.username.isPresent() || read.password.isEmpty(),
                "password",
                "alone (expected: admin.username beside it)");
        in.expect(
                read.password.isPresent() || read.username.isEmpty(),
                "username",
                "alone (expected: admin.password beside it)");
        return read;
    }
}
