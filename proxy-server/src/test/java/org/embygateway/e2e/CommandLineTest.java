package org.embygateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as somebody meets it who only has its flags, its variables and its file. */
class CommandLineTest {
    @TempDir
    Path folder;

    @Test
    void fiveFaultsAreListedWithKeyAndLineAndNothingStarts() throws Exception {
        Path file = Files.writeString(folder.resolve("faulty.yaml"), """
                server:
                  prot: 8080
                  port: 70000
                  drain-timeout: a while
                jwt:
                  secret: hunter2-of-the-tokens-that-is-long-enough
                emby:
                  servers:
                    - name: Left
                      url: http://left.example:8096
                      username: viewer
                      password: hunter2-of-left
                    - name: Left
                      url: http://right.example:8096
                      username: viewer
                """);

        try (GatewayProcess gateway =
                GatewayProcess.start(folder, Map.of(), "--config", file.toString(), "--data-dir", "data")) {
            assertThat(gateway.exitCode()).isEqualTo(2);
            assertThat(gateway.said())
                    .contains("the configuration has 5 faults")
                    .contains("faulty.yaml:2: server.prot: ")
                    .contains("faulty.yaml:3: server.port: ")
                    .contains("faulty.yaml:4: server.drain-timeout: ")
                    .contains("faulty.yaml:13: emby.servers[1].name: ")
                    .contains("faulty.yaml:13: emby.servers[1].password: ")
                    .doesNotContain("hunter2")
                    .doesNotContain("listens on")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void helpAndVersionSayWhatTheyShouldAndEnd() throws Exception {
        try (GatewayProcess help = GatewayProcess.start(folder, Map.of(), "--help");
                GatewayProcess version = GatewayProcess.start(folder, Map.of(), "--version")) {
            assertThat(help.exitCode()).isZero();
            assertThat(help.said())
                    .contains("Usage: emby-gateway", "--config=FILE", "--port=")
                    .contains("A flag wins over an environment variable, a variable over the file");
            assertThat(version.exitCode()).isZero();
            assertThat(version.said()).matches("emby-gateway \\d+\\.\\d+\\.\\d+\\R");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).allMatch(file -> file.toString().endsWith(".log"));
        }
    }

    @Test
    void aFlagWinsOverAVariableAndAVariableOverTheFile() throws Exception {
        int port = freePort();
        Path file = Files.writeString(folder.resolve("config.yaml"), """
                server:
                  host: 192.0.2.1
                  port: 1
                  name: From the file
                  base-path: /from-the-file
                  data-dir: data
                """);
        Map<String, String> environment = Map.of(
                "GATEWAY_CONFIG",
                file.toString(),
                "GATEWAY_SERVER_HOST",
                "127.0.0.1",
                "GATEWAY_SERVER_PORT",
                "2",
                "GATEWAY_SERVER_BASE_PATH",
                "/from-a-variable");

        try (GatewayProcess gateway = GatewayProcess.start(folder, environment, "--port=" + port)) {
            assertThat(gateway.address()).isEqualTo("http://127.0.0.1:%d/from-a-variable".formatted(port));
            assertThat(get(gateway.address() + "/emby/System/Info/Public"))
                    .contains("\"ServerName\":\"From the file\"");
        }
    }

    @Test
    void withoutAnyConfigurationItSaysWhereItIsAndHowToFinishTheSetUp() throws Exception {
        int port = freePort();
        try (GatewayProcess gateway = GatewayProcess.start(folder, Map.of("GATEWAY_SERVER_PORT", "" + port))) {
            assertThat(gateway.address()).isEqualTo("http://localhost:" + port);
            assertThat(get(gateway.address() + "/auth/setup")).contains("\"needed\":true");
            assertThat(gateway.said())
                    .containsPattern(
                            "Open http://localhost:%d/web/ and use the set-up code \\w{4}-\\w{4}".formatted(port));
            gateway.terminate();
            assertThat(gateway.exitCode()).isZero();
        }
        assertThat(folder.resolve("data").resolve("emby_gateway.db")).isRegularFile();
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
