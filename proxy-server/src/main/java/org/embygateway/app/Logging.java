package org.embygateway.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.OutputStream;
import java.util.List;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;
import org.embygateway.config.LogConfig;
import org.slf4j.LoggerFactory;

/** Sends the log to standard output, as text or JSON, without the secrets that a message may hold by accident. */
public final class Logging {
    /** Their news is noise unless one is looking for something. */
    private static final List<String> TALKATIVE =
            List.of("org.flywaydb", "com.zaxxer.hikari", "io.netty", "org.eclipse");

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %replace(%msg){'[\\r\\n]+', ' | '} %mdc%n%ex";

    private Logging() {}

    /** Replaces whatever logging there was. */
    public static void start(LogConfig config) {
        configure((LoggerContext) LoggerFactory.getILoggerFactory(), config, System.out);
    }

    static void configure(LoggerContext context, LogConfig config, OutputStream out) {
        context.reset();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(config.format() == LogConfig.Format.JSON ? json(context) : text(context));
        appender.setOutputStream(out);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.toLevel(config.level().name()));
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(quieter(root.getLevel())));
    }

    private static Level quieter(Level level) {
        if (level.isGreaterOrEqual(Level.WARN)) {
            return level;
        }
        return level == Level.TRACE ? Level.DEBUG : Level.WARN;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        MaskingLayout layout = new MaskingLayout();
        layout.setContext(context);
        layout.setPattern(PATTERN);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        MaskingJsonGeneratorDecorator masking = new MaskingJsonGeneratorDecorator();
        masking.addValueMasker((where, value) -> value instanceof CharSequence text ? Masks.apply(text) : null);
        masking.start();
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.addDecorator(masking);
        encoder.start();
        return encoder;
    }

    private static final class MaskingLayout extends PatternLayout {
        @Override
        public String doLayout(ILoggingEvent event) {
            return Masks.apply(super.doLayout(event));
        }
    }
}
