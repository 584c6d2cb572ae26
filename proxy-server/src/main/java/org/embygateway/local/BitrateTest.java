package org.embygateway.local;

import java.nio.ByteBuffer;
import java.util.Random;
import org.embygateway.route.Call;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * Bytes by which a client measures its line to the gateway. They do not compress, and are at most 100 million: apps ask
 * for half a megabyte to some megabytes, and time what they asked for, so more is refused rather than cut.
 *
 * <p>Emby API: MediaInfoService, {@code /Playback/BitrateTest?Size=}.
 */
public final class BitrateTest {
    private static final int USUAL = 102_400;
    private static final int MAX = 100_000_000;

    private final ByteBuffer noise = ByteBuffer.allocateDirect(1 << 20);

    public BitrateTest() {
        byte[] random = new byte[noise.capacity()];
        new Random(1).nextBytes(random);
        noise.put(0, random);
    }

    public Reply bytes(Call call) {
        boolean says = call.query().text("Size").isPresent();
        long size = call.query().longNumber("Size").orElse(says ? 0 : USUAL);
        if (size < 1 || size > MAX) {
            throw new Refused(400, "Size must be a number from 1 to %d.".formatted(MAX));
        }
        return new Reply.Repeated(
                "application/octet-stream", Headers.of("Cache-Control", "no-cache, no-store"), noise, (int) size);
    }
}
