package org.embygateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the gateway is reached.
 *
 * @param publicUrl address clients use when it differs from the one they called, without a slash at the end
 * @param name what clients show as the server's name
 * @param basePath path in front of everything, such as {@code /media}; empty for none
 * @param trustedProxies addresses or networks whose {@code X-Forwarded-For} is believed
 * @param drainTimeout how long running streams may go on after SIGTERM
 * @param maxBody largest request body in bytes
 * @param dataDir folder of everything that has no path of its own
 * @param tls HTTPS beside plain HTTP, or in its place
 */
public record ServerConfig(
        Mode mode,
        String host,
        int port,
        Optional<URI> publicUrl,
        String name,
        String basePath,
        List<String> trustedProxies,
        Duration drainTimeout,
        long maxBody,
        Path dataDir,
        TlsConfig tls) {

    /** {@code debug} logs more unless {@code log.level} says otherwise. */
    public enum Mode {
        RELEASE,
        DEBUG
    }

    public ServerConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether plain HTTP is served. */
    public boolean hasPlain() {
        return !tls.only();
    }

    static ServerConfig read(Keys in) {
        ServerConfig read = new ServerConfig(
                in.choice("mode", Mode.class).orElse(Mode.RELEASE),
                in.text("host").orElse("0.0.0.0"),
                in.portOrAny("port").orElse(8080),
                in.url("public-url"),
                in.text("name").orElse("Emby Gateway"),
                in.basePath("base-path").orElse(""),
                in.networks("trusted-proxies"),
                in.duration("drain-timeout").orElse(Duration.ofSeconds(30)),
                in.size("max-body").orElse(10L << 20),
                in.path("data-dir").orElse(Path.of("./data")),
                TlsConfig.read(in.section("tls")));
        in.expect(
                read.port == 0 || read.port != read.tls.port() || !read.hasPlain() || !read.tls.isOn(),
                "port",
                read.port + " (expected: another one than server.tls.port)");
        return read;
    }
}
