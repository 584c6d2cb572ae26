package org.embygateway.app;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.embygateway.admin.Indexing;
import org.embygateway.index.SyncRules;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.sync.Budgets;
import org.embygateway.sync.Crawls;
import org.embygateway.sync.LibraryProgress;
import org.embygateway.sync.ReadThrough;
import org.embygateway.sync.SyncProgress;
import org.embygateway.upstream.EventSockets;

/** Crawling in the words of the servers' administration. */
record CrawledIndexing(Crawls crawls, ReadThrough readThrough, Budgets budgets, EventSockets events)
        implements Indexing {
    @Override
    public void serversChanged() {
        crawls.reload();
        events.reload();
    }

    @Override
    public synchronized void forgotten(UpstreamId id) {
        readThrough.reopen(id);
        budgets.change(id, SyncRules.DEFAULT);
    }

    @Override
    public synchronized void allow(UpstreamId id, UnaryOperator<SyncRules> change) {
        SyncRules before = budgets.rules(id);
        SyncRules rules = change.apply(before);
        if (rules.equals(before)) {
            return;
        }
        budgets.change(id, rules);
        boolean sameLibraries =
                before.include().equals(rules.include()) && before.exclude().equals(rules.exclude());
        if (!sameLibraries) {
            readThrough.reopen(id);
            crawls.cancel(id); // what is under way goes by the old rules
            crawls.catchUp(id);
        }
    }

    @Override
    public boolean startAgain(UpstreamId id) {
        return crawls.crawlAgain(id);
    }

    @Override
    public boolean catchUp(UpstreamId id) {
        return crawls.catchUp(id);
    }

    @Override
    public boolean cancel(UpstreamId id) {
        return crawls.cancel(id);
    }

    @Override
    public Progress progress(UpstreamId id) {
        SyncProgress now = crawls.progress(id);
        return new Progress(
                now.phase().name().toLowerCase(Locale.ROOT),
                now.pause().map(CrawledIndexing::paused),
                now.done(),
                now.total(),
                now.perSecond(),
                now.left(),
                now.startedAt(),
                now.lastFull(),
                now.lastChanges(),
                now.nextRun(),
                now.fullyIndexed(),
                now.errors(),
                now.waitsFor(),
                now.lastFailure().map(failure -> new Failure(failure.words(), failure.at())),
                now.libraries().stream().map(CrawledIndexing::library).toList(),
                events.isHeard(id));
    }

    private static Library library(LibraryProgress library) {
        return new Library(
                library.name(),
                library.state().name().toLowerCase(Locale.ROOT),
                library.done(),
                library.total(),
                library.perSecond(),
                library.left());
    }

    private static Paused paused(SyncProgress.Pause why) {
        String words = switch (why) {
            case ADMINISTRATOR -> "An administrator paused it.";
            case PEOPLE_STREAM -> "People are streaming from this server.";
            case PEOPLE_BROWSE -> "People are browsing what this server has.";
        };
        return new Paused(why.name().toLowerCase(Locale.ROOT), words);
    }
}
