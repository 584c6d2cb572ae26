package org.embygateway.upstream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.embygateway.index.Passage;
import org.embygateway.route.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 999999999999999999999999999999", "Content-Length: -5", "Content-Length: x"})
    void anAnswerWhoseHeadCannotBeReadIsAFaultOfTheServer(String field) throws IOException {
        try (ServerSocket odd = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Transport transport = new Transport("test")) {
            Thread.ofVirtual().start(() -> answer(odd, "HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n{}"));
            URI uri = URI.create("http://localhost:" + odd.getLocalPort() + "/");
            Outgoing get = new Outgoing("GET", uri, Headers.NONE, Headers.NONE, Optional.empty(), Passage.DIRECT);

            assertThatThrownBy(() -> transport.exchange(get, Duration.ofSeconds(20)))
                    .isInstanceOf(TransportFailed.class);
        }
    }

    private static void answer(ServerSocket listener, String text) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.getInputStream().read(new byte[8 << 10]);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                socket.getInputStream().read();
            } catch (IOException e) {
                // The test is over, or the caller has left.
            }
        }
    }
}
