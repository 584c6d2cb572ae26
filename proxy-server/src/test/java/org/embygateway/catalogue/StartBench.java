package org.embygateway.catalogue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.sql.Stores;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Secret;

/**
 * Measures how long the catalogue takes to be made of a database that {@code BenchStore} filled: of the excerpts in it, and
 * of the documents as after an upgrade that makes excerpts otherwise. Not a test.
 *
 * <p>Arguments: the data folder, how often, {@code documents} for these too.
 */
final class StartBench {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private StartBench() {}

    public static void main(String... args) throws Exception {
        Path folder = Path.of(args[0]);
        Secret key = new Secret(Files.readString(folder.resolve("gateway.key")));
        try (Store store = Stores.open(
                StoreOptions.sqlite(folder.resolve("emby_gateway.db").toString(), key))) {
            String serverId = store.settings().findOrCreate("server.id", Hex32::random);
            for (int round = Integer.parseInt(args[1]); round > 0; round--) {
                load("excerpts", store, serverId);
                if (List.of(args).contains("documents")) {
                    load("documents", store, Hex32.random());
                }
            }
        }
        System.exit(0);
    }

    private static void load(String of, Store store, String serverId) {
        Catalogue catalogue = new Catalogue(
                store.media(),
                store.userData(),
                new StoredLists(store.memberships(), store.ownLists()),
                user -> EmbyJson.object(),
                serverId,
                Clock.systemUTC(),
                1 << 20);
        long begun = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        catalogue.load();
        System.out.printf(
                "start from %s: %d ms, %d ms of CPU%n",
                of, (System.nanoTime() - begun) / 1_000_000, (SYSTEM.getProcessCpuTime() - cpu) / 1_000_000);
    }
}
