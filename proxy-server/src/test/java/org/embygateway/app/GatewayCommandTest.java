package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.embygateway.config.Config;
import org.embygateway.tls.ThrowAwayAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GatewayCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Config> started = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void helpNamesEveryFlagAndThePrecedence() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(out.toString())
                .contains("--config=FILE", "--host=", "--port=", "--data-dir=", "--public-url=", "--log-level=")
                .contains("--log-format=", "--version", "healthcheck", "A flag wins over an environment variable");
        assertThat(started).isEmpty();
    }

    @Test
    void versionIsTheOneOfTheBuild() {
        assertThat(run(Map.of(), "--version")).isZero();
        assertThat(out.toString()).matches("emby-gateway \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void flagsWinOverVariablesAndTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "server: {port: 1, name: file, host: file}\n");

        int exit = run(
                Map.of("GATEWAY_SERVER_HOST", "variable", "GATEWAY_SERVER_PORT", "2"),
                "--config=" + file,
                "--port",
                "3",
                "--data-dir=" + folder);

        assertThat(exit).isEqualTo(7);
        assertThat(started).singleElement().satisfies(config -> {
            assertThat(config.server().port()).isEqualTo(3);
            assertThat(config.server().host()).isEqualTo("variable");
            assertThat(config.server().name()).isEqualTo("file");
            assertThat(config.database().path()).isEqualTo(folder.resolve("emby_gateway.db"));
        });
    }

    @Test
    void theFileMayBeNamedByAVariable() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "server: {name: file}\n");

        run(Map.of("GATEWAY_CONFIG", file.toString()));

        assertThat(started)
                .singleElement()
                .extracting(config -> config.server().name())
                .isEqualTo("file");
    }

    @Test
    void fiveFaultsAreAllListedAndNothingStarts() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), """
                server:
                  prot: 8080
                  port: 70000
                jwt: {secret: hunter2-jwt, expire: soon}
                emby:
                  servers:
                    - {name: A, url: "http://a", username: u, password: hunter2-a}
                    - {name: A, url: "http://b", username: u}
                """);

        assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains("the configuration has 5 faults")
                .contains("c.yaml:2: server.prot: unknown key (meant: server.port?)")
                .contains("c.yaml:3: server.port: ")
                .contains("c.yaml:4: jwt.expire: ")
                .contains("c.yaml:8: emby.servers[1].password: missing")
                .contains("c.yaml:8: emby.servers[1].name: ")
                .doesNotContain("hunter2");
        assertThat(started).isEmpty();
    }

    @Test
    void anUnknownFlagIsExitCode2() {
        assertThat(run(Map.of(), "--prot=1")).isEqualTo(2);
        assertThat(err.toString()).contains("--prot");
        assertThat(started).isEmpty();
    }

    @Test
    void aStartThatFailsIsExitCode1() {
        assertThat(execute(
                        GatewayCommand.commandLine(
                                config -> {
                                    throw new IOException("database is locked");
                                },
                                Map.of()),
                        "--log-level=error"))
                .isEqualTo(1);
    }

    @Test
    void healthcheckAsksTheGatewayOfTheSameConfiguration() throws IOException {
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/media/health", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        gateway.start();
        String port = String.valueOf(gateway.getAddress().getPort());
        try {
            assertThat(run(Map.of("GATEWAY_SERVER_BASE_PATH", "/media"), "healthcheck", "--port", port))
                    .isZero();
            assertThat(run(Map.of("GATEWAY_SERVER_PORT", port), "healthcheck")).isEqualTo(1);
            assertThat(err.toString()).contains("The gateway answered 404.");
        } finally {
            gateway.stop(0);
        }
        assertThat(run(Map.of("GATEWAY_SERVER_PORT", port), "healthcheck")).isEqualTo(1);
        assertThat(err.toString()).contains("The gateway did not answer.");
        assertThat(started).isEmpty();
    }

    @Test
    void healthcheckAsksByHttpsWhenThereIsNothingElse() throws IOException {
        HttpsServer gateway = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setHttpsConfigurator(
                new HttpsConfigurator(new ThrowAwayAuthority().issue().server()));
        gateway.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        gateway.start();
        String port = String.valueOf(gateway.getAddress().getPort());
        try {
            Map<String, String> gone = Map.of(
                    "GATEWAY_SERVER_TLS_CERTIFICATE", "/moved/away.pem",
                    "GATEWAY_SERVER_TLS_PORT", port,
                    "GATEWAY_SERVER_TLS_ONLY", "true");
            assertThat(run(gone, "healthcheck"))
                    .as("whatever its files hold now")
                    .isZero();
            assertThat(run(gone)).as("to start with it").isEqualTo(2);
        } finally {
            gateway.stop(0);
        }
        assertThat(started).isEmpty();
    }

    private int run(Map<String, String> environment, String... args) {
        Start start = config -> {
            started.add(config);
            return 7;
        };
        String[] quiet =
                Stream.concat(Stream.of(args), Stream.of("--log-level=error")).toArray(String[]::new);
        return execute(GatewayCommand.commandLine(start, environment), quiet);
    }

    private int execute(CommandLine command, String... args) {
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
