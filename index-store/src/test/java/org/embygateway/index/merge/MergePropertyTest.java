package org.embygateway.index.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.embygateway.protocol.ItemKind;

class MergePropertyTest {
    /** Few values of everything, so that copies agree and contradict each other all the time. */
    @Provide
    Arbitrary<List<Facts>> libraries() {
        Arbitrary<String> value = Arbitraries.of("", "", "1", "2", "3");
        Arbitrary<Map<String, String>> ids = Combinators.combine(value, value, value, value)
                .as((tmdb, imdb, tvdb, douban) -> {
                    Map<String, String> map =
                            new HashMap<>(Map.of("tmdb", tmdb, "imdb", imdb, "tvdb", tvdb, "douban", douban));
                    map.values().removeIf(String::isEmpty);
                    return map;
                });
        Arbitrary<Facts> facts = Combinators.combine(
                        Arbitraries.of(
                                ItemKind.MOVIE, ItemKind.SERIES, ItemKind.EPISODE, ItemKind.PERSON, ItemKind.GENRE),
                        Arbitraries.of("A", "a!", "B", "流浪地球"),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        ids,
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(false, false, true))
                .as(MergePropertyTest::facts);
        return Arbitraries.frequencyOf(Tuple.of(2, facts), Tuple.of(1, music()))
                .list()
                .ofMaxSize(14)
                .map(MergePropertyTest::identified);
    }

    /** Albums and songs alone meet more of each other. */
    @Provide
    Arbitrary<List<Facts>> musicLibraries() {
        return music().list().ofMaxSize(14).map(MergePropertyTest::identified);
    }

    private static Arbitrary<Facts> music() {
        Arbitrary<String> value = Arbitraries.of("", "", "1", "2");
        Arbitrary<Map<String, String>> ids = Combinators.combine(value, value, value, value)
                .as((release, group, track, artist) -> {
                    Map<String, String> map = new HashMap<>(Map.of(
                            MusicRules.RELEASE,
                            release,
                            MusicRules.RELEASE_GROUP,
                            group,
                            MusicRules.TRACK,
                            track,
                            MusicRules.ALBUM_ARTIST,
                            artist));
                    map.values().removeIf(String::isEmpty);
                    return map;
                });
        return Combinators.combine(
                        Arbitraries.of(ItemKind.MUSIC_ALBUM, ItemKind.AUDIO, ItemKind.MUSIC_ARTIST),
                        Arbitraries.of("Blue", "blue!", "Red"),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 3),
                        ids,
                        Arbitraries.of("", "Joni", "Various"),
                        Arbitraries.of(false, false, true))
                .as(MergePropertyTest::musicFacts);
    }

    private static Facts musicFacts(
            ItemKind kind, String name, int year, int number, Map<String, String> ids, String artist, boolean gone) {
        boolean album = kind == ItemKind.MUSIC_ALBUM;
        OptionalInt some = number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
        return new Facts(
                new CopyIdentity(0, 0, ""),
                kind,
                gone,
                name,
                year == 0 || !album ? OptionalInt.empty() : OptionalInt.of(2000 + year),
                year * 20_000_000L,
                ids,
                kind == ItemKind.AUDIO ? 1 + year % 2 : 0,
                album ? OptionalInt.empty() : some,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "",
                artist,
                album ? some : OptionalInt.empty());
    }

    private static Facts facts(
            ItemKind kind, String name, int year, int runTime, Map<String, String> ids, int number, boolean gone) {
        boolean isDaily = kind == ItemKind.EPISODE && runTime == 0;
        return new Facts(
                new CopyIdentity(0, 0, ""),
                kind,
                gone,
                name,
                year == 0 ? OptionalInt.empty() : OptionalInt.of(2000 + year),
                runTime * 100L,
                ids,
                kind == ItemKind.EPISODE ? 1 + number % 2 : 0,
                isDaily ? OptionalInt.empty() : OptionalInt.of(number),
                year == 3 && !isDaily ? OptionalInt.of(number + 1) : OptionalInt.empty(),
                OptionalInt.of(1),
                isDaily ? Optional.of(LocalDate.of(2024, 1, number)) : Optional.empty(),
                "",
                "",
                OptionalInt.empty());
    }

    private static List<Facts> identified(List<Facts> all) {
        List<Facts> copies = new ArrayList<>();
        for (Facts f : all) {
            CopyIdentity identity = new CopyIdentity(copies.size() % 3, 0, "i" + copies.size());
            copies.add(FactsOf.copy(f, identity, f.gone()));
        }
        return copies;
    }

    @Property(tries = 500)
    void theOrderOfArrivalDoesNotMatter(@ForAll("libraries") List<Facts> copies, @ForAll Random random) {
        List<Facts> shuffled = new ArrayList<>(copies);
        Collections.shuffle(shuffled, random);
        Merge one = Merge.of(copies);
        Merge other = Merge.of(shuffled);
        assertThat(other.titles()).isEqualTo(one.titles());
        assertThat(other.conflicts()).isEqualTo(one.conflicts());
        assertThat(other.suspicions()).isEqualTo(one.suspicions());
        assertThat(other.reasons()).isEqualTo(one.reasons());
    }

    @Property(tries = 500)
    void theOrderInWhichMusicArrivesDoesNotMatter(@ForAll("musicLibraries") List<Facts> copies, @ForAll Random random) {
        theOrderOfArrivalDoesNotMatter(copies, random);
    }

    @Property(tries = 500)
    void songsOfOneTitleAreAlikeOrHaveOneId(@ForAll("musicLibraries") List<Facts> copies) {
        Map<CopyIdentity, Facts> facts = copies.stream().collect(Collectors.toMap(Facts::identity, f -> f));
        for (List<CopyIdentity> title : Merge.of(copies).titles()) {
            List<Facts> songs = title.stream()
                    .map(facts::get)
                    .filter(f -> f.kind() == ItemKind.AUDIO)
                    .toList();
            assertThat(songs.stream().map(Facts::series).distinct().count()).isLessThanOrEqualTo(1);
            for (Facts song : songs) {
                assertThat(songs)
                        .anySatisfy(other -> assertThat(songs.size() == 1
                                        || other != song
                                                && (MusicRules.alike(song, other)
                                                        || MergeRules.comparableIds(song)
                                                                .equals(MergeRules.comparableIds(other))))
                                .isTrue());
            }
        }
    }

    @Property(tries = 500)
    void everyCopyIsInExactlyOneTitle(@ForAll("libraries") List<Facts> copies) {
        List<CopyIdentity> placed =
                Merge.of(copies).titles().stream().flatMap(List::stream).toList();
        assertThat(placed)
                .containsExactlyInAnyOrderElementsOf(
                        copies.stream().map(Facts::identity).toList());
    }

    @Property(tries = 500)
    void noTitleContradictsItselfOrMixesKinds(@ForAll("libraries") List<Facts> copies) {
        Map<CopyIdentity, Facts> facts = copies.stream().collect(Collectors.toMap(Facts::identity, f -> f));
        for (List<CopyIdentity> title : Merge.of(copies).titles()) {
            Set<ItemKind> kinds = new HashSet<>();
            Map<String, Set<String>> ids = new HashMap<>();
            for (CopyIdentity copy : title) {
                Facts of = facts.get(copy);
                kinds.add(of.kind());
                MergeRules.distinctive(of).forEach((name, value) -> {
                    Set<String> known = ids.putIfAbsent(name, value);
                    boolean mayBeOutweighed = PluginIds.NAMES.contains(name)
                            || !MusicRules.outweighing(name).isEmpty();
                    if (!mayBeOutweighed) {
                        assertThat(known).isIn(null, value);
                    }
                });
            }
            assertThat(kinds).hasSize(1);
        }
    }

    /** What makes it safe to merge a block of connected copies alone. */
    @Property(tries = 500)
    void copiesThatShareNoKeyDoNotInfluenceEachOther(@ForAll("libraries") List<Facts> copies) {
        Set<List<CopyIdentity>> apart = new HashSet<>();
        for (List<Facts> block : blocks(copies)) {
            apart.addAll(Merge.of(block).titles());
        }
        assertThat(apart).isEqualTo(new HashSet<>(Merge.of(copies).titles()));
    }

    @Property(tries = 500)
    void musicThatSharesNoKeyDoesNotInfluenceOther(@ForAll("musicLibraries") List<Facts> copies) {
        copiesThatShareNoKeyDoNotInfluenceEachOther(copies);
    }

    private static List<List<Facts>> blocks(List<Facts> copies) {
        List<List<Facts>> blocks = new ArrayList<>();
        for (Facts copy : copies) {
            List<Facts> block = new ArrayList<>(List.of(copy));
            blocks.removeIf(other -> {
                boolean connected = other.stream().anyMatch(f -> shareKey(f, copy));
                if (connected) {
                    block.addAll(other);
                }
                return connected;
            });
            blocks.add(block);
        }
        return blocks;
    }

    private static boolean shareKey(Facts one, Facts other) {
        Set<Long> hashes = MergeRules.keys(one).stream().map(MergeKey::hash).collect(Collectors.toSet());
        return MergeRules.keys(other).stream().anyMatch(key -> hashes.contains(key.hash()));
    }
}
