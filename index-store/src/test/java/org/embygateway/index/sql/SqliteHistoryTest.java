package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MergedItem;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However items came, changed, went and came back: the outcome is as if all that is known had been learned at once. */
class SqliteHistoryTest {
    private static final int STEPS = 60;

    @TempDir
    Path folder;

    /** What an upstream last said of an item; gone ones count for merging too. */
    private record Known(UpstreamItem item, boolean gone) {}

    private record Key(int upstream, String id) {}

    private Store open(String name) {
        return Stores.open(StoreOptions.sqlite(folder.resolve(name).toString(), new Secret("key")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theHistoryDoesNotMatter(long seed) {
        Random random = new Random(seed);
        Map<Key, Known> known = new LinkedHashMap<>();
        try (Store grown = open("grown.db")) {
            Set<ItemId> catalogue = new HashSet<>();
            Set<ItemId> given = new HashSet<>();
            for (int step = 0; step < STEPS; step++) {
                catalogue = follow(catalogue, step(grown, known, random));
                given.addAll(catalogue);
                if (step % 20 == 19) {
                    assertThat(ids(grown)).isEqualTo(catalogue);
                    assertAsLearnedAtOnce(grown, known, random, step);
                }
            }
            assertThat(given)
                    .allSatisfy(id -> assertThat(grown.media().resolve(id)).isPresent());
        }
    }

    /** What someone knows of the catalogue who is told the changes only. */
    private static Set<ItemId> follow(Set<ItemId> catalogue, IndexChange change) {
        Set<ItemId> now = new HashSet<>(catalogue);
        now.removeAll(change.removed());
        now.addAll(change.changed());
        return now;
    }

    private static Set<ItemId> ids(Store store) {
        Set<ItemId> ids = new HashSet<>();
        store.media().readAll(item -> ids.add(item.id()));
        return ids;
    }

    private static IndexChange step(Store store, Map<Key, Known> known, Random random) {
        UpstreamId upstream = new UpstreamId(1 + random.nextInt(3));
        if (random.nextInt(8) == 0) {
            return forgetAll(store, known, upstream);
        }
        if (random.nextInt(5) == 0) {
            List<String> some = List.of(anyId(random), anyId(random));
            some.forEach(id -> markGone(known, new Key(upstream.value(), id)));
            return store.media().forget(upstream, some);
        }
        Map<String, UpstreamItem> batch = new HashMap<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            UpstreamItem item = anyItem(random);
            batch.put(item.id(), item);
            known.put(new Key(upstream.value(), item.id()), new Known(item, false));
        }
        return store.media().learn(upstream, List.copyOf(batch.values()));
    }

    private static IndexChange forgetAll(Store store, Map<Key, Known> known, UpstreamId upstream) {
        known.keySet().stream()
                .filter(key -> key.upstream() == upstream.value())
                .toList()
                .forEach(key -> markGone(known, key));
        return store.media().forgetUpstream(upstream);
    }

    private static void markGone(Map<Key, Known> known, Key key) {
        known.computeIfPresent(key, (k, value) -> new Known(value.item(), true));
    }

    private static String anyId(Random random) {
        return "i" + random.nextInt(12);
    }

    private static UpstreamItem anyItem(Random random) {
        String id = anyId(random);
        int number = random.nextInt(3);
        ItemKind kind = List.of(ItemKind.MOVIE, ItemKind.SERIES, ItemKind.SERIES, ItemKind.SEASON, ItemKind.EPISODE)
                .get(random.nextInt(5));
        Sample sample = Sample.item(id, kind, "Title " + random.nextInt(2)).year(2000 + random.nextInt(2));
        if (random.nextBoolean()) {
            sample.id("tmdb", "" + number);
        }
        if (random.nextInt(3) == 0) {
            sample.id("imdb", "" + random.nextInt(2));
        }
        if (kind == ItemKind.SEASON || kind == ItemKind.EPISODE) {
            sample.series(anyId(random)).season(anyId(random)).parentIndex(1).index(number);
        }
        return sample.build();
    }

    private void assertAsLearnedAtOnce(Store grown, Map<Key, Known> known, Random random, int step) {
        try (Store fresh = open("fresh-%d.db".formatted(step))) {
            List<Key> order = new ArrayList<>(known.keySet());
            Collections.shuffle(order, random);
            for (Key key : order) {
                Known value = known.get(key);
                fresh.media().learn(new UpstreamId(key.upstream()), List.of(value.item()));
            }
            known.forEach((key, value) -> {
                if (value.gone()) {
                    fresh.media().forget(new UpstreamId(key.upstream()), List.of(key.id()));
                }
            });
            assertThat(titles(grown)).isEqualTo(titles(fresh));
            assertThat(grown.media().conflicts()).hasSameSizeAs(fresh.media().conflicts());
        }
    }

    /** The copies of each title with those of its series and season: what ids stand for, without the ids. */
    private static Set<List<Set<String>>> titles(Store store) {
        Map<ItemId, Set<String>> copies = new HashMap<>();
        List<MergedItem> items = new ArrayList<>();
        store.media().readAll(item -> {
            items.add(item);
            copies.put(
                    item.id(),
                    item.copies().stream()
                            .map(copy -> copy.upstream() + ":" + copy.upstreamItemId())
                            .collect(Collectors.toSet()));
        });
        return items.stream()
                .map(item -> List.of(
                        copies.getOrDefault(item.id(), Set.of()),
                        item.series()
                                .map(id -> copies.getOrDefault(id, Set.of()))
                                .orElse(Set.of()),
                        item.season()
                                .map(id -> copies.getOrDefault(id, Set.of()))
                                .orElse(Set.of())))
                .collect(Collectors.toSet());
    }
}
