package org.embygateway.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.embygateway.route.Headers;

/** Compression of JSON and text. Never of media, playlists, images or parts of a body. */
final class Gzip {
    private static final int WORTHWHILE_BYTES = 1024;

    private Gzip() {}

    static boolean suits(int status, String contentType, Headers fields, int length) {
        return length >= WORTHWHILE_BYTES
                && status != 206
                && fields.first("Content-Range").isEmpty()
                && fields.first("Content-Encoding").isEmpty()
                && isText(contentType.toLowerCase(Locale.ROOT));
    }

    private static boolean isText(String type) {
        return type.startsWith("application/json")
                || type.startsWith("text/") && !type.contains("event-stream")
                || type.startsWith("application/javascript")
                || type.startsWith("application/manifest+json")
                || type.startsWith("image/svg+xml");
    }

    static boolean isAccepted(List<String> acceptEncoding) {
        for (String field : acceptEncoding) {
            for (String coding : field.toLowerCase(Locale.ROOT).split(",")) {
                String[] parts = coding.strip().split("\\s*;\\s*");
                if (parts[0].equals("gzip") || parts[0].equals("*")) {
                    return parts.length < 2 || !parts[1].matches("q\\s*=\\s*0(\\.0*)?");
                }
            }
        }
        return false;
    }

    static byte[] compress(byte[] body) {
        ByteArrayOutputStream squeezed = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream gzip = new Fast(squeezed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return squeezed.toByteArray();
    }

    /** Answers are compressed once each and while the client waits, so speed goes before the last few percent. */
    private static final class Fast extends GZIPOutputStream {
        Fast(ByteArrayOutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED + 1);
        }
    }
}
