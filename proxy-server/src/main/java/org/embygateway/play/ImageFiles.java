package org.embygateway.play;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images on disk, one file each, at most so many bytes together: what is asked for least goes first. A disk that cannot
 * be written only makes it a smaller cache.
 */
public final class ImageFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);

    /** So many digits of a key tell what is shown, the others in which size. */
    static final int SHOWN = 16;

    private final Path directory;
    private final Cache<String, Integer> sizes;

    /**
     * @param directory need not exist yet
     * @param mostBytes of all files together
     */
    public ImageFiles(Path directory, long mostBytes) {
        this.directory = directory;
        this.sizes = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String key, Integer size) -> size)
                .executor(Runnable::run)
                .evictionListener((key, size, cause) -> delete(String.valueOf(key)))
                .build();
    }

    /** Takes up what an earlier process left, newest last, so that the oldest goes first if it is too much. */
    public void load() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory, 2)) {
            List<Path> known = files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(ImageFiles::modified))
                    .toList();
            for (Path file : known) {
                String name = file.getFileName().toString();
                if (name.matches("[0-9a-f]{32}")) {
                    sizes.put(name, (int) Math.min(Integer.MAX_VALUE, Files.size(file)));
                } else {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The image cache cannot be read: {}", e.getClass().getSimpleName());
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** @param key 32 hex digits */
    Optional<Picture> find(String key) {
        if (sizes.getIfPresent(key) == null) {
            return Optional.empty();
        }
        try {
            return Picture.of(Files.readAllBytes(file(key)));
        } catch (NoSuchFileException e) {
            sizes.invalidate(key);
            return Optional.empty();
        } catch (IOException e) {
            LOG.debug("An image cannot be read: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** The key of the largest other size that is kept of what the key shows. */
    Optional<String> otherSize(String key) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory.resolve(key.substring(0, 2)), key.substring(0, SHOWN) + "*")) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> sizes.getIfPresent(name) != null)
                    .max(Comparator.comparing(name -> sizes.asMap().getOrDefault(name, 0)));
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
    }

    void put(String key, Picture picture) {
        Path file = file(key);
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), key, ".part");
            Files.write(part, picture.bytes());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            sizes.put(key, picture.bytes().length);
        } catch (IOException e) {
            LOG.warn("An image cannot be kept: {}", e.getClass().getSimpleName());
        }
    }

    private void delete(String key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            LOG.debug("An image cannot be deleted: {}", e.getClass().getSimpleName());
        }
    }

    private Path file(String key) {
        return directory.resolve(key.substring(0, 2)).resolve(key);
    }

    /** How many images are kept. */
    long count() {
        sizes.cleanUp();
        return sizes.estimatedSize();
    }
}
