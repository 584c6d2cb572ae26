package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.embygateway.route.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPositionTest {
    private static final Headers FORWARDED = Headers.of(
            "Host",
            "gw:8080",
            "X-Forwarded-For",
            "203.0.113.9, 198.51.100.7, 10.0.0.3",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "tv.example.org");

    private static ClientPosition.Finder finder(String... trusted) {
        return new ClientPosition.Finder(
                List.of(trusted).stream().map(Subnet::parse).toList(),
                Optional.empty(),
                "",
                "localhost:8080",
                "localhost:8920");
    }

    @Test
    void strangersCannotPutOnAnAddress() {
        assertThat(finder().find("192.0.2.1", false, FORWARDED))
                .isEqualTo(new ClientPosition("192.0.2.1", "http://gw:8080"));
    }

    @Test
    void aTrustedProxyTellsTheLastUntrustedHop() {
        assertThat(finder("10.0.0.0/8").find("10.0.0.2", false, FORWARDED))
                .isEqualTo(new ClientPosition("198.51.100.7", "https://tv.example.org"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil\"><script>", "[::::::]", "[1.2.3.4]:80", "a:b", "a@b", ""})
    void aHostileHostIsNotRepeated(String host) {
        assertThat(finder().find("192.0.2.1", false, Headers.of("Host", host)).baseUrl())
                .isEqualTo("http://localhost:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"media_box:8096", "[fd00::1]:8096", "192.168.1.4", "tv.example.org"})
    void aUsualHostIs(String host) {
        assertThat(finder().find("192.0.2.1", false, Headers.of("Host", host)).baseUrl())
                .isEqualTo("http://" + host);
    }

    @Test
    void anEncryptedConnectionIsHttps() {
        assertThat(finder().find("192.0.2.1", true, FORWARDED).baseUrl()).isEqualTo("https://gw:8080");
        assertThat(finder().find("192.0.2.1", true, Headers.of("Host", "")).baseUrl())
                .isEqualTo("https://localhost:8920");
        assertThat(finder("192.0.2.1")
                        .find("192.0.2.1", true, Headers.of("Host", "gw", "X-Forwarded-Proto", "http"))
                        .baseUrl())
                .as("a proxy that encrypts on its other side alone")
                .isEqualTo("http://gw");
    }

    @Test
    void theConfiguredAddressWins() {
        var finder = new ClientPosition.Finder(
                List.of(),
                Optional.of(URI.create("https://media.example.org/")),
                "",
                "localhost:8080",
                "localhost:8920");

        assertThat(finder.find("192.0.2.1", false, FORWARDED).baseUrl()).isEqualTo("https://media.example.org");
    }

    @Test
    void subnetsOfBothFamiliesAreKeptApart() {
        assertThat(Subnet.parse("fd00::/8").contains("fd12::1")).isTrue();
        assertThat(Subnet.parse("fd00::/8").contains("10.0.0.1")).isFalse();
        assertThat(Subnet.parse("192.168.4.0/22").contains("192.168.7.255")).isTrue();
        assertThat(Subnet.parse("192.168.4.0/22").contains("192.168.8.0")).isFalse();
        assertThat(Subnet.parse("10.0.0.1").contains("not an address")).isFalse();
    }
}
