package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.embygateway.app.Gateway;
import org.embygateway.config.Config;
import org.embygateway.config.ConfigLoader;
import org.embygateway.config.Loaded;
import org.embygateway.protocol.check.IsolationScan;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.embygateway.route.RouteTable;
import org.embygateway.tls.CertificateFiles;

/**
 * The real gateway in this process, in front of simulated servers, on a database of its own. Everything it answers is
 * kept; {@link #close} fails when an answer gave an upstream away.
 */
final class GatewayUnderTest implements AutoCloseable {
    static final String ADMIN = "root";
    static final String PASSWORD = "correct horse";

    private final Path data;
    private final List<SimulatedEmby> upstreams;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Answer> transcript = new CopyOnWriteArrayList<>();
    private final List<String> socketMessages = new CopyOnWriteArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private Optional<HttpClient> encrypted = Optional.empty();
    private Gateway gateway;
    private String base;
    private int plainPort;

    private GatewayUnderTest(Path data, List<SimulatedEmby> upstreams) {
        this.data = data;
        this.upstreams = upstreams;
        set("GATEWAY_SERVER_HOST", "127.0.0.1");
        set("GATEWAY_SERVER_PORT", "0");
        set("GATEWAY_SERVER_DATA_DIR", data.toString());
        set("GATEWAY_SERVER_DRAIN_TIMEOUT", "1s");
        set("GATEWAY_EMBY_DISCOVERY", "false");
        set("GATEWAY_ADMIN_USERNAME", ADMIN);
        set("GATEWAY_ADMIN_PASSWORD", PASSWORD);
    }

    /** Not started yet; each server is configured with its account {@code viewer}/{@code secret-of-NAME}. */
    static GatewayUnderTest over(Path data, SimulatedEmby... upstreams) {
        GatewayUnderTest test = new GatewayUnderTest(data, List.of(upstreams));
        for (int i = 0; i < upstreams.length; i++) {
            String key = "GATEWAY_EMBY_SERVERS_" + i + "_";
            test.set(key + "NAME", upstreams[i].name());
            test.set(key + "URL", upstreams[i].url());
            test.set(key + "USERNAME", account(upstreams[i]));
            test.set(key + "PASSWORD", password(upstreams[i]));
            test.set(key + "REQUESTS_PER_SECOND", "1000");
        }
        return test;
    }

    static String account(SimulatedEmby upstream) {
        return "viewer";
    }

    static String password(SimulatedEmby upstream) {
        return "secret-of-" + upstream.name();
    }

    /** A variable of the environment, before {@link #start}. */
    GatewayUnderTest set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Somebody who may sign in from the next {@link #start} on; of some servers alone when any are named. */
    GatewayUnderTest person(String name, String password, SimulatedEmby... servers) {
        people.add(new Person(name, password, servers));
        return this;
    }

    /** HTTPS beside plain HTTP; clients speak it, in this version of HTTP. Before {@link #start}. */
    GatewayUnderTest encrypted(HttpClient.Version version) {
        CertificateFiles files = Encrypted.AUTHORITY.issue().in(data);
        encrypted = Optional.of(Encrypted.client(version));
        set("GATEWAY_SERVER_TLS_CERTIFICATE", files.certificate().toString());
        set("GATEWAY_SERVER_TLS_KEY", files.key().orElseThrow().toString());
        return set("GATEWAY_SERVER_TLS_PORT", "0");
    }

    /** What a gateway of the same configuration in another process needs. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    GatewayUnderTest start() {
        Loaded loaded = ConfigLoader.load(Optional.empty(), environment, List.of());
        if (!(loaded instanceof Loaded.Ready(Config config, var warnings))) {
            throw new AssertionError("configuration: " + loaded);
        }
        try {
            Person.addAll(people, config);
            people.clear();
            gateway = Gateway.open(config);
            InetSocketAddress bound = gateway.start();
            base = gateway.secureAddress()
                    .map(secure -> "https://127.0.0.1:" + secure.getPort())
                    .orElse("http://127.0.0.1:" + bound.getPort());
            plainPort = bound.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Stops in order and starts again on the same database; clients have to be made anew. */
    GatewayUnderTest restart() {
        gateway.close();
        return start();
    }

    /** Waits until every configured server is in the index as a whole. */
    GatewayUnderTest indexed() {
        TestClient admin = admin();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    JsonNode items = admin.get("/admin/sync").ok().path("items");
                    assertThat(items).hasSize(upstreams.size());
                    assertThat(StreamSupport.stream(items.spliterator(), false))
                            .allMatch(item -> item.path("fullyIndexed").asBoolean());
                });
        return this;
    }

    /** The protocol that the gateway under test speaks. */
    RouteTable table() {
        return gateway.table();
    }

    String base() {
        return base;
    }

    /** Where plain HTTP is spoken, whatever clients speak. */
    int plainPort() {
        return plainPort;
    }

    Path data() {
        return data;
    }

    /** A device on which nobody is signed in. */
    TestClient client() {
        return encrypted
                .map(http -> TestClient.of(http, base, transcript::add))
                .orElseGet(() -> TestClient.of(base, transcript::add));
    }

    /** A device of the administrator, who sees every server. */
    TestClient admin() {
        return client().signedIn(ADMIN, PASSWORD);
    }

    /** A client of before a {@link #restart}, with the sign-in it had. */
    TestClient again(TestClient client) {
        return client.movedTo(base);
    }

    /** Opens the client's web socket; what it hears is searched too when this closes. */
    TestSocket socket(TestClient client) {
        return TestSocket.open(client, this::heard);
    }

    /** Keeps a message of a web socket for the scan. */
    void heard(String message) {
        socketMessages.add(message);
    }

    List<Answer> transcript() {
        return List.copyOf(transcript);
    }

    /** What gave an upstream away so far; the administration of servers may name them. */
    List<String> leaks() {
        IsolationScan scan = IsolationScan.of(upstreams.toArray(SimulatedEmby[]::new));
        transcript.stream()
                .filter(answer -> !answer.url().contains("/admin/"))
                .forEach(answer -> scan.scan(
                        answer.method() + " " + answer.url().replaceAll("\\?.*", ""), answer.headers(), answer.body()));
        socketMessages.forEach(message -> scan.scanText("web socket", message));
        return scan.findings();
    }

    @Override
    public void close() {
        try {
            assertThat(leaks()).as("what gives upstreams away").isEmpty();
        } finally {
            gateway.close();
            encrypted.ifPresent(HttpClient::shutdownNow);
        }
    }
}
