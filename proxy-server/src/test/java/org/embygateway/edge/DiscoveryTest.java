package org.embygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.embygateway.protocol.EmbyJson;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final String ID = "3f0c6f1f5d0b4f6c9a1d0e7b5a2c4d10";

    private static Discovery discovery(Optional<String> publicUrl) {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Discovery(new DiscoveryOptions(bind, ID, "Wohnzimmer ä", publicUrl, 8096, false));
    }

    private static String ask(DatagramSocket client, InetSocketAddress server, String text, Charset encoding)
            throws Exception {
        client.setSoTimeout(5_000);
        byte[] question = text.getBytes(encoding);
        client.send(new DatagramPacket(question, question.length, server));
        DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
        client.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), encoding);
    }

    @Test
    void anAppOnTheNetworkFindsTheGateway() throws Exception {
        Discovery discovery = discovery(Optional.empty());
        InetSocketAddress server = discovery.start();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (String question : new String[] {"who is EmbyServer?", "WHO IS embyserver?|emby"}) {
                var answer = EmbyJson.read(
                        ask(client, server, question, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
                assertThat(answer.get("Address").asText()).isEqualTo("http://127.0.0.1:8096");
                assertThat(answer.get("Id").asText()).isEqualTo(ID);
                assertThat(answer.get("Name").asText()).isEqualTo("Wohnzimmer ä");
                assertThat(answer).hasSize(3);
            }
        } finally {
            discovery.close();
        }
    }

    @Test
    void theAnswerIsInTheEncodingOfTheQuestionAndNamesTheConfiguredAddress() throws Exception {
        Discovery discovery = discovery(Optional.of("https://tv.example.org"));
        InetSocketAddress server = discovery.start();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThat(ask(client, server, "who is EmbyServer?", StandardCharsets.UTF_16LE))
                    .contains("\"Address\":\"https://tv.example.org\"");
        } finally {
            discovery.close();
        }
    }

    @Test
    void withoutPlainHttpTheAddressIsTheOneOfHttps() throws Exception {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Discovery discovery = new Discovery(new DiscoveryOptions(bind, ID, "Home", Optional.empty(), 8920, true));
        InetSocketAddress server = discovery.start();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThat(ask(client, server, "who is EmbyServer?", StandardCharsets.UTF_8))
                    .contains("\"Address\":\"https://127.0.0.1:8920\"");
        } finally {
            discovery.close();
        }
    }

    @Test
    void otherQuestionsAndTooManyAreNotAnswered() throws Exception {
        Discovery discovery = discovery(Optional.empty());
        InetSocketAddress server = discovery.start();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] other = "who is JellyfinServer?".getBytes(StandardCharsets.UTF_8);
            client.send(new DatagramPacket(other, other.length, server));
            for (int i = 0; i < 10; i++) {
                assertThat(ask(client, server, "who is EmbyServer?", StandardCharsets.UTF_8))
                        .contains(ID);
            }
            byte[] more = "who is EmbyServer?".getBytes(StandardCharsets.UTF_8);
            client.send(new DatagramPacket(more, more.length, server));
            client.setSoTimeout(300);
            assertThatThrownBy(() -> client.receive(new DatagramPacket(new byte[2048], 2048)))
                    .isInstanceOf(SocketTimeoutException.class);
        } finally {
            discovery.close();
        }
    }

    @Test
    void onlyLocalAskersAreAnswered() throws Exception {
        for (String address :
                new String[] {"127.0.0.1", "10.1.2.3", "192.168.4.5", "172.20.0.1", "fe80::1", "fd00::1", "::1"}) {
            assertThat(Discovery.isLocal(InetAddress.getByName(address)))
                    .as(address)
                    .isTrue();
        }
        for (String address : new String[] {"8.8.8.8", "172.32.0.1", "192.169.0.1", "2001:db8::1"}) {
            assertThat(Discovery.isLocal(InetAddress.getByName(address)))
                    .as(address)
                    .isFalse();
        }
    }

    @Test
    void anAskerMayAskAgainAfterAWhile() throws Exception {
        AtomicLong now = new AtomicLong();
        AskLimit limit = new AskLimit(now::get);
        InetAddress asker = InetAddress.getByName("10.0.0.1");
        for (int i = 0; i < 10; i++) {
            assertThat(limit.allows(asker)).isTrue();
        }
        assertThat(limit.allows(asker)).isFalse();
        assertThat(limit.allows(InetAddress.getByName("10.0.0.2"))).isTrue();
        now.set(10_000_000_000L);
        assertThat(limit.allows(asker)).isTrue();
    }
}
