package org.embygateway.index;

import java.time.Instant;
import java.util.Optional;
import org.embygateway.protocol.UpstreamId;

/** What is known of the contents of upstreams' files: digests of samples, equal for copies of the same file. */
public interface Fingerprints {
    /**
     * @param fileId the upstream's id of the version
     * @param size in bytes
     */
    record File(UpstreamId upstream, String fileId, long size) {}

    /** Empty when there is none, when it was taken before then, and when the file had another size. */
    Optional<String> find(File file, Instant notBefore);

    /** Takes the place of what was known of the file. */
    void keep(File file, String digest, Instant taken);
}
