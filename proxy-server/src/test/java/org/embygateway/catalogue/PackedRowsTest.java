package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.rewrite.ImageTag;
import org.junit.jupiter.api.Test;

class PackedRowsTest {
    private static final String[] TEXTS = {
        "", "a", "The Matrix", "2 Fast", "流浪地球", "Amélie", "𝕏 beyond", "x".repeat(300), "é\u0301", "A, B", "\0"
    };
    private static final long[] NUMBERS = {
        0, 1, -1, 127, 128, 86_400_000, -86_400_000, 1_715_766_772_589L, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final String[] IDS = {
        "imdb.tt0133093",
        "imdb.tt",
        "tmdb.603",
        "tmdb.0603",
        "tvdb.-5",
        "musicbrainzalbum.0f7a1b",
        "odd",
        "a.b.c",
        "tmdb.99999999999999999999",
        "tmdb.٣"
    };

    private static final ItemKind[] KINDS = {ItemKind.GENRE, ItemKind.PERSON, ItemKind.MUSIC_ARTIST};

    private final Words words = new Words();

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void whatIsPackedIsUnpackedAsItWas(@ForAll long seed) {
        Random random = new Random(seed);
        List<Row> before = new ArrayList<>();
        Rows.Edit edit = Rows.empty(words).edit();
        for (int i = 0; i < 20; i++) {
            Row row = row(random, 1 + i * random.nextInt(300));
            before.removeIf(other -> other.id() == row.id());
            before.add(row);
            edit.put(row);
        }
        Rows rows = edit.done();
        before.forEach(row -> assertSame(rows.get(row.id()), row));
        int gone = before.getFirst().id();
        Rows.Edit second = rows.edit();
        second.remove(gone);
        Rows after = second.done();
        assertThat(after.find(gone)).isEmpty();
        assertThat(rows.find(gone)).isPresent();
        before.stream().skip(1).forEach(row -> assertSame(after.get(row.id()), row));
    }

    private static void assertSame(Row found, Row row) {
        assertThat(found.sortKey()).isEqualTo(row.facts().sortKey());
        assertThat(found.folded()).isEqualTo(row.facts().folded());
        assertThat(found.kind()).isEqualTo(row.kind());
        assertThat(found.stamp()).isEqualTo(row.stamp());
        assertThat(List.of(found.series(), found.season(), found.album()))
                .containsExactly(row.series(), row.season(), row.album());
        assertThat(found.views()).isEqualTo(row.views());
        assertThat(found.parts()).isEqualTo(row.parts());
        assertThat(found.facts()).isEqualTo(row.facts());
        assertThat(found.listed().views()).isEqualTo(row.views());
        assertThat(found.listed().facts().name()).isEqualTo(row.facts().name());
        assertThat(found.listed().facts().images()).isEqualTo(row.facts().images());
        assertThat(found.listed().facts().tech().width())
                .isEqualTo(row.facts().tech().width());
        assertThat(found.listed().facts().shown()).isEqualTo(row.facts().shown());
        assertThat(found.scalars().premiere()).isEqualTo(row.facts().premiere());
        assertThat(found.scalars().officialRating()).isEqualTo(row.facts().officialRating());
        assertThat(found.scalars().airedNumber()).isEqualTo(row.facts().airedNumber());
        if (row.parts().isEmpty()) {
            return;
        }
        Row other = found.seenFrom(Set.of(1), Map.of());
        Row same = row.seenFrom(Set.of(1), Map.of());
        assertThat(other.facts()).isEqualTo(same.facts());
        assertThat(other.sortKey()).isEqualTo(same.facts().sortKey());
        assertThat(other.folded()).isEqualTo(same.facts().folded());
        assertThat(other.scalars().created()).isEqualTo(same.facts().created());
        assertThat(other.scalars().year()).isEqualTo(same.facts().year());
    }

    private static Row row(Random random, int id) {
        ItemKind[] kinds = ItemKind.values();
        ItemKind kind = kinds[random.nextInt(kinds.length)];
        List<Row.Part> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Facts like = parts.isEmpty() || random.nextBoolean()
                    ? shown(facts(random), kind, random)
                    : parts.getFirst().facts();
            parts.add(new Row.Part(i, texts(random), like));
        }
        Facts merged = parts.isEmpty()
                ? shown(facts(random), kind, random)
                : Facts.merged(parts.stream().map(Row.Part::facts).toList());
        return new Row(
                id,
                kind,
                random.nextLong(1L << 40),
                merged,
                random.nextInt(3) * random.nextInt(1 << 30),
                random.nextInt(200),
                random.nextInt(200_000),
                List.of(random.nextInt(9), 10 + random.nextInt(1000)),
                parts);
    }

    private static Facts facts(Random random) {
        String name = text(random);
        boolean usual = random.nextBoolean();
        return new Facts(
                name,
                usual ? Text.fold(name) : text(random),
                text(random),
                usual ? Text.sortKey(name) : text(random),
                (int) number(random),
                date(random),
                date(random),
                date(random),
                date(random),
                rating(random),
                rating(random),
                text(random),
                number(random),
                number(random),
                (int) number(random),
                place(random),
                place(random),
                place(random),
                place(random),
                place(random),
                text(random),
                text(random),
                text(random),
                text(random),
                texts(random),
                texts(random),
                texts(random),
                random.nextBoolean() ? Airing.NONE : new Airing(texts(random), text(random)),
                ids(random),
                random.nextBoolean()
                        ? Set.of()
                        : EnumSet.of(
                                Facts.Trait.values()[random.nextInt(Facts.Trait.values().length)], Facts.Trait.LOCKED),
                tech(random),
                refs(random),
                images(random),
                Shown.NONE);
    }

    private static Facts shown(Facts facts, ItemKind kind, Random random) {
        Shown shown = new Shown(
                random.nextBoolean() ? FirstVersion.usual(facts, kind) : version(random),
                random.nextBoolean()
                        ? Shown.ArtistIds.usual(facts.artists(), facts.albumArtists(), facts.composers(), facts.refs())
                        : ids(facts, random),
                text(random),
                random.nextBoolean() ? Shown.usualAlbumArtist(facts.albumArtists()) : text(random),
                text(random),
                text(random),
                text(random));
        return facts.withLists(
                facts.albumArtists(),
                facts.artists(),
                facts.providerIds(),
                facts.traits(),
                facts.tech(),
                facts.refs(),
                facts.images(),
                facts.composers(),
                facts.airing(),
                shown);
    }

    private static FirstVersion version(Random random) {
        return new FirstVersion(
                random.nextBoolean(),
                text(random),
                number(random),
                (int) number(random),
                (int) number(random),
                random.nextBoolean(),
                number(random));
    }

    private static Shown.ArtistIds ids(Facts facts, Random random) {
        return new Shown.ArtistIds(
                ids(facts.artists(), random), ids(facts.albumArtists(), random), ids(facts.composers(), random));
    }

    private static List<Integer> ids(List<String> names, Random random) {
        return names.stream()
                .map(name -> random.nextInt(3) * random.nextInt(1 << 29))
                .toList();
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private static List<String> texts(Random random) {
        return random.ints(random.nextInt(3), 0, TEXTS.length)
                .mapToObj(i -> TEXTS[i])
                .toList();
    }

    private static long number(Random random) {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private static long date(Random random) {
        return random.nextBoolean() ? Facts.NO_DATE : number(random);
    }

    private static int place(Random random) {
        return random.nextBoolean() ? Facts.NO_NUMBER : (int) number(random);
    }

    private static float rating(Random random) {
        return random.nextBoolean() ? Float.NaN : random.nextFloat() * 20 - 5;
    }

    private static Set<String> ids(Random random) {
        Set<String> ids = new LinkedHashSet<>();
        random.ints(random.nextInt(4), 0, IDS.length).forEach(i -> ids.add(IDS[i]));
        return ids;
    }

    private static Tech tech(Random random) {
        return random.nextBoolean()
                ? Tech.NONE
                : new Tech(
                        texts(random),
                        texts(random),
                        texts(random),
                        texts(random),
                        texts(random),
                        texts(random),
                        texts(random),
                        texts(random),
                        random.nextInt(5000),
                        random.nextInt(3000),
                        random.nextFloat() * 120,
                        random.nextBoolean());
    }

    private static List<Facts.Ref> refs(Random random) {
        List<Facts.Ref> refs = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            ItemKind kind = KINDS[random.nextInt(KINDS.length)];
            refs.add(
                    new Facts.Ref(kind, new ItemId(1 + random.nextInt(1 << 30)), random.nextBoolean() ? "" : "Artist"));
        }
        return refs;
    }

    private static Images images(Random random) {
        List<Images.Image> images = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            images.add(new Images.Image("Backdrop", i, 1 + random.nextInt(300), new ImageTag(random.nextLong())));
        }
        return new Images(images);
    }

    @Test
    void anOrdinaryFilmTakesAboutTwoHundredBytes() {
        GeneratedIndex index = new GeneratedIndex(1000);
        RowReader reader = new RowReader(Fixture.SERVER);
        RowOutput output = new RowOutput(words);
        long[] bytes = {0, 0};
        index.outlines(0, item -> {
            if (item.kind() == ItemKind.MOVIE) {
                bytes[0] += output.packed(reader.read(item)).length;
                bytes[1]++;
            }
        });
        assertThat(bytes[0] / bytes[1]).isLessThan(230);
    }
}
