package org.embygateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.protocol.Secret;
import org.embygateway.tls.ThrowAwayAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    @TempDir
    Path folder;

    @Test
    void nothingGivenIsSqliteOnPort8080() {
        Config config = Loading.config(Loading.environment(Map.of()));

        assertThat(config.server().port()).isEqualTo(8080);
        assertThat(config.database().type()).isEqualTo(StoreOptions.Type.SQLITE);
        assertThat(config.database().path()).isEqualTo(Path.of("./data/emby_gateway.db"));
        assertThat(config.emby().servers()).isEmpty();
        assertThat(config.emby().version()).isEqualTo("4.8.11.0");
        assertThat(config.cache().ttl()).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void theDocumentedFileIsValid() throws IOException {
        Loaded loaded = Loading.yaml(folder, """
                server:
                  port: 8080
                  mode: release
                database:
                  type: sqlite          # sqlite, postgres, mysql
                  path: ./data/emby_gateway.db
                  # host, port, name, user, password
                jwt:
                  secret: your-secret-key
                  expire: 24h
                emby:
                  servers:
                    - name: Server-A
                      url: https://emby-a.example.com
                      username: admin
                      password: password
                cache:
                  enabled: true
                  ttl: 300s
                log:
                  level: info
                  format: json
                """);

        Config config = Loading.config(loaded);
        assertThat(config.emby().servers())
                .containsExactly(new EmbyServer(
                        "Server-A",
                        URI.create("https://emby-a.example.com"),
                        "admin",
                        new Secret("password"),
                        PlaybackMode.PROXY,
                        SyncMode.FULL,
                        10,
                        4,
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        ""));
        assertThat(config.jwt())
                .isEqualTo(new JwtConfig(Optional.of(new Secret("your-secret-key")), Duration.ofHours(24)));
        assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Level.INFO, LogConfig.Format.JSON));
        assertThat(Loading.warnings(loaded))
                .singleElement()
                .asString()
                .contains("config.yaml:9: jwt.secret: is the one of the documentation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "61m"})
    void outagesCannotBeNoticedSoonerThanChecksTakeNorAfterHours(String interval) throws IOException {
        assertThat(Loading.faults(Loading.yaml(folder, "emby:\n  health-interval: " + interval + "\n")))
                .containsExactly("config.yaml:2: emby.health-interval: out of range (expected: a time from 1s to 60m)");
    }

    @Test
    void fiveFaultsAreAllListedWithKeyAndLineAndWithoutSecrets() throws IOException {
        List<String> faults = Loading.faults(Loading.yaml(folder, """
                server:
                  port: 70000
                  publicUrl: http://gateway
                jwt:
                  expire: tomorrow
                  secret: hunter2-jwt
                emby:
                  servers:
                    - name: Server-A
                      url: http://a
                      username: admin
                    - name: server-a
                      url: http://b
                      username: admin
                      password: hunter2-b
                """));

        assertThat(faults)
                .containsExactly(
                        "config.yaml:2: server.port: \"70000\" (expected: a port from 1 to 65535, or 0 for any free one)",
                        "config.yaml:3: server.publicUrl: unknown key (meant: server.public-url?)",
                        "config.yaml:5: jwt.expire: \"tomorrow\" (expected: a time such as 500ms, 300s, 15m or 24h)",
                        "config.yaml:9: emby.servers[0].password: missing (expected: the account's password, \"\" if it has none)",
                        "config.yaml:12: emby.servers[1].name: \"server-a\" twice"
                                + " (first: config.yaml:9; expected: a name of its own)");
        assertThat(faults.toString()).doesNotContain("hunter2");
    }

    @Test
    void wrongTypesAndChoicesAreNamed() throws IOException {
        List<String> faults = Loading.faults(Loading.yaml(folder, """
                server: 8080
                database:
                  type: oracle
                emby:
                  servers:
                    name: Server-A
                  discovery: maybe
                cache:
                  ttl: [300s]
                  image-max-size: 12 apples
                security:
                  login-attempts: many
                """));

        assertThat(faults)
                .containsExactly(
                        "config.yaml:1: server: a single value (expected: a section)",
                        "config.yaml:3: database.type: \"oracle\" (expected: one of sqlite, postgres, mysql)",
                        "config.yaml:5: emby.servers: a section (expected: a list)",
                        "config.yaml:7: emby.discovery: \"maybe\" (expected: true or false)",
                        "config.yaml:9: cache.ttl: a list (expected: a time such as 500ms, 300s, 15m or 24h)",
                        "config.yaml:10: cache.image-max-size: \"12 apples\" (expected: a size such as 512KiB, 10MiB or 1GiB)",
                        "config.yaml:12: security.login-attempts: \"many\" (expected: a number from 1 to 1000)");
    }

    @Test
    void addressesWithSecretsInThemAreRefusedWithoutBeingShown() throws IOException {
        List<String> faults = Loading.faults(Loading.yaml(folder, """
                emby:
                  servers:
                    - {name: A, url: "http://admin:hunter2@a", username: u, password: p}
                    - {name: B, url: "http://b/?api_key=hunter2", username: u, password: p}
                    - {name: C, url: "ftp://c", username: u, password: p}
                    - {name: D, url: "no address", username: u, password: p}
                """));

        assertThat(faults)
                .hasSize(4)
                .allSatisfy(fault -> assertThat(fault).contains("].url: ").doesNotContain("hunter2"));
        assertThat(faults).element(2).asString().contains("\"ftp://c\" (expected: http:// or https:// and a host");
    }

    @Test
    void aSyntaxErrorHasItsLine() throws IOException {
        assertThat(Loading.faults(Loading.yaml(folder, "server:\n  port: 1\n bad")))
                .singleElement()
                .asString()
                .startsWith("config.yaml:3: not YAML: ");
    }

    @Test
    void anUnquotedPasswordThatIsYamlSyntaxIsNotShown() throws IOException {
        for (String value : List.of("*hunter2", "!hunter2 x", "&hunter2 &x")) {
            List<String> faults = Loading.faults(Loading.yaml(folder, "jwt:\n  secret: " + value + "\n"));

            assertThat(faults)
                    .singleElement()
                    .asString()
                    .startsWith("config.yaml:2: ")
                    .contains("must be in quotes");
            assertThat(faults.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void aKeyGivenTwiceIsAFault() throws IOException {
        assertThat(Loading.faults(Loading.yaml(folder, "server:\n  port: 1\n  port: 2\n")))
                .containsExactly("config.yaml:3: server.port: twice (first: config.yaml:2)");
    }

    @Test
    void aFileThatCannotBeReadIsAFault() throws IOException {
        Path binary = Files.write(folder.resolve("binary.yaml"), "ü".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(faultsOf(folder.resolve("none.yaml"))).containsExactly("none.yaml: no such file");
        assertThat(faultsOf(folder)).singleElement().asString().endsWith("is a folder (expected: a file)");
        assertThat(faultsOf(binary)).containsExactly("binary.yaml: not UTF-8 text");
        assertThat(Loading.faults(Loading.yaml(folder, "- a\n- b\n")))
                .containsExactly("config.yaml:1: a list (expected: sections such as server: and database:)");
    }

    @Test
    void anEmptyFileIsAllDefaults() throws IOException {
        assertThat(Loading.config(Loading.yaml(folder, "# nothing\n")))
                .isEqualTo(Loading.config(Loading.environment(Map.of())));
    }

    @Test
    void aFlagWinsOverAVariableAndAVariableOverTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), "server: {port: 1001, host: file, name: file}\n");
        Map<String, String> environment = Map.of("GATEWAY_SERVER_PORT", "1002", "GATEWAY_SERVER_HOST", "variable");
        List<Flag> flags = List.of(new Flag("--port", "server.port", "1003"));

        ServerConfig server = Loading.config(ConfigLoader.load(Optional.of(file), environment, flags))
                .server();

        assertThat(List.of(server.port(), server.host(), server.name(), server.basePath()))
                .containsExactly(1003, "variable", "file", "");
    }

    @Test
    void faultsOfVariablesAndFlagsNameThem() {
        Map<String, String> environment = Map.of("DB_PORT", "tcp://10.0.0.1:5432", "GATEWAY_CACHE_TTL", "0s");
        List<Flag> flags = List.of(new Flag("--port", "server.port", "http"));

        assertThat(Loading.faults(ConfigLoader.load(Optional.empty(), environment, flags)))
                .containsExactlyInAnyOrder(
                        "--port: server.port: \"http\" (expected: a port from 1 to 65535, or 0 for any free one)",
                        "DB_PORT: database.port: \"tcp://10.0.0.1:5432\" (expected: a port from 1 to 65535)",
                        "GATEWAY_CACHE_TTL: cache.ttl: \"0s\" (expected: a time such as 500ms, 300s, 15m or 24h)");
    }

    @Test
    void variablesChangeEntriesOfAListAndAddOthers() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), """
                emby:
                  servers:
                    - {name: A, url: "http://a/emby/", username: u, password: from-file}
                """);
        Map<String, String> environment = Map.of(
                "GATEWAY_EMBY_SERVERS_0_PASSWORD", "from-variable",
                "GATEWAY_EMBY_SERVERS_1_NAME", "B",
                "GATEWAY_EMBY_SERVERS_1_URL", "http://b",
                "GATEWAY_EMBY_SERVERS_1_USERNAME", "v");

        List<String> faults = Loading.faults(ConfigLoader.load(Optional.of(file), environment, List.of()));
        assertThat(faults)
                .containsExactly("GATEWAY_EMBY_SERVERS_1_*: emby.servers[1].password: missing"
                        + " (expected: the account's password, \"\" if it has none)");

        Map<String, String> whole = new HashMap<>(environment);
        whole.put("GATEWAY_EMBY_SERVERS_1_PASSWORD", "w");
        List<EmbyServer> servers = Loading.config(ConfigLoader.load(Optional.of(file), whole, List.of()))
                .emby()
                .servers();
        assertThat(servers).extracting(EmbyServer::name).containsExactly("A", "B");
        assertThat(servers)
                .extracting(EmbyServer::password)
                .containsExactly(new Secret("from-variable"), new Secret("w"));
        assertThat(servers.getFirst().url()).isEqualTo(URI.create("http://a/emby"));
    }

    @Test
    void anAbsurdEntryNumberIsAFaultAndNoList() {
        assertThat(Loading.faults(Loading.environment(Map.of("GATEWAY_EMBY_SERVERS_999999_NAME", "A"))))
                .containsExactly("GATEWAY_EMBY_SERVERS_999999_NAME: emby.servers: entry 999999 (expected: below 1000)");
    }

    @Test
    void aSecretMayComeFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2\n");

        assertThat(Loading.config(Loading.environment(Map.of("DB_PASSWORD_FILE", file.toString())))
                        .database()
                        .password())
                .isEqualTo(new Secret("hunter2"));
        assertThat(Loading.faults(Loading.environment(
                        Map.of("DB_PASSWORD_FILE", folder.resolve("none").toString()))))
                .containsExactly("DB_PASSWORD_FILE: database.password: the file cannot be read");
    }

    @Test
    void aDatabaseServerNeedsHostAndUser() {
        assertThat(Loading.faults(Loading.environment(Map.of("DB_TYPE", "postgres"))))
                .containsExactly(
                        "configuration: database.host: missing (expected: the database's host)",
                        "configuration: database.user: missing (expected: the database's user)");
        DatabaseConfig mysql = Loading.config(
                        Loading.environment(Map.of("DB_TYPE", "MySQL", "DB_HOST", "h", "DB_USER", "u")))
                .database();
        assertThat(mysql.port()).isEqualTo(3306);
    }

    @Test
    void theDataFolderMovesWhateverHasNoPathOfItsOwn() {
        Config config = Loading.config(
                Loading.environment(Map.of("GATEWAY_SERVER_DATA_DIR", "/data", "DB_PATH", "/fast/g.db")));

        assertThat(config.database().path()).isEqualTo(Path.of("/fast/g.db"));
        assertThat(config.cache().imageDir()).isEqualTo(Path.of("/data/images"));
        assertThat(config.security().keyFile()).isEqualTo(Path.of("/data/gateway.key"));
    }

    @Test
    void debugModeLogsMoreUnlessTheLevelIsGiven() {
        assertThat(Loading.config(Loading.environment(Map.of("GATEWAY_SERVER_MODE", "debug")))
                        .log()
                        .level())
                .isEqualTo(LogConfig.Level.DEBUG);
        assertThat(Loading.config(Loading.environment(
                                Map.of("GATEWAY_SERVER_MODE", "debug", "GATEWAY_LOG_LEVEL", "warn")))
                        .log()
                        .level())
                .isEqualTo(LogConfig.Level.WARN);
    }

    @Test
    void anUnknownVariableOfOursIsAWarning() {
        assertThat(Loading.warnings(Loading.environment(Map.of("GATEWAY_SERVER_PROT", "1", "GATEWAY_PORT", "x"))))
                .containsExactly("GATEWAY_SERVER_PROT: unknown variable (meant: GATEWAY_SERVER_PORT?)");
    }

    @Test
    void trustedProxiesAreAddressesOrNetworks() {
        assertThat(Loading.config(Loading.environment(Map.of("GATEWAY_SERVER_TRUSTED_PROXIES", "10.0.0.0/8, ::1")))
                        .server()
                        .trustedProxies())
                .containsExactly("10.0.0.0/8", "::1");
        assertThat(Loading.faults(Loading.environment(Map.of("GATEWAY_SERVER_TRUSTED_PROXIES", "10.0.0.0/33,proxy"))))
                .hasSize(2)
                .allMatch(fault -> fault.startsWith("GATEWAY_SERVER_TRUSTED_PROXIES: server.trusted-proxies: "));
    }

    @Test
    void theFirstAdminNeedsNameAndPassword() {
        assertThat(Loading.faults(Loading.environment(Map.of("GATEWAY_ADMIN_USERNAME", "root"))))
                .containsExactly("GATEWAY_ADMIN_USERNAME: admin.username: alone (expected: admin.password beside it)");
    }

    @Test
    void aKeyOfAnotherSectionIsFound() throws IOException {
        assertThat(Loading.faults(Loading.yaml(folder, "port: 8080\nlogg:\n  level: info\n")))
                .containsExactly(
                        "config.yaml:1: port: unknown key (meant: server.port?)",
                        "config.yaml:2: logg: unknown key (meant: log?)");
    }

    private static List<String> faultsOf(Path file) {
        return Loading.faults(ConfigLoader.load(Optional.of(file), Map.of(), List.of()));
    }

    @Test
    void faultsOfTheCertificateAreNamedWithTheirKeyBesideAllOthers() throws IOException {
        ThrowAwayAuthority authority = new ThrowAwayAuthority();
        authority.issue().in(folder);
        String other = authority.issue().keyPem();
        Files.writeString(folder.resolve("other.pem"), other);

        assertThat(Loading.faults(Loading.yaml(folder, """
                server:
                  port: 70000
                  tls:
                    certificate: FOLDER/chain.pem
                    key: FOLDER/other.pem
                """.replace("FOLDER", folder.toString()))))
                .containsExactly(
                        "config.yaml:2: server.port: \"70000\" (expected: a port from 1 to 65535, or 0 for any free one)",
                        "config.yaml:5: server.tls.key: does not belong to the first certificate of"
                                + " server.tls.certificate");
        assertThat(Loading.faults(Loading.yaml(folder, """
                server:
                  tls:
                    certificate: FOLDER/chain.pem
                """.replace("FOLDER", folder.toString()))))
                .containsExactly("config.yaml:2: server.tls.key: missing"
                        + " (expected: the file with the key of server.tls.certificate)");
        assertThat(Loading.faults(Loading.environment(Map.of(
                        "GATEWAY_SERVER_TLS_CERTIFICATE", "/nowhere.pem", "GATEWAY_SERVER_TLS_KEY", "/nowhere.key"))))
                .containsExactly("GATEWAY_SERVER_TLS_CERTIFICATE: server.tls.certificate: /nowhere.pem cannot be read"
                        + " (expected: a readable file)");
    }

    @Test
    void keyAndOnlyNeedACertificate() throws IOException {
        assertThat(Loading.faults(Loading.yaml(folder, """
                server:
                  tls:
                    key: key.pem
                    only: true
                """)))
                .containsExactly(
                        "config.yaml:3: server.tls.key: alone (expected: server.tls.certificate beside it)",
                        "config.yaml:4: server.tls.only: true (expected: server.tls.certificate beside it)");
    }

    @Test
    void twoPortsCannotBeOne() throws IOException {
        new ThrowAwayAuthority().issue().in(folder);
        String both = """
                server:
                  port: 8443
                  tls:
                    certificate: FOLDER/chain.pem
                    key: FOLDER/key.pem
                    port: 8443
                """.replace("FOLDER", folder.toString());

        assertThat(Loading.faults(Loading.yaml(folder, both)))
                .containsExactly("config.yaml:2: server.port: 8443 (expected: another one than server.tls.port)");
        Loaded only = Loading.yaml(folder, both + "    only: true\n");
        assertThat(Loading.config(only).server().hasPlain()).isFalse();
        assertThat(Loading.warnings(only)).singleElement().asString().contains("server.tls.port", "443 and 8920");
    }

    @Test
    void anExpiredCertificateStopsNothingButIsSaid() throws IOException {
        new ThrowAwayAuthority()
                .issue(builder -> builder.notBefore(Instant.now().minus(Duration.ofDays(30)))
                        .notAfter(Instant.now().minus(Duration.ofDays(3))))
                .in(folder);

        Loaded loaded = Loading.yaml(folder, """
                server:
                  tls:
                    certificate: FOLDER/chain.pem
                    key: FOLDER/key.pem
                """.replace("FOLDER", folder.toString()));
        assertThat(Loading.config(loaded).server().tls().isOn()).isTrue();
        assertThat(Loading.warnings(loaded))
                .singleElement()
                .asString()
                .contains("config.yaml:3: server.tls.certificate: the certificate expired on");
    }

    @Test
    void aGatewayThatRunsIsNotAskedForItsCertificateAgain() {
        Map<String, String> gone = Map.of("GATEWAY_SERVER_TLS_CERTIFICATE", "/nowhere.pem");

        Loaded loaded = ConfigLoader.loadRunning(Optional.empty(), gone, List.of());
        assertThat(Loading.config(loaded).server().tls().isOn()).isTrue();
    }
}
