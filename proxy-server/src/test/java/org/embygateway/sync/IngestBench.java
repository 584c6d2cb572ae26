package org.embygateway.sync;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.embygateway.catalogue.Catalogue;
import org.embygateway.catalogue.RowExcerpts;
import org.embygateway.catalogue.StoredLists;
import org.embygateway.index.AccountRecord.WatchState;
import org.embygateway.index.Excerpts;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.index.sql.Stores;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.CallObserver;
import org.embygateway.upstream.OutboundIdentity;
import org.embygateway.upstream.UpstreamOptions;
import org.embygateway.upstream.UpstreamSide;

/**
 * Measures how fast the index is filled: straight from pages of two servers that share 30 % of their titles, then by
 * whole crawls over HTTP without a budget. Not a test.
 *
 * <p>Arguments: {@code learn} or {@code crawl}, number of items of both servers together, a folder for the database,
 * {@code catalogue} to have the catalogue take over every change.
 */
final class IngestBench {
    private static final int PAGE = CrawlOptions.DEFAULT.pageSize();
    /** A fast server has them ready while others are learned. */
    private static final int PAGES_AT_ONCE = 5;

    private static final int CHUNK = 10_000;
    private static final String SERVER = "5d41402abc4b2a76b9719d911017c592";
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final int size;
    private final Path folder;
    private final Store store;
    private final Excerpts excerpts = new RowExcerpts(SERVER);
    private final Consumer<IndexChange> listener;

    private IngestBench(int size, Path folder, boolean catalogue) {
        this.size = size;
        this.folder = folder;
        this.store = Stores.open(StoreOptions.sqlite(folder.resolve("bench.db").toString(), new Secret("key")));
        this.listener = catalogue ? catalogue()::apply : change -> {};
    }

    private Catalogue catalogue() {
        Catalogue catalogue = new Catalogue(
                store.media(),
                store.userData(),
                new StoredLists(store.memberships(), store.ownLists()),
                user -> EmbyJson.object(),
                SERVER,
                Clock.systemUTC(),
                1 << 20);
        catalogue.load();
        return catalogue;
    }

    public static void main(String... args) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(args[2]), "ingest");
        IngestBench bench =
                new IngestBench(Integer.parseInt(args[1]), folder, List.of(args).contains("catalogue"));
        if (args[0].equals("learn")) {
            bench.learn();
        } else {
            bench.crawl();
        }
        bench.store.close();
        System.exit(0);
    }

    private UpstreamId upstream(String name, URI url) {
        UpstreamId id = store.upstreams()
                .add(name, url, PlaybackMode.PROXY, SyncMode.FULL, false)
                .id();
        store.accounts().put(id, Optional.empty(), "bench", new Secret(""), WatchState.SHARED);
        return id;
    }

    // Straight from pages --------------------------------------------------------------------------------------------

    private record RawPage(String library, byte[] json) {}

    private void learn() throws IOException {
        System.out.printf("%-28s %9s %12s %14s   %s%n", "learned", "items/s", "CPU us/item", "bytes on disk", "where");
        UpstreamId one = upstream("One", URI.create("http://one:8096"));
        UpstreamId two = upstream("Two", URI.create("http://two:8096"));
        BenchLibrary left = new BenchLibrary(1, size / 2);
        BenchLibrary right = new BenchLibrary(2, size - size / 2);
        take(one, left);
        take(two, right);
        again("unchanged, learned again", one, left, Math.min(CHUNK, size / 2), 0);
        for (int round = 1; round <= 3; round++) {
            again("500 changed items", two, right, 500, round);
        }
    }

    private int done;

    private void take(UpstreamId upstream, BenchLibrary library) throws IOException {
        Meters meters = new Meters();
        int since = 0;
        List<RawPage> chunk = new ArrayList<>();
        for (String id : BenchLibrary.libraries()) {
            for (int start = 0; start < library.count(id); start += PAGE) {
                chunk.add(new RawPage(id, library.page(id, start, PAGE, 0)));
                int items = Math.min(PAGE, library.count(id) - start);
                since += items;
                done += items;
                if (chunk.size() == CHUNK / PAGE) {
                    meters.run(() -> learn(upstream, chunk));
                    chunk.clear();
                }
                if (isMark(done - items, done)) {
                    meters.run(() -> learn(upstream, chunk));
                    chunk.clear();
                    meters.print("up to " + done, since, sizeOnDisk() / done);
                    meters = new Meters();
                    since = 0;
                }
            }
        }
        if (since > 0) {
            meters.run(() -> learn(upstream, chunk));
            meters.print("up to " + done, since, sizeOnDisk() / done);
        }
    }

    private static boolean isMark(int before, int after) {
        for (int mark = 10_000; mark > 0 && mark <= after; mark *= 10) {
            if (before < mark) {
                return true;
            }
            if (before < mark * 3 && mark * 3 <= after) {
                return true;
            }
        }
        return false;
    }

    private void learn(UpstreamId upstream, List<RawPage> pages) {
        for (int from = 0; from < pages.size(); from += PAGES_AT_ONCE) {
            List<UpstreamItem> items = new ArrayList<>();
            for (RawPage page : pages.subList(from, Math.min(from + PAGES_AT_ONCE, pages.size()))) {
                items.addAll(items(page));
            }
            listener.accept(store.media().learn(upstream, items, excerpts));
        }
    }

    private static List<UpstreamItem> items(RawPage page) {
        return Page.of(page.json(), new UpstreamId(1)).items(page.library());
    }

    private void again(String what, UpstreamId upstream, BenchLibrary library, int items, int edition)
            throws IOException {
        List<RawPage> pages = new ArrayList<>();
        for (int start = 0; start < items; start += PAGE) {
            int limit = Math.min(PAGE, items - start);
            pages.add(new RawPage(BenchLibrary.FILMS, library.page(BenchLibrary.FILMS, start, limit, edition)));
        }
        Meters meters = new Meters();
        meters.run(() -> learn(upstream, pages));
        meters.print(what, items, sizeOnDisk() / done);
    }

    private long sizeOnDisk() throws IOException {
        long bytes = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> !f.toString().endsWith("-shm")).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    // Over HTTP ------------------------------------------------------------------------------------------------------

    private void crawl() throws Exception {
        List<Process> servers = new ArrayList<>();
        List<UpstreamId> upstreams = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            Process server = server(number, number == 1 ? size / 2 : size - size / 2);
            servers.add(server);
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
            upstreams.add(upstream("Server " + number, URI.create("http://127.0.0.1:" + out.readLine())));
        }
        System.out.printf("%-28s %9s %12s %14s   %s%n", "crawled", "items/s", "CPU us/item", "bytes on disk", "where");
        for (int number = 0; number < 2; number++) {
            Meters meters = new Meters();
            UpstreamId upstream = upstreams.get(number);
            meters.run(() -> crawl(upstream));
            done += number == 0 ? size / 2 : size - size / 2;
            meters.print("server " + (number + 1), number == 0 ? size / 2 : size - size / 2, sizeOnDisk() / done);
        }
        servers.forEach(Process::destroy);
    }

    private static Process server(int number, int items) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + (512 + items / 50) + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchServer.class.getName(),
                        Integer.toString(number),
                        Integer.toString(items),
                        Integer.toString(PAGE))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void crawl(UpstreamId upstream) {
        UpstreamSide side = new UpstreamSide(
                store,
                SERVER,
                new OutboundIdentity("Emby Gateway", "Gateway", "0.1.0"),
                UpstreamOptions.DEFAULT,
                CallObserver.NONE);
        side.start();
        CrawlOptions options = new CrawlOptions(PAGE, Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(100));
        Budget budget =
                new Budget(new SyncRules(SyncRules.MOST_PER_SECOND, 4, List.of(), List.of(), false), () -> Use.NONE);
        Crawler crawler =
                new Crawler(upstream, store, side.calls(), options, budget, new Learning(store, excerpts, listener));
        crawler.start();
        try {
            while (store.syncStates()
                    .find(upstream)
                    .filter(SyncState::fullyIndexed)
                    .isEmpty()) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        crawler.close();
        side.close();
    }

    // What it costs --------------------------------------------------------------------------------------------------

    /** The time and the CPU of what is run, also by kinds of threads. */
    private static final class Meters {
        private long nanos;
        private long cpu;
        private final TreeMap<String, Long> byThread = new TreeMap<>();

        void run(Runnable work) {
            Map<String, Long> before = threads();
            long began = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            work.run();
            nanos += System.nanoTime() - start;
            cpu += SYSTEM.getProcessCpuTime() - began;
            threads().forEach((name, used) -> byThread.merge(name, used - before.getOrDefault(name, 0L), Long::sum));
        }

        private static Map<String, Long> threads() {
            ThreadMXBean bean = ManagementFactory.getThreadMXBean();
            Map<String, Long> used = new TreeMap<>();
            for (ThreadInfo info : bean.getThreadInfo(bean.getAllThreadIds())) {
                if (info != null) {
                    used.merge(
                            info.getThreadName().replaceAll("-?[0-9]+.*", ""),
                            Math.max(0, bean.getThreadCpuTime(info.getThreadId())),
                            Long::sum);
                }
            }
            return used;
        }

        void print(String what, int items, long bytes) {
            StringBuilder where = new StringBuilder();
            long rest = cpu;
            for (var entry : byThread.entrySet()) {
                rest -= entry.getValue();
                if (entry.getValue() > cpu / 50) {
                    where.append("%s %.0f  ".formatted(entry.getKey(), entry.getValue() / 1e3 / items));
                }
            }
            where.append("collector, compiler and others %.0f".formatted(rest / 1e3 / items));
            System.out.printf(
                    "%-28s %9.0f %12.1f %14d   %s%n", what, items * 1e9 / nanos, cpu / 1e3 / items, bytes, where);
        }
    }
}
