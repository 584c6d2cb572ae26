package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;
import org.junit.jupiter.api.Test;

class NoticedCallsTest {
    private static final UpstreamId HOME = new UpstreamId(1);
    private static final UpstreamId OTHER = new UpstreamId(2);
    private static final UpstreamRequest REQUEST = UpstreamRequest.get("/Items/7", Map.of(), Duration.ofSeconds(1));

    private Instant now = Instant.EPOCH.plus(Duration.ofDays(1));
    private boolean readDuringCall;
    private final NoticedCalls calls = new NoticedCalls(new Answering(), new Hands());

    @Test
    void anUpstreamIsReadWhileACallIsOnItsWayAndAMomentLonger() {
        assertThat(calls.isReading(HOME)).isFalse();
        calls.json(HOME, Actor.GATEWAY, REQUEST);

        assertThat(readDuringCall).isTrue();
        assertThat(calls.isReading(HOME)).isTrue();
        assertThat(calls.isReading(OTHER)).isFalse();
        now = now.plus(Duration.ofSeconds(2));
        assertThat(calls.isReading(HOME)).isFalse();
    }

    private final class Hands extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final class Answering implements UpstreamCalls {
        @Override
        public UpstreamResponse send(UpstreamId upstream, Actor actor, UpstreamRequest request) {
            return new UpstreamResponse(200, Headers.NONE, new byte[0], URI.create("http://a.invalid"));
        }

        @Override
        public byte[] body(UpstreamId upstream, Actor actor, UpstreamRequest request) {
            readDuringCall = calls.isReading(upstream);
            return EmbyJson.write(EmbyJson.object());
        }

        @Override
        public RelaySource media(
                UpstreamId upstream, Actor actor, String path, Map<String, String> query, Headers headers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refused(RelaySource source, Actor actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String userOn(UpstreamId upstream, Actor actor) {
            return "u";
        }

        @Override
        public String deviceOn(UpstreamId upstream, Actor actor) {
            return "d";
        }
    }
}
