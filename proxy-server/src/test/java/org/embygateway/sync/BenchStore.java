package org.embygateway.sync;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.embygateway.catalogue.RowExcerpts;
import org.embygateway.index.AccountRecord.WatchState;
import org.embygateway.index.Excerpts;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.index.sql.Stores;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;

/**
 * Fills the database of a gateway with what two servers say that share three in ten of their titles, as if both had been
 * crawled; nobody answers at their addresses. Not a test.
 *
 * <p>Arguments: the gateway's data folder, the number of merged items.
 */
final class BenchStore {
    private static final String KEY = "only for measuring";
    private static final int PAGE = 500;
    /** So many merged items come of ten of each server. */
    private static final int MERGED_OF_TEN = 17;

    private BenchStore() {}

    public static void main(String... args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int size = Integer.parseInt(args[1]) * 10 / MERGED_OF_TEN;
        Path key = folder.resolve("gateway.key");
        Files.writeString(key, KEY);
        Path database = folder.resolve("emby_gateway.db");
        try (Store store = Stores.open(StoreOptions.sqlite(database.toString(), new Secret(KEY)))) {
            List<Filling> servers = List.of(new Filling(store, 1, size), new Filling(store, 2, size));
            for (String library : BenchLibrary.libraries()) {
                for (int start = 0; start < size; start += PAGE) {
                    for (Filling server : servers) {
                        server.learn(library, start);
                    }
                }
            }
        }
    }

    /** One server; what it said so far can be used at any time. */
    private static final class Filling {
        private final Store store;
        private final BenchLibrary library;
        private final UpstreamId upstream;
        private final Excerpts excerpts;

        Filling(Store store, int number, int size) {
            this.store = store;
            this.library = new BenchLibrary(number, size);
            this.excerpts = new RowExcerpts(store.settings().findOrCreate("server.id", Hex32::random));
            this.upstream = store.upstreams()
                    .add(
                            "Server " + number,
                            URI.create("http://127.0.0.1:" + number),
                            PlaybackMode.PROXY,
                            SyncMode.FULL,
                            false)
                    .id();
            store.accounts().put(upstream, Optional.empty(), "bench", new Secret("bench"), WatchState.SHARED);
            store.media()
                    .learn(
                            upstream,
                            page(library.views().getBytes(StandardCharsets.UTF_8)).entries().stream()
                                    .flatMap(entry -> ItemParser.library(entry).stream())
                                    .toList(),
                            excerpts);
            Optional<Instant> now = Optional.of(Instant.now());
            store.syncStates().put(new SyncState(upstream, "", true, now, now));
        }

        private Page page(byte[] json) {
            return Page.of(json, upstream);
        }

        void learn(String id, int start) {
            if (start < library.count(id)) {
                store.media()
                        .learn(upstream, page(library.page(id, start, PAGE, 0)).items(id), excerpts);
            }
            if (start % (200 * PAGE) == 0) {
                System.out.printf("%s: %d of library %s of %s%n", LocalTime.now(), start, id, upstream);
            }
        }
    }
}
