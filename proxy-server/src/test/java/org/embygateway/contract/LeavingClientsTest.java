package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.SocketFactory;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 47: a client that leaves frees the server at once. */
@Timeout(180)
@ParameterizedClass
@EnumSource(value = Way.class, names = "ENCRYPTED_HTTP_2", mode = EnumSource.Mode.EXCLUDE)
class LeavingClientsTest {
    private static final long LARGE = 8L << 30;
    private static final int ABORTED = 1_000;

    @TempDir
    Path data;

    @Parameter
    Way way;

    private final SimulatedEmby server = Servers.named("left").start();
    private GatewayUnderTest gateway;
    private Player player;
    private String film;
    private String original;

    @BeforeEach
    void start() {
        Servers.heat(server, 0, "1080p", LARGE);
        gateway = way.to(GatewayUnderTest.over(data, server)).start().indexed();
        player = new Player(gateway.admin());
        film = player.client()
                .items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie")
                .getFirst()
                .path("Id")
                .asText();
        original = player.url(Player.sources(player.negotiate(film, Player.DIRECT))
                .getFirst()
                .path("DirectStreamUrl")
                .asText());
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            server.close();
        }
    }

    @Test
    void scenario47TheUpstreamStopsSendingWithinASecondAfterTheClientLeft() throws IOException {
        try (Leaver leaver = Leaver.reading(original)) {
            assertThat(server.traffic().running()).isPositive();
            leaver.leave();
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> server.traffic().running() == 0);
        }
    }

    @Test
    void scenario47TheConversionIsStoppedWhenTheClientLeaves() throws IOException {
        JsonNode source =
                Player.sources(player.negotiate(film, Player.CONVERTED)).getFirst();
        String session = source.path("TranscodingUrl").asText().replaceAll(".*PlaySessionId=([^&]+).*", "$1");
        String converting = player.client().base() + "/emby/Videos/" + film + "/stream.ts?MediaSourceId="
                + source.path("Id").asText() + "&PlaySessionId=" + session + "&api_key="
                + player.client().token();
        try (Leaver leaver = Leaver.reading(converting)) {
            leaver.leave();
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> server.traffic().requests().stream()
                            .anyMatch(request -> request.route().contains("/Videos/ActiveEncodings")));
            assertThat(server.traffic().running()).isZero();
        }
    }

    @Test
    void scenario47AThousandAbortedStreamsLeaveNoConnection() throws Exception {
        Leaver.reading(original).close();
        await().until(() -> server.traffic().running() == 0);
        int before = server.traffic().openConnections();
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < ABORTED; i++) {
                all.add(() -> {
                    Leaver.reading(original).close();
                    return null;
                });
            }
            for (Future<Void> one : clients.invokeAll(all)) {
                one.get();
            }
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(server.traffic().running()).isZero());
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(server.traffic().openConnections()).isLessThanOrEqualTo(before));
    }

    /** A client that hangs up in the middle. */
    private record Leaver(Socket socket) implements AutoCloseable {
        static Leaver reading(String url) throws IOException {
            URI uri = URI.create(url);
            SocketFactory sockets =
                    uri.getScheme().equals("https") ? Encrypted.TRUST.getSocketFactory() : SocketFactory.getDefault();
            Socket socket = sockets.createSocket(uri.getHost(), uri.getPort());
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write("GET %s?%s HTTP/1.1\r\nHost: %s\r\n\r\n"
                    .formatted(uri.getRawPath(), uri.getRawQuery(), uri.getAuthority())
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 200");
            in.skipNBytes(20_000);
            return new Leaver(socket);
        }

        void leave() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
