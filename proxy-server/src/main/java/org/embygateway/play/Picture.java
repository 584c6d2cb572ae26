package org.embygateway.play;

import java.util.Optional;

/**
 * An image as it is handed out.
 *
 * @param contentType told by the bytes, never by who sent them
 */
record Picture(String contentType, byte[] bytes) {

    /** Empty for what is no image of a kind that browsers only show (so no SVG, which can hold scripts). */
    static Optional<Picture> of(byte[] bytes) {
        return type(bytes).map(type -> new Picture(type, bytes));
    }

    private static Optional<String> type(byte[] b) {
        if (starts(b, 0, 0xFF, 0xD8, 0xFF)) {
            return Optional.of("image/jpeg");
        }
        if (starts(b, 0, 0x89, 'P', 'N', 'G')) {
            return Optional.of("image/png");
        }
        if (starts(b, 0, 'G', 'I', 'F', '8')) {
            return Optional.of("image/gif");
        }
        if (starts(b, 0, 'R', 'I', 'F', 'F') && starts(b, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of("image/webp");
        }
        if (starts(b, 4, 'f', 't', 'y', 'p', 'a', 'v', 'i')) {
            return Optional.of("image/avif");
        }
        if (starts(b, 0, 'B', 'M')) {
            return Optional.of("image/bmp");
        }
        return Optional.empty();
    }

    private static boolean starts(byte[] bytes, int at, int... expected) {
        if (bytes.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[at + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
