package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change is read from right after it was made says the same as the database does. */
class SqliteFreshTest {
    private static final int SERVERS = 2;

    private final List<UpstreamId> servers = new ArrayList<>();
    private MediaIndex index;

    @BeforeEach
    void open(@TempDir Path folder) {
        Store store = Stores.open(StoreOptions.sqlite(folder.resolve("index.db").toString(), new Secret("key")));
        for (int i = 0; i < SERVERS; i++) {
            servers.add(store.upstreams()
                    .add("server " + i, URI.create("http://host" + i), PlaybackMode.PROXY, SyncMode.FULL, false)
                    .id());
        }
        index = store.media();
    }

    @RepeatedTest(30)
    void everyChangeReadsLikeTheDatabase(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        IndexChange waiting = IndexChange.NOTHING;
        for (int step = 0; step < 25; step++) {
            IndexChange change = step(random);
            if (random.nextInt(3) == 0) {
                waiting = change; // told while the next is stored already
                continue;
            }
            checkAsRead(waiting);
            waiting = IndexChange.NOTHING;
            checkAsRead(change);
        }
    }

    private IndexChange step(Random random) {
        UpstreamId server = servers.get(random.nextInt(SERVERS));
        if (random.nextInt(5) == 0) {
            return index.forget(server, List.of("f" + random.nextInt(6), "e" + random.nextInt(6)));
        }
        List<UpstreamItem> items = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            items.add(item(random));
        }
        return index.learn(server, items);
    }

    private static UpstreamItem item(Random random) {
        int n = random.nextInt(6);
        Sample sample = switch (random.nextInt(5)) {
            case 0 -> Sample.library("l" + n % 2, "Library " + random.nextInt(3), "movies");
            case 1 -> Sample.series("s" + n % 2, "Show", 2000 + n % 2);
            case 2 -> Sample.episode("e" + n, "s" + n % 2, "", 1, n);
            default -> Sample.movie("f" + n, "Film " + n % 3, 2000).in("l" + n % 2);
        };
        if (random.nextInt(3) == 0) {
            sample.id("tmdb", Integer.toString(random.nextInt(3)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            sample.source("more" + random.nextInt(2), "f" + n);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int person = random.nextInt(3);
            String name = "Person " + (random.nextInt(4) == 0 ? "named " : "") + person;
            sample.names(ItemKind.PERSON, name, "p" + person, random.nextBoolean() ? "Actor" : "Writer", Map.of());
        }
        return sample.genre("Genre " + random.nextInt(2), "").build();
    }

    private void checkAsRead(IndexChange change) {
        Set<ItemId> ids = new HashSet<>(change.changed());
        ids.addAll(change.removed());
        List<MergedItem> read = index.read(ids);
        Map<ItemId, MergedItem> stored = new HashMap<>();
        index.readAll(item -> stored.put(item.id(), item));
        stored.keySet().retainAll(ids);
        assertThat(read).hasSize(stored.size());
        read.forEach(item -> assertThat(item)
                .usingRecursiveComparison()
                .ignoringCollectionOrderInFields("byName")
                .isEqualTo(stored.get(item.id())));
    }

    @Test
    void whatIsReadTwiceIsTheSame() {
        UpstreamItem heat = Sample.movie("f1", "Heat", 1995)
                .names(ItemKind.PERSON, "Al Pacino", "p1", "Actor", Map.of())
                .build();
        Set<ItemId> ids = index.learn(servers.getFirst(), List.of(heat)).changed();
        assertThat(index.read(ids)).usingRecursiveComparison().isEqualTo(index.read(ids));
    }
}
