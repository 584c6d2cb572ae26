package org.embygateway.config;

/**
 * One thing wrong with the configuration, for the person who wrote it. Never holds a secret.
 *
 * @param where file and line ({@code config.yaml:12}), or the name of the variable or flag
 * @param key such as {@code emby.servers[0].url}; empty when the file as a whole is meant
 * @param message what is there and what was expected
 */
public record Fault(String where, String key, String message) {
    @Override
    public String toString() {
        return key.isEmpty() ? where + ": " + message : where + ": " + key + ": " + message;
    }
}
