package org.embygateway.index.sql;

import java.text.Normalizer;
import java.util.Locale;

/** Names of users and servers as they are compared: composed alike, without regard to case. */
final class NameKey {
    private NameKey() {}

    static String of(String name) {
        String composed = Normalizer.normalize(name.strip(), Normalizer.Form.NFKC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
