package org.embygateway.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.embygateway.protocol.Secret;

/**
 * Secrets at rest, and how often a password may be tried.
 *
 * @param encryptionKey any text; encrypts passwords and tokens of the servers in the database
 * @param keyFile keeps a key of the gateway's own making when none is given
 * @param loginAttempts wrong passwords that one address may give within {@code loginWindow}
 */
public record SecurityConfig(Optional<Secret> encryptionKey, Path keyFile, int loginAttempts, Duration loginWindow) {

    /**
     * The key given, else the one in the file, which is made when it is missing.
     *
     * @throws IOException when the file cannot be read or made, or holds nothing
     */
    public Secret key() throws IOException {
        return encryptionKey.isPresent() ? encryptionKey.get() : KeyFile.readOrMake(keyFile);
    }

    static SecurityConfig read(Keys in, Path dataDir) {
        return new SecurityConfig(
                in.secretWithText("encryption-key"),
                in.path("key-file").orElse(dataDir.resolve("gateway.key")),
                in.number("login-attempts", 1, 1000).orElse(5),
                in.duration("login-window").orElse(Duration.ofMinutes(5)));
    }
}
