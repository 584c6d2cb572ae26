package org.embygateway.rewrite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.embygateway.protocol.UpstreamId;

/**
 * The gateway's tag of an image: 32 hex digits that differ when the picture or the copy it comes from differs. Clients
 * put it into URLs to get past their caches; it leads to nothing.
 *
 * @param stamp what the digits are made of
 */
public record ImageTag(long stamp) {

    /** @param serverId of the gateway, so that the tag of one gateway tells nothing about another's upstreams */
    public static ImageTag of(
            String serverId, UpstreamId upstream, String upstreamItem, String type, int index, String upstreamTag) {
        String text = String.join(
                "\n", serverId, upstream.toString(), upstreamItem, type, Integer.toString(index), upstreamTag);
        return new ImageTag(ByteBuffer.wrap(md5(text)).getLong());
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }

    /** The second half of the digits, as the stamp is the first. */
    public long rest() {
        return stamp * 0x9E3779B97F4A7C15L ^ stamp >>> 32;
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(stamp) + hex.toHexDigits(rest());
    }
}
