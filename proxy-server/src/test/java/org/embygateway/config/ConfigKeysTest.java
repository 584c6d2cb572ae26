package org.embygateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.tls.ThrowAwayAuthority;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every component of the records is a key that the file, the environment and the sample have. */
class ConfigKeysTest {
    private static final Path SAMPLE = Path.of("../conf/config.yaml");
    private static final String SERVER = "emby.servers[0].";

    @TempDir
    private static Path certificates;

    @BeforeAll
    static void makeCertificate() {
        new ThrowAwayAuthority().issue().in(certificates);
    }

    /** A value for each key that is not its default. */
    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("server.mode", "debug"),
            Map.entry("server.host", "127.0.0.1"),
            Map.entry("server.port", "8097"),
            Map.entry("server.public-url", "https://media.example.com"),
            Map.entry("server.name", "Living room"),
            Map.entry("server.base-path", "/media"),
            Map.entry("server.trusted-proxies", "10.0.0.1"),
            Map.entry("server.drain-timeout", "5s"),
            Map.entry("server.max-body", "1MiB"),
            Map.entry("server.data-dir", "/var/lib/gateway"),
            Map.entry("server.tls.certificate", "{certificates}/chain.pem"),
            Map.entry("server.tls.key", "{certificates}/key.pem"),
            Map.entry("server.tls.password", "hunter2"),
            Map.entry("server.tls.port", "443"),
            Map.entry("server.tls.only", "true"),
            Map.entry("database.type", "postgres"),
            Map.entry("database.path", "/other.db"),
            Map.entry("database.host", "db.example.com"),
            Map.entry("database.port", "5433"),
            Map.entry("database.name", "other"),
            Map.entry("database.user", "someone"),
            Map.entry("database.password", "hunter2"),
            Map.entry("jwt.secret", "hunter2"),
            Map.entry("jwt.expire", "1h"),
            Map.entry("emby.servers[0].name", "B"),
            Map.entry("emby.servers[0].url", "http://b.example.com"),
            Map.entry("emby.servers[0].username", "other"),
            Map.entry("emby.servers[0].password", "other"),
            Map.entry("emby.servers[0].playback", "redirect"),
            Map.entry("emby.servers[0].sync", "lazy"),
            Map.entry("emby.servers[0].requests-per-second", "1"),
            Map.entry("emby.servers[0].requests-at-once", "1"),
            Map.entry("emby.servers[0].streams-at-once", "2"),
            Map.entry("emby.servers[0].include-libraries", "Films,Shows"),
            Map.entry("emby.servers[0].exclude-libraries", "Home videos"),
            Map.entry("emby.servers[0].lines", "http://10.0.0.2:8096,https://b.example.com/emby"),
            Map.entry("emby.servers[0].proxy", "http://proxy.example.com:3128"),
            Map.entry("emby.servers[0].certificate-file", "src/test/resources/org/embygateway/config/authority.pem"),
            Map.entry("emby.version", "4.9.1.0"),
            Map.entry("emby.health-interval", "10s"),
            Map.entry("emby.discovery", "false"),
            Map.entry("playback.streams-per-user", "3"),
            Map.entry("playback.stall-timeout", "9s"),
            Map.entry("playback.idle-timeout", "1m"),
            Map.entry("admin.username", "root"),
            Map.entry("admin.password", "hunter2"),
            Map.entry("cache.enabled", "false"),
            Map.entry("cache.ttl", "1m"),
            Map.entry("cache.image-dir", "/images"),
            Map.entry("cache.image-max-size", "5MiB"),
            Map.entry("log.level", "warn"),
            Map.entry("log.format", "json"),
            Map.entry("security.encryption-key", "hunter2"),
            Map.entry("security.key-file", "/keys/k"),
            Map.entry("security.login-attempts", "9"),
            Map.entry("security.login-window", "1h"));

    /** What some keys need beside them to be valid. */
    private static final Map<String, Map<String, String>> BESIDE = Map.of(
            "server.tls.certificate", Map.of("GATEWAY_SERVER_TLS_KEY", "{certificates}/key.pem"),
            "server.tls.key", Map.of("GATEWAY_SERVER_TLS_CERTIFICATE", "{certificates}/chain.pem"),
            "server.tls.only",
                    Map.of(
                            "GATEWAY_SERVER_TLS_CERTIFICATE", "{certificates}/chain.pem",
                            "GATEWAY_SERVER_TLS_KEY", "{certificates}/key.pem"),
            "database.type", Map.of("DB_HOST", "h", "DB_USER", "u"),
            "admin.username", Map.of("GATEWAY_ADMIN_PASSWORD", "p"),
            "admin.password", Map.of("GATEWAY_ADMIN_USERNAME", "u"));

    private static final Map<String, String> ONE_SERVER = Map.of(
            "GATEWAY_EMBY_SERVERS_0_NAME", "A",
            "GATEWAY_EMBY_SERVERS_0_URL", "http://a.example.com",
            "GATEWAY_EMBY_SERVERS_0_USERNAME", "u",
            "GATEWAY_EMBY_SERVERS_0_PASSWORD", "p");

    static Stream<String> keys() {
        return keysOf(Config.class, "").stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyHasAVariableThatReachesItsComponent(String key) throws ReflectiveOperationException {
        Map<String, String> environment = environmentWith(key);

        Object before = component(Loading.config(Loading.environment(ONE_SERVER)), key);
        Object after = component(Loading.config(Loading.environment(environment)), key);

        assertThat(after).isNotEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyOfTheFileReachesTheSameComponent(String key) throws ReflectiveOperationException {
        Map<String, String> environment = environmentWith(key);
        Flag flag = new Flag("--any", key, environment.get(Variables.of(key)));
        Loaded byFlag = ConfigLoader.load(Optional.empty(), without(environment, key), List.of(flag));

        assertThat(component(Loading.config(byFlag), key))
                .isEqualTo(component(Loading.config(Loading.environment(environment)), key));
    }

    private static Map<String, String> environmentWith(String key) {
        Map<String, String> environment = new HashMap<>(ONE_SERVER);
        environment.putAll(BESIDE.getOrDefault(key, Map.of()));
        environment.put(Variables.of(key), OTHER.get(key));
        environment.replaceAll((name, value) -> value.replace("{certificates}", certificates.toString()));
        return environment;
    }

    @Test
    void theVariablesOfTheDatabaseAreTheDocumentedOnes() {
        assertThat(Stream.of("type", "host", "port", "name", "user", "password", "path")
                        .map(key -> Variables.of("database." + key)))
                .containsExactly("DB_TYPE", "DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "DB_PATH");
        assertThat(Variables.of("emby.servers[0].requests-per-second"))
                .isEqualTo("GATEWAY_EMBY_SERVERS_0_REQUESTS_PER_SECOND");
    }

    @Test
    void theSampleIsValidAsItIs() {
        Loaded loaded = ConfigLoader.load(Optional.of(SAMPLE), Map.of(), List.of());

        assertThat(Loading.config(loaded)).isEqualTo(Loading.config(Loading.environment(Map.of())));
        assertThat(Loading.warnings(loaded)).isEmpty();
    }

    @Test
    void theSampleHasEveryKeyAndIsValidWithAllOfThem(@TempDir Path folder) throws IOException {
        String everything = Files.readAllLines(SAMPLE).stream()
                .map(line -> line.replaceFirst("^( *)#(?! |$)", "$1"))
                .map(line -> line.replaceFirst(
                        "(certificate-file:).*", "$1 src/test/resources/org/embygateway/config/authority.pem"))
                .map(line -> line.replaceFirst("( certificate:).*", "$1 " + certificates.resolve("chain.pem"))
                        .replaceFirst("( key:).*", "$1 " + certificates.resolve("key.pem")))
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("config.yaml"), everything);

        Loading.config(ConfigLoader.load(Optional.of(file), Map.of(), List.of()));
        List<String> there = keysIn(new YamlFile(file, new ArrayList<>()).read(), "");
        assertThat(there).containsAll(keys().toList());
    }

    @Test
    void theReadmeNamesEveryKeyAndItsVariable() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));

        assertThat(keys())
                .allSatisfy(key -> assertThat(readme).contains("| `%s` | `%s`".formatted(key, Variables.of(key))));
    }

    @Test
    void theReadmeShowsTheJourneyOfTheDemo() throws IOException {
        String journey = Files.readString(Path.of("../scripts/lib/journey.sh"));

        assertThat(Files.readString(Path.of("../README.md")))
                .contains(journey.substring(journey.indexOf("# Sign in")).strip());
    }

    @Test
    void readingAsksForExactlyTheComponents() {
        assertThat(ConfigLoader.knownKeys())
                .containsAll(keys().map(key -> key.replace("[0]", "[]")).toList());
        assertThat(OTHER.keySet()).containsExactlyInAnyOrderElementsOf(keys().toList());
    }

    private static List<String> keysOf(Class<?> type, String path) {
        return Stream.of(type.getRecordComponents())
                .flatMap(component -> {
                    String key = path
                            + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
                    if (component.getType().isRecord() && component.getType().getPackage() == type.getPackage()) {
                        return keysOf(component.getType(), key + ".").stream();
                    }
                    return key.equals("emby.servers") ? keysOf(EmbyServer.class, SERVER).stream() : Stream.of(key);
                })
                .toList();
    }

    private static List<String> keysIn(Given given, String path) {
        List<String> keys = new ArrayList<>();
        switch (given) {
            case Given.Scalar scalar -> keys.add(path);
            case Given.Section(var where, var entries) ->
                entries.forEach((name, value) -> keys.addAll(keysIn(value, path.isEmpty() ? name : path + "." + name)));
            case Given.Listing(var where, var elements) -> {
                keys.add(path);
                for (int i = 0; i < elements.size(); i++) {
                    keys.addAll(keysIn(elements.get(i), path + "[" + i + "]"));
                }
            }
        }
        return keys;
    }

    private static Object component(Config config, String key) throws ReflectiveOperationException {
        if (key.startsWith(SERVER)) {
            return get(config.emby().servers().getFirst(), key.substring(SERVER.length()));
        }
        Object owner = config;
        for (String name : key.split("\\.")) {
            owner = get(owner, name);
        }
        return owner;
    }

    private static Object get(Object owner, String name) throws ReflectiveOperationException {
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            if (component.getName().equalsIgnoreCase(name.replace("-", ""))) {
                return component.getAccessor().invoke(owner);
            }
        }
        throw new AssertionError(name);
    }

    private static Map<String, String> without(Map<String, String> environment, String key) {
        Map<String, String> rest = new HashMap<>(environment);
        rest.remove(Variables.of(key));
        return rest;
    }
}
