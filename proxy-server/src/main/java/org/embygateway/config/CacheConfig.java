package org.embygateway.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is remembered of the servers' answers.
 *
 * @param ttl how long an answer may be used again
 * @param imageMaxSize bytes that images may take on disk
 */
public record CacheConfig(boolean enabled, Duration ttl, Path imageDir, long imageMaxSize) {

    static CacheConfig read(Keys in, Path dataDir) {
        return new CacheConfig(
                in.flag("enabled").orElse(true),
                in.duration("ttl").orElse(Duration.ofSeconds(300)),
                in.path("image-dir").orElse(dataDir.resolve("images")),
                in.size("image-max-size").orElse(1L << 30));
    }
}
