package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.junit.jupiter.api.Test;

class UserStateTest {
    private static final int FILMS = 3000;
    private static final int ROUNDS = 60;
    private static final Sort BY_DATE = Sort.by(SortKey.DATE_PLAYED);

    private static UserData played(long second) {
        Instant at = Instant.ofEpochSecond(second);
        return new UserData(true, 0, 1, false, Optional.of(at), OptionalDouble.empty(), false, at);
    }

    private static Map<ItemId, UserData> all(int second) {
        Map<ItemId, UserData> all = new HashMap<>();
        IntStream.rangeClosed(1, FILMS).forEach(id -> all.put(new ItemId(id), played(second)));
        return all;
    }

    @Test
    void whatIsStillStaysAsItWas() {
        UserState state = new UserState(all(5));
        UserState still = state.still();

        state.change(Map.of(new ItemId(7), played(9), new ItemId(FILMS + 1), played(9)));

        assertThat(still.lastPlayed(7)).isEqualTo(5_000);
        assertThat(still.known().contains(FILMS + 1)).isFalse();
        assertThat(state.lastPlayed(7)).isEqualTo(9_000);
        assertThat(state.still().lastPlayed(7)).isEqualTo(9_000);
        assertThat(state.still()).isSameAs(state.still());
        assertThat(state.still().version()).isSameAs(state.version());
    }

    @Test
    void whatIsPlayedWhileAnOrderIsMadeDoesNotBreakIt() throws InterruptedException {
        Fixture fixture = new Fixture();
        fixture.view(FILMS + 10, "Movies", "movies", 1);
        IntStream.rangeClosed(1, FILMS)
                .forEach(id -> fixture.item(id, ItemKind.MOVIE, "Film " + id)
                        .views(FILMS + 10)
                        .on(1, Fixture.library(FILMS + 10), "{}")
                        .add());
        fixture.load();
        Lens lens = fixture.catalogue.visitor(Fixture.caller(1)).lens();
        UserState state = new UserState(all(1));
        AtomicBoolean over = new AtomicBoolean();
        Thread player = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                int film = ThreadLocalRandom.current().nextInt(1, FILMS + 1);
                state.change(Map.of(
                        new ItemId(film), played(ThreadLocalRandom.current().nextLong(1_000_000))));
            }
        });
        try {
            for (int i = 0; i < ROUNDS; i++) {
                assertThatCode(() -> lens.orders().slice(lens.visible(), state, 0, BY_DATE, 0, 100))
                        .doesNotThrowAnyException();
            }
        } finally {
            over.set(true);
            player.join();
        }
    }
}
