package org.embygateway.config;

import java.util.Locale;

/**
 * The variable of a key: {@code GATEWAY_} and the key in capitals with {@code _} for everything else, so
 * {@code emby.servers[0].url} is {@code GATEWAY_EMBY_SERVERS_0_URL}; those of {@code database} begin with {@code DB_}.
 */
final class Variables {
    private static final String DATABASE = "database.";

    private Variables() {}

    static String of(String key) {
        String name = key.startsWith(DATABASE) ? "db." + key.substring(DATABASE.length()) : "gateway." + key;
        return name.toUpperCase(Locale.ROOT)
                .replace("[", ".")
                .replaceAll("[^A-Z0-9.]", ".")
                .replaceAll("\\.+", "_")
                .replaceAll("_$", "");
    }
}
