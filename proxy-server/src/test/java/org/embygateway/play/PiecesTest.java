package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.Refused;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private static final String FILM = "/Videos/10/stream?Static=true";
    private static final String COPY = FILM + "&MediaSourceId=mediasource_11";

    private final World world = new World(1, 2);

    @BeforeEach
    void twoServersWithOneFilm() {
        world.upstreams.has(1, "http://one.lan:8096", request -> {
            throw new AssertionError(request);
        });
        world.upstreams.has(2, "http://two.lan:8096", request -> {
            throw new AssertionError(request);
        });
        world.index.has(
                10,
                ItemKind.MOVIE,
                "Heat",
                FakeIndex.copy(1, "1600", FakeIndex.source(11, "a", "1600", 1000)),
                FakeIndex.copy(2, "77", FakeIndex.source(12, "b", "78", 2000)));
    }

    private MediaRelay relay(Call call) {
        return ((Reply.Relay) world.playing.streams().open(call)).media();
    }

    private RelaySource piece(String url, String range) {
        return relay(world.get(url, "Range", range)).next(Optional.empty()).orElseThrow();
    }

    @Test
    void theNextPieceComesFromTheSamePlaceWithoutASearch() {
        RelaySource one = piece(COPY, "bytes=100-199");
        world.index.loses(10);
        RelaySource other = piece(COPY, "bytes=-100");

        assertThat(other.uri()).isEqualTo(one.uri());
        assertThat(one.headers().first("Range")).hasValue("bytes=100-199");
        assertThat(other.headers().first("Range")).hasValue("bytes=900-999");
        assertThat(other.headers().first("X-Emby-Token")).isPresent();
    }

    @Test
    void whatIsAskedOtherwiseIsLookedUp() {
        piece(COPY, "bytes=0-99");
        world.index.loses(10);

        for (String url :
                List.of(COPY + "&a=b", FILM, "/Videos/10/stream.mkv?Static=true&MediaSourceId=mediasource_11")) {
            assertThatThrownBy(() -> piece(url, "bytes=0-99")).isInstanceOf(Refused.class);
        }
    }

    @Test
    void aUserWhoSeesOtherServersIsLookedUp() {
        piece(COPY, "bytes=0-99");

        Call call = world.get(COPY, "Range", "bytes=0-99");
        assertThatThrownBy(() -> relay(by(seeing(2), call))).isInstanceOf(Refused.class);
    }

    @Test
    void aPlaceThatFailsIsFoundOutAnew() {
        RelaySource one = piece(FILM, "bytes=0-99");
        MediaRelay next = relay(world.get(FILM, "Range", "bytes=0-199"));
        RelaySource same = next.next(Optional.empty()).orElseThrow();
        RelaySource other =
                next.next(Optional.of(new RelayFailure(same, 0, "gone"))).orElseThrow();

        assertThat(same.uri()).isEqualTo(one.uri());
        assertThat(other.upstream()).isEqualTo(new UpstreamId(2));
        assertThat(other.headers().first("Range")).hasValue("bytes=0-199");
        assertThat(piece(FILM, "bytes=0-99").upstream()).isEqualTo(other.upstream());
    }

    @Test
    void aRefusedTokenIsRenewedForTheNextPieceToo() {
        piece(COPY, "bytes=0-99");
        MediaRelay next = relay(world.get(COPY, "Range", "bytes=100-199"));
        RelaySource refused = next.next(Optional.empty()).orElseThrow();
        RelaySource again =
                next.next(Optional.of(new RelayFailure(refused, 401, "401"))).orElseThrow();

        assertThat(world.upstreams.refused).containsExactly(refused);
        assertThat(again.upstream()).isEqualTo(refused.upstream());
        assertThat(next.next(Optional.of(new RelayFailure(again, 401, "401")))).isEmpty();
    }

    private Caller seeing(int upstream) {
        Caller alice = world.alice;
        return new Caller(
                alice.user(),
                alice.userName(),
                alice.admin(),
                alice.sessionId(),
                alice.client(),
                alice.token(),
                new Visible(Set.of(new UpstreamId(upstream))));
    }

    private static Call by(Caller caller, Call call) {
        return new Call(
                call.method(),
                call.path(),
                call.prefix(),
                call.pathParams(),
                call.query(),
                call.headers(),
                call.body(),
                call.remoteAddress(),
                call.baseUrl(),
                call.identity(),
                Optional.of(caller),
                call.requestId());
    }
}
