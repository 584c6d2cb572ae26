package org.embygateway.index.sql;

import java.nio.charset.StandardCharsets;

/** Makes texts of upstreams such that they come back from the database as they went in. */
final class Texts {
    private Texts() {}

    /** NUL, which PostgreSQL refuses, and halves of surrogate pairs, which UTF-8 cannot hold, become question marks. */
    static String storable(String text) {
        return isPlain(text)
                ? text
                : new String(text.replace('\0', '?').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
