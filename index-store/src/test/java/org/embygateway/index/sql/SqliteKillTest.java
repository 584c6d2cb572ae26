package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.sql.Sample.movie;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.embygateway.index.MergedItem;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it learns loses nothing it acknowledged and leaves no half of a batch. */
class SqliteKillTest {
    private static final UpstreamId ONE = new UpstreamId(1);
    private static final int BATCH = 50;

    @TempDir
    Path folder;

    private static Store open(Path file) {
        return Stores.open(StoreOptions.sqlite(file.toString(), new Secret("key")));
    }

    /** The process that is killed: learns batch after batch and says so after each. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) {
            Store store = open(Path.of(args[0]));
            for (int batch = 0; ; batch++) {
                store.media().learn(ONE, items(batch));
                System.out.println(batch);
            }
        }
    }

    private static List<UpstreamItem> items(int batch) {
        List<UpstreamItem> items = new ArrayList<>();
        for (int i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
            items.add(movie("m" + i, "Film " + i, 1990)
                    .genre("Genre " + i, "g" + i)
                    .build());
        }
        return items;
    }

    @Test
    void whatWasAcknowledgedIsThereAndABatchIsThereAsAWholeOrNotAtAll() throws Exception {
        Path file = folder.resolve("gateway.db");
        Process victim = start(file);
        int acknowledged = killAfter(victim, 5);
        try (Store store = open(file)) {
            long copies = store.media().copies(ONE);
            assertThat(copies).isGreaterThanOrEqualTo((acknowledged + 1L) * BATCH);
            assertThat(copies % BATCH).isZero();
            assertWhole(store, (int) copies);
            store.media().learn(ONE, items((int) copies / BATCH));
            assertWhole(store, (int) copies + BATCH);
        }
    }

    /** Every film with its version, its document and its genre, and no id given twice. */
    private static void assertWhole(Store store, int films) {
        Set<ItemId> ids = new HashSet<>();
        List<MergedItem> items = new ArrayList<>();
        store.media().readAll(items::add);
        assertThat(items).hasSize(films * 2);
        for (MergedItem item : items) {
            assertThat(ids.add(item.id())).isTrue();
            assertThat(item.copies()).hasSize(1);
            item.copies()
                    .getFirst()
                    .sources()
                    .forEach(
                            source -> assertThat(ids.add(source.id().version())).isTrue());
        }
        assertThat(ids).hasSize(films * 3);
    }

    private Process start(Path file) throws IOException {
        Path log = Files.createFile(folder.resolve("victim.log"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Victim.class.getName(),
                        file.toString())
                .redirectError(log.toFile())
                .start();
    }

    /** Kills it in the middle of its work, at once after the acknowledgement; returns the last batch it acknowledged. */
    private static int killAfter(Process victim, int batches) throws IOException, InterruptedException {
        int last = -1;
        try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("\\d+")) {
                    last = Integer.parseInt(line);
                }
                if (last == batches) {
                    victim.toHandle().destroyForcibly(); // unlike the process's own, it leaves what was said readable
                }
            }
        } finally {
            victim.destroyForcibly().waitFor();
        }
        assertThat(last).isGreaterThanOrEqualTo(batches);
        return last;
    }
}
