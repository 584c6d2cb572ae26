package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.embygateway.config.LogConfig;
import org.embygateway.config.LogConfig.Format;
import org.embygateway.config.LogConfig.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LoggingTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void textIsOneLineWithoutSecrets() {
        Logger log = logger(Level.INFO, Format.TEXT, "org.embygateway.Some");

        log.info("GET /Items?api_key={}\nforged line", "hunter2");

        assertThat(written())
                .hasLineCount(1)
                .contains("INFO  Some: GET /Items?api_key=***")
                .doesNotContain("hunter2");
    }

    @Test
    void jsonIsOneObjectPerLineWithoutSecrets() throws IOException {
        Logger log = logger(Level.INFO, Format.JSON, "org.embygateway.Some");

        log.warn("asked /Items?X-Emby-Token=hunter2", new IOException("body was {\"Pw\":\"hunter2\"}"));

        assertThat(written()).hasLineCount(1).doesNotContain("hunter2");
        JsonNode line = new ObjectMapper().readTree(written());
        assertThat(line.path("message").asText()).isEqualTo("asked /Items?X-Emby-Token=***");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("stack_trace").asText()).contains("IOException", "***");
        assertThat(line.path("level_value").isNumber()).isTrue();
    }

    @Test
    void whatIsBelowTheLevelIsNotLogged() {
        logger(Level.WARN, Format.TEXT, "org.embygateway.Some").info("news");

        assertThat(written()).isEmpty();
    }

    @Test
    void talkativeLibrariesAreQuietUnlessTraced() {
        logger(Level.DEBUG, Format.TEXT, "io.netty.some").info("news");
        assertThat(written()).isEmpty();

        logger(Level.TRACE, Format.TEXT, "io.netty.some").info("news");
        assertThat(written()).contains("news");
    }

    private Logger logger(Level level, Format format, String name) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        Logging.configure(context, new LogConfig(level, format), out);
        return context.getLogger(name);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
