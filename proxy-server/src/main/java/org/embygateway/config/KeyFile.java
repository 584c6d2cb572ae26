package org.embygateway.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.embygateway.protocol.Secret;

/** A file with a key that the gateway made for itself, readable by its owner alone. */
final class KeyFile {
    private static final int KEY_BYTES = 32;

    private KeyFile() {}

    /** The key in {@code file}; a new random one is written there first when the file is missing. */
    static Secret readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        String key = Files.readString(file).strip();
        if (key.isEmpty()) {
            throw new FileSystemException(file.toString(), null, "holds no key (expected: any text)");
        }
        return new Secret(key);
    }

    /** Written beside and linked into place, so that neither a crash nor a second process leaves half a key. */
    private static void make(Path file) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(folder, ".key", "", ownerOnly(folder));
        try {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            Files.writeString(draft, HexFormat.of().formatHex(key) + "\n");
            place(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void place(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster: its key is the one.
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
