package org.embygateway.config;

import org.embygateway.config.ServerConfig.Mode;

/** How much is logged to standard output, and in which form. */
public record LogConfig(Level level, Format format) {

    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    public enum Format {
        /** Lines for people. */
        TEXT,
        /** One JSON object per line, for ELK or Loki. */
        JSON
    }

    static LogConfig read(Keys in, Mode mode) {
        return new LogConfig(
                in.choice("level", Level.class).orElse(mode == Mode.DEBUG ? Level.DEBUG : Level.INFO),
                in.choice("format", Format.class).orElse(Format.TEXT));
    }
}
