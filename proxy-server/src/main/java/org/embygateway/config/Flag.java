package org.embygateway.config;

/**
 * A key given on the command line.
 *
 * @param name as typed, such as {@code --port}
 * @param key the key it sets, such as {@code server.port}
 */
public record Flag(String name, String key, String text) {}
