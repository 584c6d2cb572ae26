package org.embygateway.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.config.ConfigLoader;
import org.embygateway.config.Flag;
import org.embygateway.config.Loaded;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what to read and what to change of it. Their values are checked with all the rest. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file to read (also GATEWAY_CONFIG); none by default")
    private @Nullable Path config;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "address to listen on (default: 0.0.0.0)")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "port to listen on (default: 8080)")
    private @Nullable String port;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "folder of the database and the images (default: ./data)")
    private @Nullable String dataDir;

    @Option(names = "--public-url", paramLabel = "URL", description = "address clients use, if it is another one")
    private @Nullable String publicUrl;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "certificate for HTTPS on port 8920 (default: no HTTPS)")
    private @Nullable String tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "key of that certificate, if it is in another file")
    private @Nullable String tlsKey;

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "trace, debug, info, warn or error")
    private @Nullable String logLevel;

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "text or json")
    private @Nullable String logFormat;

    Loaded load(Map<String, String> environment) {
        return ConfigLoader.load(file(environment), environment, flags());
    }

    /** For a command that is about a gateway which runs with the same configuration. */
    Loaded loadRunning(Map<String, String> environment) {
        return ConfigLoader.loadRunning(file(environment), environment, flags());
    }

    private Optional<Path> file(Map<String, String> environment) {
        return Optional.ofNullable(config)
                .or(() -> Optional.ofNullable(environment.get("GATEWAY_CONFIG"))
                        .filter(name -> !name.isEmpty())
                        .map(Path::of));
    }

    private List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        add(flags, "--host", "server.host", host);
        add(flags, "--port", "server.port", port);
        add(flags, "--data-dir", "server.data-dir", dataDir);
        add(flags, "--public-url", "server.public-url", publicUrl);
        add(flags, "--tls-certificate", "server.tls.certificate", tlsCertificate);
        add(flags, "--tls-key", "server.tls.key", tlsKey);
        add(flags, "--log-level", "log.level", logLevel);
        add(flags, "--log-format", "log.format", logFormat);
        return flags;
    }

    private static void add(List<Flag> flags, String name, String key, @Nullable String text) {
        if (text != null) {
            flags.add(new Flag(name, key, text));
        }
    }
}
