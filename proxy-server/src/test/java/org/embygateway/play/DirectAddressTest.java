package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.Passage;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.junit.jupiter.api.Test;

class DirectAddressTest {
    private static final Headers TOKEN = Headers.of("X-Emby-Token", "se cret");

    private static RelaySource at(String address, Headers headers) {
        return new RelaySource(new UpstreamId(1), URI.create(address), headers, Duration.ofSeconds(1));
    }

    private static Optional<String> of(String address, Passage passage, boolean encrypted) {
        return DirectAddress.of(at(address, TOKEN), passage, encrypted);
    }

    @Test
    void theTokenGoesIntoTheQuery() {
        assertThat(of("http://one.lan/v?a=b", Passage.DIRECT, false))
                .hasValue("http://one.lan/v?a=b&api_key=se%20cret");
        assertThat(of("https://one.lan/v", Passage.DIRECT, true)).hasValue("https://one.lan/v?api_key=se%20cret");
        Headers jellyfin = Headers.of("Authorization", "MediaBrowser Client=\"x\", Token=\"abc\"");
        assertThat(DirectAddress.of(at("http://one.lan/v", jellyfin), Passage.DIRECT, false))
                .hasValue("http://one.lan/v?api_key=abc");
        assertThat(DirectAddress.of(at("http://one.lan/v?ApiKey=abc", jellyfin), Passage.DIRECT, false))
                .hasValue("http://one.lan/v?ApiKey=abc");
    }

    @Test
    void anEncryptedClientIsNotSentToAPlainServer() {
        assertThat(of("http://one.lan/v", Passage.DIRECT, true)).isEmpty();
    }

    @Test
    void nobodyIsSentWhereOnlyTheGatewayGetsTo() {
        Passage proxied = new Passage(List.of(), Optional.of(URI.create("http://proxy.lan:3128")), "");
        Passage vouched = new Passage(List.of(), Optional.empty(), "-----BEGIN CERTIFICATE-----");
        Passage lined = new Passage(List.of(URI.create("http://10.0.0.2:8096/emby")), Optional.empty(), "");
        assertThat(of("http://one.lan/v", proxied, false)).isEmpty();
        assertThat(of("https://one.lan/v", vouched, false)).isEmpty();
        assertThat(of("http://10.0.0.2:8096/v", lined, false)).isEmpty();
        assertThat(of("http://one.lan/v", lined, false)).isPresent();
    }

    @Test
    void nobodyIsSentWithoutACredential() {
        assertThat(DirectAddress.of(at("http://one.lan/v", Headers.NONE), Passage.DIRECT, false))
                .isEmpty();
    }
}
