package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.junit.jupiter.api.Test;

class ActiveStreamsTest {
    private static final UpstreamId UPSTREAM = new UpstreamId(1);
    private static final RelayEnd LEFT = new RelayEnd(0, false, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final ActiveStreams streams = new ActiveStreams(Clock.systemUTC());

    @Test
    void aStreamIsOpenFromItsSourceToItsEnd() {
        MediaRelay noticed = noticed(failure -> Optional.of(source()));

        noticed.next(Optional.empty());
        assertThat(streams.open()).isEqualTo(1);
        noticed.finished(LEFT);

        assertThat(streams.open()).isZero();
        assertThat(streams.isStreaming(UPSTREAM)).isTrue();
    }

    @Test
    void aClientThatLeavesWhileASourceIsLookedForLeavesNoStreamOpen() {
        AtomicReference<MediaRelay> itself = new AtomicReference<>();
        MediaRelay noticed = noticed(failure -> {
            itself.get().finished(LEFT);
            return Optional.of(source());
        });
        itself.set(noticed);

        noticed.next(Optional.empty());

        assertThat(streams.open()).isZero();
    }

    private MediaRelay noticed(MediaRelay media) {
        return ((Reply.Relay) streams.noticed(new Reply.Relay(media))).media();
    }

    private static RelaySource source() {
        return new RelaySource(UPSTREAM, URI.create("http://localhost/"), Headers.NONE, Duration.ofSeconds(1));
    }
}
