package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.embygateway.index.Settings;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;
import org.junit.jupiter.api.Test;

class PlaySessionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final World world = new World(1);
    private final PlaySessions sessions = world.playing.sessions();

    private static Target target(int upstream) {
        return new Target(new UpstreamId(upstream), new ItemId(5), Optional.empty(), "9", "9", "", 0, 0);
    }

    private Caller bob() {
        Caller alice = world.alice;
        return new Caller(
                new UserId("b0bb0bb0bb0bb0bb0bb0bb0bb0bb0bb0"),
                "bob",
                false,
                "b0b00000b0b00000b0b00000b0b00000",
                alice.client(),
                alice.token(),
                alice.visible());
    }

    @Test
    void oneIdOfTheClientsMakingMeansDifferentSessionsForDifferentUsers() {
        PlaySession alices = sessions.findOrStart(world.alice, "1715006733496", new ItemId(5));
        PlaySession bobs = sessions.findOrStart(bob(), "1715006733496", new ItemId(6));

        assertThat(alices.id()).isNotEqualTo(bobs.id());
        assertThat(sessions.findOrStart(world.alice, "1715006733496", new ItemId(5))
                        .id())
                .isEqualTo(alices.id());
    }

    @Test
    void anothersSessionIsNotFound() {
        PlaySession alices = sessions.open(world.alice, new ItemId(5));
        Binding binding = sessions.bind(alices, target(1), Optional.of("up"));

        assertThat(sessions.find(bob(), alices.id())).isEmpty();
        assertThat(sessions.find(bob(), binding.alias())).isEmpty();
        assertThat(sessions.find(world.alice, binding.alias()).orElseThrow().binding())
                .hasValue(binding);
    }

    @Test
    void theIdOfAClientNamedSessionCannotBeUsedAsAPass() {
        PlaySession session = sessions.findOrStart(world.alice, "mine", new ItemId(5));

        assertThat(sessions.callerOf(session.id())).isEmpty();
        assertThat(sessions.callerOf(session.id().replace("-own", ""))).isEmpty();
    }

    @Test
    void aBindingKeepsItsAliasWhenTheUpstreamsSessionChanges() {
        PlaySession session = sessions.open(world.alice, new ItemId(5));
        Binding before = sessions.bind(session, target(1), Optional.empty());
        Binding after = sessions.bind(session, target(1), Optional.of("other"));

        assertThat(before.upstreamSession()).matches("[0-9a-f]{32}");
        assertThat(after.alias()).isEqualTo(before.alias());
        assertThat(after.upstreamSession()).isEqualTo("other");
        assertThat(sessions.bind(session, target(1), Optional.empty())).isEqualTo(after);
    }

    @Test
    void playingGoesOnWhileNothingCanBeStoredAndIsStoredWithTheNextUse() {
        PlaySession session = sessions.open(world.alice, new ItemId(5));
        Binding binding = sessions.bind(session, target(1), Optional.empty());
        world.store.full = true;
        sessions.used(session, binding);
        assertThat(sessions.lastUsed(world.alice, new ItemId(5))).hasValue(new UpstreamId(1));

        world.store.full = false;
        sessions.used(session, binding);
        assertThat(world.store.texts).containsKeys(session.id(), binding.alias());
    }

    @Test
    void whatIsStoredIsBoundedAndForgottenInTime() {
        MapSettings settings = new MapSettings();
        SlottedPlaySessions store = new SlottedPlaySessions(settings, Clock.fixed(NOW, ZoneOffset.UTC));
        for (int i = 0; i < 1000; i++) {
            store.put("ab" + Hex32.random().substring(2), "text " + i, NOW.plusSeconds(100 + i));
        }
        store.put("ab000000000000000000000000000000", "mine", NOW.plusSeconds(5000));

        assertThat(store.find("ab000000000000000000000000000000")).hasValue("mine");
        assertThat(settings.values).hasSize(1);
        assertThat(settings.values.values().iterator().next().length()).isLessThan(20_000);
        SlottedPlaySessions later =
                new SlottedPlaySessions(settings, Clock.fixed(NOW.plus(Duration.ofHours(2)), ZoneOffset.UTC));
        assertThat(later.find("ab000000000000000000000000000000")).isEmpty();
    }

    private static final class MapSettings implements Settings {
        final Map<String, String> values = new HashMap<>();

        @Override
        public Optional<String> find(String name) {
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public void put(String name, String value) {
            values.put(name, value);
        }

        @Override
        public String findOrCreate(String name, Supplier<String> first) {
            return values.computeIfAbsent(name, n -> first.get());
        }
    }
}
