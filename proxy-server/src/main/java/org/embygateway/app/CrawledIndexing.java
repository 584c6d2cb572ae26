package org.embygateway.app;

import java.util.Locale;
import org.embygateway.admin.Indexing;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.sync.Crawls;
import org.embygateway.sync.ReadThrough;
import org.embygateway.sync.SyncProgress;

/** Crawling in the words of the servers' administration. */
record CrawledIndexing(Crawls crawls, ReadThrough readThrough) implements Indexing {
    @Override
    public void serversChanged() {
        crawls.reload();
    }

    @Override
    public void forgotten(UpstreamId id) {
        readThrough.reopen(id);
    }

    @Override
    public boolean startAgain(UpstreamId id) {
        return crawls.crawlAgain(id);
    }

    @Override
    public Progress progress(UpstreamId id) {
        SyncProgress now = crawls.progress(id);
        return new Progress(
                now.phase().name().toLowerCase(Locale.ROOT),
                now.done(),
                now.total(),
                now.perSecond(),
                now.left(),
                now.startedAt(),
                now.lastFull(),
                now.lastChanges(),
                now.fullyIndexed(),
                now.errors(),
                now.trouble());
    }
}
