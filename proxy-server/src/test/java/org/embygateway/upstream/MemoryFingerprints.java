package org.embygateway.upstream;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.index.Fingerprints;

/** Fingerprints that never grow old. */
public final class MemoryFingerprints implements Fingerprints {
    private final Map<File, String> all = new ConcurrentHashMap<>();

    @Override
    public Optional<String> find(File file, Instant notBefore) {
        return Optional.ofNullable(all.get(file));
    }

    @Override
    public void keep(File file, String digest, Instant taken) {
        all.put(file, digest);
    }

    public Map<File, String> all() {
        return Map.copyOf(all);
    }
}
