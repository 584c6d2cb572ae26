package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MergedItem;
import org.embygateway.index.Merges.Author;
import org.embygateway.index.Merges.CopyFacts;
import org.embygateway.index.Merges.Group;
import org.embygateway.index.Merges.Outcome;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;

/** What three servers hold comes in all orders, goes, returns and is ruled upon; what is merged follows from it alone. */
class SqliteMergePropertyTest {
    private static final int SERVERS = 3;
    private static final Author ROOT = new Author(UserId.random(), "root", Instant.EPOCH);

    private final List<Store> opened = new ArrayList<>();
    private Path folder = Path.of("");

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("merges");
    }

    @AfterTry
    void closeStores() throws IOException {
        opened.forEach(Store::close);
        opened.clear();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** An item that a server holds. */
    record Held(int server, UpstreamItem item) {
        @Override
        public String toString() {
            return "%d:%s %s %s".formatted(server, item.id(), item.kind(), item.providerIds());
        }
    }

    /** Few values of everything, so that copies agree and contradict each other all the time. */
    @Provide
    Arbitrary<List<Held>> libraries() {
        Arbitrary<String> id = Arbitraries.of("", "1", "2");
        Arbitrary<Sample> films = Combinators.combine(
                        Arbitraries.of("A", "The a", "B"),
                        Arbitraries.integers().between(2000, 2001),
                        id,
                        id)
                .as((name, year, tmdb, imdb) ->
                        withIds(Sample.movie("", name, year).minutes(100), tmdb, imdb));
        Arbitrary<Sample> shows = Combinators.combine(Arbitraries.of("S", "T"), id)
                .as((name, tvdb) -> withIds(Sample.series("", name, 2004), tvdb, ""));
        Arbitrary<Sample> episodes = Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(0, 2),
                        id)
                .as((series, number, more, tmdb) ->
                        withIds(Sample.episode("", "i" + series, "", 1, number).to(number + more / 2), tmdb, ""));
        Arbitrary<Sample> daily = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of("News", "Talk"),
                        Arbitraries.of("2024-01-01", "2024-01-02"))
                .as((series, name, day) -> Sample.item("", ItemKind.EPISODE, name)
                        .series("i" + series)
                        .premiere(day));
        return Arbitraries.frequencyOf(
                        Tuple.of(3, films), Tuple.of(2, shows), Tuple.of(3, episodes), Tuple.of(2, daily))
                .list()
                .ofMinSize(4)
                .ofMaxSize(14)
                .map(SqliteMergePropertyTest::held);
    }

    /** A series on each server, with or without an id, and below it episodes with ids, with titles, or with neither. */
    @Provide
    Arbitrary<List<Held>> shows() {
        Arbitrary<List<Sample>> show = Combinators.combine(
                        Arbitraries.of("S", "T"),
                        Arbitraries.of("", "1", "2"),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(2, 6))
                .as(SqliteMergePropertyTest::show);
        return show.list().ofSize(SERVERS).map(all -> {
            List<Held> held = new ArrayList<>();
            for (int server = 0; server < all.size(); server++) {
                for (Sample item : all.get(server)) {
                    held.add(new Held(server, item.build()));
                }
            }
            return held;
        });
    }

    private static List<Sample> show(String name, String tvdb, int told, int other, int episodes) {
        Sample series = Sample.series("s", name, 2004);
        List<Sample> all = new ArrayList<>(List.of(tvdb.isEmpty() ? series : series.id("tvdb", tvdb)));
        for (int n = 1; n <= episodes; n++) {
            Sample episode = Sample.episode("e" + n, "s", "", 1, n);
            switch (told) {
                case 1 -> episode.id("tvdb", Integer.toString(100 * other + n));
                case 2 -> episode.named("Title " + (char) ('a' + n + 10 * other));
                default -> {
                    // a number alone
                }
            }
            all.add(episode);
        }
        return all;
    }

    /** Two albums on each server, with or without ids, years and numbers of tracks, and songs in several places of them. */
    @Provide
    Arbitrary<List<Held>> music() {
        Arbitrary<String> id = Arbitraries.of("", "", "1", "2");
        Arbitrary<Sample> albums = Combinators.combine(
                        Arbitraries.of("Blue", "The Blue", "Red"),
                        Arbitraries.of("Joni", "Joni", "Various Artists", ""),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2),
                        id,
                        id)
                .as(SqliteMergePropertyTest::album);
        Arbitrary<Sample> songs = Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of("Carey", "Carey", "Case", "River"),
                        Arbitraries.integers().between(0, 4),
                        id)
                .as(SqliteMergePropertyTest::song);
        return Arbitraries.frequencyOf(Tuple.of(2, albums), Tuple.of(3, songs))
                .list()
                .ofMinSize(4)
                .ofMaxSize(16)
                .map(SqliteMergePropertyTest::held);
    }

    private static Sample album(String name, String artist, int year, int tracks, String release, String group) {
        Sample album = Sample.album("", name, artist);
        if (year > 0) {
            album.year(2000 + year);
        }
        if (tracks > 0) {
            album.tracks(10 + tracks);
        }
        if (!release.isEmpty()) {
            album.id("musicbrainzalbum", release);
        }
        return group.isEmpty() ? album : album.id("musicbrainzreleasegroup", group);
    }

    private static Sample song(int album, int number, String name, int time, String track) {
        Sample song = Sample.item("", ItemKind.AUDIO, name).series("i" + album).seconds(time == 0 ? 0 : 198 + 2 * time);
        if (number > 0) {
            song.index(number);
        }
        return track.isEmpty() ? song : song.id("musicbrainztrack", track);
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void musicMayComeInAnyOrder(@ForAll("music") List<Held> all, @ForAll Random random) {
        theOrderOfArrivalDoesNotMatterAndNothingIsLost(all, random);
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void musicLearnedAgainChangesNothing(@ForAll("music") List<Held> all, @ForAll Random random) {
        learningAgainChangesNothing(all, random);
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void musicThatIsGoneAndReturnsIsAsItWasWithItsIds(@ForAll("music") List<Held> all, @ForAll Random random) {
        whatIsGoneAndReturnsIsAsItWasWithItsIds(all, random);
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void musicOfAServerThatGoesIsMergedAsIfItHadGoneBefore(@ForAll("music") List<Held> all, @ForAll Random random) {
        Store one = open();
        Store other = open();
        List<Held> gone = some(all, random);
        learn(one, all);
        forget(one, gone);
        learn(other, gone);
        forget(other, gone);
        learn(other, all.stream().filter(held -> !gone.contains(held)).toList());
        assertThat(titles(other)).isEqualTo(titles(one));
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyIdOfMusicEverGivenResolves(@ForAll("music") List<Held> all, @ForAll Random random) {
        everyIdEverGivenResolves(all, random);
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void musicThatWasSplitOffStaysOff(@ForAll("music") List<Held> all, @ForAll Random random) {
        whatWasSplitOffStaysOffWhenEverythingIsCrawledAgain(all, random);
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void musicThatWasJoinedStaysOne(@ForAll("music") List<Held> all, @ForAll Random random) {
        whatWasJoinedStaysOneAndUndoingEverythingLeavesTheRulesAlone(all, random);
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void seriesAndTheirEpisodesMayComeInAnyOrder(@ForAll("shows") List<Held> all, @ForAll Random random) {
        Store one = open();
        Store other = open();
        learn(one, all);
        learn(other, shuffled(all, random));
        Set<Set<String>> titles = titles(one);
        assertThat(titles(other)).isEqualTo(titles);

        List<Held> gone = some(all, random);
        forget(other, gone);
        learn(other, shuffled(gone, random));
        assertThat(titles(other)).isEqualTo(titles);
        assertThat(learn(one, shuffled(all, random))).isEqualTo(IndexChange.NOTHING);
    }

    private static Sample withIds(Sample sample, String first, String second) {
        if (!first.isEmpty()) {
            sample.id("tmdb", first);
        }
        return second.isEmpty() ? sample : sample.id("imdb", "tt" + second);
    }

    private static List<Held> held(List<Sample> samples) {
        List<Held> all = new ArrayList<>();
        for (Sample sample : samples) {
            all.add(new Held(
                    all.size() % SERVERS,
                    sample.called("i" + all.size() / SERVERS).build()));
        }
        return all;
    }

    private Store open() {
        Path file = folder.resolve(opened.size() + ".db");
        Store store = Stores.open(StoreOptions.sqlite(file.toString(), new Secret("key")));
        opened.add(store);
        for (int i = 0; i < SERVERS; i++) {
            store.upstreams()
                    .add(
                            "server " + i,
                            URI.create("http://host" + i),
                            UpstreamRecord.PlaybackMode.PROXY,
                            UpstreamRecord.SyncMode.FULL,
                            false);
        }
        return store;
    }

    private static IndexChange learn(Store store, List<Held> some) {
        IndexChange change = IndexChange.NOTHING;
        for (Held held : some) {
            change = change.then(store.media().learn(upstream(held), List.of(held.item())));
        }
        return change;
    }

    private static UpstreamId upstream(Held held) {
        return new UpstreamId(held.server() + 1);
    }

    private static void forget(Store store, List<Held> some) {
        some.forEach(
                held -> store.media().forget(upstream(held), List.of(held.item().id())));
    }

    /** Without what others name. */
    private static void readAll(Store store, Consumer<MergedItem> consumer) {
        store.media().readAll(item -> {
            if (!item.kind().isByName()) {
                consumer.accept(item);
            }
        });
    }

    /** Which copies are together, without regard to ids. */
    private static Set<Set<String>> titles(Store store) {
        Set<Set<String>> titles = new HashSet<>();
        readAll(
                store,
                item -> titles.add(item.copies().stream()
                        .map(copy -> copy.upstream() + ":" + copy.upstreamItemId())
                        .collect(Collectors.toSet())));
        return titles;
    }

    private static <T> List<T> shuffled(List<T> all, Random random) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static List<Held> some(List<Held> all, Random random) {
        return all.stream().filter(held -> random.nextInt(3) == 0).toList();
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theOrderOfArrivalDoesNotMatterAndNothingIsLost(@ForAll("libraries") List<Held> all, @ForAll Random random) {
        Store one = open();
        Store other = open();
        learn(one, all);
        learn(other, shuffled(all, random));
        assertThat(titles(other)).isEqualTo(titles(one));
        assertThat(titles(one).stream().mapToInt(Set::size).sum()).isEqualTo(all.size());
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void learningAgainChangesNothing(@ForAll("libraries") List<Held> all, @ForAll Random random) {
        Store store = open();
        learn(store, all);
        assertThat(learn(store, shuffled(all, random))).isEqualTo(IndexChange.NOTHING);
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsGoneAndReturnsIsAsItWasWithItsIds(@ForAll("libraries") List<Held> all, @ForAll Random random) {
        Store store = open();
        learn(store, all);
        Set<Set<String>> before = titles(store);
        List<ItemId> ids = ids(store, all);
        List<Held> gone = some(all, random);
        forget(store, gone);
        assertThat(titles(store).stream().mapToInt(Set::size).sum()).isEqualTo(all.size() - gone.size());
        learn(store, shuffled(gone, random));
        assertThat(titles(store)).isEqualTo(before);
        assertThat(ids(store, all)).isEqualTo(ids);
    }

    private static List<ItemId> ids(Store store, List<Held> all) {
        return all.stream()
                .map(held -> store.media()
                        .idsOf(upstream(held), List.of(held.item().id()))
                        .getOrDefault(held.item().id(), new ItemId(1)))
                .toList();
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyIdEverGivenResolves(@ForAll("libraries") List<Held> all, @ForAll Random random) {
        Store store = open();
        Set<ItemId> given = new HashSet<>();
        for (Held held : shuffled(all, random)) {
            learn(store, List.of(held));
            store.media().readAll(item -> given.add(item.id()));
        }
        Set<ItemId> now = new HashSet<>();
        store.media().readAll(item -> now.add(item.id()));
        assertThat(given)
                .allSatisfy(id -> assertThat(store.media().resolve(id)).get().isIn(now));
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatWasSplitOffStaysOffWhenEverythingIsCrawledAgain(
            @ForAll("libraries") List<Held> all, @ForAll Random random) {
        Store store = open();
        learn(store, all);
        List<Group> groups = groups(store).stream()
                .filter(group -> group.copies().size() > 1)
                .toList();
        for (Group group : groups) {
            CopyFacts leaving = group.copies().get(random.nextInt(group.copies().size()));
            store.merges().split(group.id(), List.of(leaving.id()), ROOT);
        }
        Set<Set<String>> split = titles(store);
        List<ItemId> ids = ids(store, all);
        for (Group group : groups) {
            assertThat(split).doesNotContain(names(group));
        }
        forget(store, shuffled(all, random));
        assertThat(titles(store)).isEmpty();
        learn(store, shuffled(all, random));
        assertThat(titles(store)).isEqualTo(split);
        assertThat(ids(store, all)).isEqualTo(ids);
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatWasJoinedStaysOneAndUndoingEverythingLeavesTheRulesAlone(
            @ForAll("libraries") List<Held> all, @ForAll Random random) {
        Store store = open();
        learn(store, all);
        Set<Set<String>> before = titles(store);
        List<Integer> rulings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Group> two = shuffled(groups(store), random)
                    .subList(0, Math.min(2, groups(store).size()));
            List<ItemId> items = two.stream().map(Group::id).toList();
            if (store.merges().join(items, ROOT) instanceof Outcome.Done done) {
                assertThat(done.items()).hasSize(1);
                rulings.add(done.ruling());
            }
        }
        Set<Set<String>> joined = titles(store);
        forget(store, some(all, random));
        learn(store, shuffled(all, random));
        assertThat(titles(store)).isEqualTo(joined);
        shuffled(rulings, random).forEach(ruling -> store.merges().undo(ruling, ROOT));
        assertThat(titles(store)).isEqualTo(before);
    }

    private static List<Group> groups(Store store) {
        List<ItemId> ids = new ArrayList<>();
        readAll(store, item -> ids.add(item.id()));
        return store.merges().explain(ids);
    }

    private static Set<String> names(Group group) {
        return group.copies().stream()
                .map(copy -> copy.upstream() + ":" + copy.upstreamItemId())
                .collect(Collectors.toSet());
    }
}
