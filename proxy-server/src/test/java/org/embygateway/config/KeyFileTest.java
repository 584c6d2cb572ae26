package org.embygateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.embygateway.protocol.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    Path folder;

    @Test
    void aMissingKeyIsMadeOnceForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("data/gateway.key");

        Secret made = KeyFile.readOrMake(file);

        assertThat(made.value()).matches("[0-9a-f]{64}");
        assertThat(KeyFile.readOrMake(file)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void anEmptyKeyFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.key"), "\n");

        assertThatThrownBy(() -> KeyFile.readOrMake(file))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("holds no key");
    }

    @Test
    void aKeyGivenNeedsNoFile() throws IOException {
        Path file = folder.resolve("gateway.key");
        Secret given = new Secret("given");

        assertThat(new SecurityConfig(Optional.of(given), file, 5, Duration.ofMinutes(5)).key())
                .isEqualTo(given);
        assertThat(file).doesNotExist();
    }
}
