package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.embygateway.index.Copy;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.Outline;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.protocol.EmbyJson;
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
    private static final WholeExcerpts EXCERPTS = new WholeExcerpts(7);

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
        return index.learn(server, items, random.nextInt(4) == 0 ? new WholeExcerpts(6) : EXCERPTS);
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
        if (ids.hashCode() % 2 == 0) {
            checkOutlines(ids); // what is fresh is there for one who reads it
        } else {
            checkItems(ids);
            checkOutlines(ids);
        }
    }

    private void checkItems(Set<ItemId> ids) {
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

    private void checkOutlines(Set<ItemId> ids) {
        List<Outline> read = index.outlines(EXCERPTS.form(), ids);
        Map<ItemId, Outline> stored = new HashMap<>();
        index.outlines(EXCERPTS.form(), outline -> stored.put(outline.id(), outline));
        Map<ItemId, MergedItem> items = new HashMap<>();
        index.readAll(item -> items.put(item.id(), item));
        assertThat(stored.keySet()).isEqualTo(items.keySet());
        stored.keySet().retainAll(ids);
        assertThat(read).hasSize(stored.size());
        read.forEach(outline -> {
            assertSame(outline, stored.get(outline.id()));
            assertOf(outline, items.get(outline.id()));
        });
    }

    private static void assertSame(Outline read, Outline stored) {
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("copies.document")
                .ignoringCollectionOrderInFields("byName")
                .isEqualTo(stored);
    }

    /** An outline says what the item says, and its excerpts what was made of the documents. */
    private static void assertOf(Outline outline, MergedItem item) {
        assertThat(List.of(outline.kind(), outline.name(), outline.series(), outline.season(), outline.views()))
                .isEqualTo(List.of(item.kind(), item.name(), item.series(), item.season(), item.views()));
        assertThat(outline.copies()).hasSameSizeAs(item.copies());
        Set<MergedItem.ByNameRef> names = new HashSet<>(outline.byName());
        for (int i = 0; i < item.copies().size(); i++) {
            Outline.Part part = outline.copies().get(i);
            Copy copy = item.copies().get(i);
            assertThat(part.upstream()).isEqualTo(copy.upstream());
            assertThat(part.upstreamItemId()).isEqualTo(copy.upstreamItemId());
            assertThat(part.libraryId()).isEqualTo(copy.libraryId());
            part.excerpt().ifPresent(excerpt -> {
                names.addAll(excerpt.names());
                assertThat(new String(excerpt.bytes(), StandardCharsets.UTF_8))
                        .isEqualTo(EXCERPTS.text(
                                copy.upstream(), copy.upstreamItemId(), item.kind(), parsed(copy.document())));
            });
            if (part.excerpt().isEmpty()) {
                assertThat(part.document().get()).isEqualTo(copy.document());
                assertThat(part.sources()).isEqualTo(copy.sources());
            }
        }
        assertThat(names).containsExactlyInAnyOrderElementsOf(item.byName());
    }

    private static JsonNode parsed(byte[] document) {
        try {
            return EmbyJson.read(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
