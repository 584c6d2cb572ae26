package org.embygateway.sync;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRegistry;

/** The crawlers of all upstreams that are to be indexed in full. */
public final class Crawls implements AutoCloseable {
    private final Store store;
    private final UpstreamRegistry registry;
    private final UpstreamCalls calls;
    private final Function<UpstreamRecord, CrawlOptions> options;
    private final Predicate<UpstreamId> inUse;
    private final Learning learning;
    private final Map<UpstreamId, Crawler> crawlers = new ConcurrentHashMap<>();

    /**
     * @param inUse whether people are streaming from the upstream right now
     */
    public Crawls(
            Store store,
            UpstreamRegistry registry,
            UpstreamCalls calls,
            Function<UpstreamRecord, CrawlOptions> options,
            Predicate<UpstreamId> inUse,
            Learning learning) {
        this.store = store;
        this.registry = registry;
        this.calls = calls;
        this.options = options;
        this.inUse = inUse;
        this.learning = learning;
    }

    public void start() {
        reload();
    }

    /** Takes over what changed in the registry: starts crawlers of new upstreams, ends those of removed ones. */
    public synchronized void reload() {
        Set<UpstreamId> wanted = new HashSet<>();
        for (UpstreamRecord record : registry.all()) {
            if (record.sync() == UpstreamRecord.SyncMode.FULL) {
                wanted.add(record.id());
                crawlers.computeIfAbsent(record.id(), id -> started(record));
            }
        }
        Set<UpstreamId> ended = new HashSet<>(crawlers.keySet());
        ended.removeAll(wanted);
        ended.forEach(this::end);
    }

    private Crawler started(UpstreamRecord record) {
        UpstreamId id = record.id();
        Crawler crawler = new Crawler(id, store, calls, options.apply(record), () -> inUse.test(id), learning);
        crawler.start();
        return crawler;
    }

    private void end(UpstreamId id) {
        Crawler crawler = crawlers.remove(id);
        if (crawler != null) {
            crawler.close();
        }
    }

    /** An upstream came back: its crawler need not wait any longer. */
    public void wake(UpstreamId id) {
        Optional.ofNullable(crawlers.get(id)).ifPresent(Crawler::wake);
    }

    /** Crawls everything of the upstream again. False when it is not crawled at all. */
    public boolean crawlAgain(UpstreamId id) {
        Optional<Crawler> crawler = Optional.ofNullable(crawlers.get(id));
        crawler.ifPresent(Crawler::wantFull);
        return crawler.isPresent();
    }

    /** Asks the upstream for changes and deletions now. False when it is not crawled at all. */
    public boolean catchUp(UpstreamId id) {
        Optional<Crawler> crawler = Optional.ofNullable(crawlers.get(id));
        crawler.ifPresent(Crawler::wantChanges);
        return crawler.isPresent();
    }

    /** How far the upstream's crawl is; nothing for one that is not crawled. */
    public SyncProgress progress(UpstreamId id) {
        return Optional.ofNullable(crawlers.get(id)).map(Crawler::progress).orElse(SyncProgress.NOTHING);
    }

    @Override
    public synchronized void close() {
        Set.copyOf(crawlers.keySet()).forEach(this::end);
    }
}
