package org.embygateway.sync;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final CrawlOptions options;
    private final Budgets budgets;
    private final Learning learning;
    private final Map<UpstreamId, Crawler> crawlers = new ConcurrentHashMap<>();

    public Crawls(
            Store store,
            UpstreamRegistry registry,
            UpstreamCalls calls,
            CrawlOptions options,
            Budgets budgets,
            Learning learning) {
        this.store = store;
        this.registry = registry;
        this.calls = calls;
        this.options = options;
        this.budgets = budgets;
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
                crawlers.computeIfAbsent(record.id(), this::started);
            }
        }
        Set<UpstreamId> ended = new HashSet<>(crawlers.keySet());
        ended.removeAll(wanted);
        ended.forEach(this::end);
    }

    private Crawler started(UpstreamId id) {
        Crawler crawler = new Crawler(id, store, calls, options, budgets.of(id), learning);
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
        find(id).ifPresent(Crawler::wake);
    }

    /** Crawls everything of the upstream again. False when it is not crawled at all. */
    public boolean crawlAgain(UpstreamId id) {
        Optional<Crawler> crawler = find(id);
        crawler.ifPresent(Crawler::wantFull);
        return crawler.isPresent();
    }

    /** Asks the upstream for changes and deletions now. False when it is not crawled at all. */
    public boolean catchUp(UpstreamId id) {
        Optional<Crawler> crawler = find(id);
        crawler.ifPresent(Crawler::wantChanges);
        return crawler.isPresent();
    }

    /** Ends the run under way. False when the upstream is not crawled at all. */
    public boolean cancel(UpstreamId id) {
        Optional<Crawler> crawler = find(id);
        crawler.ifPresent(Crawler::cancel);
        return crawler.isPresent();
    }

    /** The upstream says by itself that its library changed. */
    public void heard(UpstreamId id, Hint hint) {
        find(id).ifPresent(crawler -> crawler.heard(hint));
    }

    /** Whether the upstream is indexed as a whole. */
    public boolean isCrawled(UpstreamId id) {
        return find(id).isPresent();
    }

    /** How far the upstream's crawl is; nothing for one that is not crawled. */
    public SyncProgress progress(UpstreamId id) {
        return find(id).map(Crawler::progress).orElse(SyncProgress.NOTHING);
    }

    private Optional<Crawler> find(UpstreamId id) {
        return Optional.ofNullable(crawlers.get(id));
    }

    @Override
    public synchronized void close() {
        Set.copyOf(crawlers.keySet()).forEach(this::end);
    }
}
