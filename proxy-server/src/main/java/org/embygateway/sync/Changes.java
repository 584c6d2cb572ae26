package org.embygateway.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.SyncStates;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.UpstreamId;

/** Asks an upstream that is in the index for what it saved since, and takes in libraries it has not had before. */
final class Changes {
    /** Servers save some time after they say; for their clock see {@link Reader#setClock}. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final UpstreamId upstream;
    private final Reader reader;
    private final Libraries libraries;
    private final LibraryWalk walk;
    private final Learning learning;
    private final ArtistReading artists;
    private final MediaIndex index;
    private final SyncStates states;
    private final Meter meter;

    Changes(
            UpstreamId upstream,
            Reader reader,
            Libraries libraries,
            LibraryWalk walk,
            Learning learning,
            MediaIndex index,
            SyncStates states,
            Meter meter) {
        this.upstream = upstream;
        this.reader = reader;
        this.libraries = libraries;
        this.walk = walk;
        this.learning = learning;
        this.artists = new ArtistReading(upstream, walk, learning);
        this.index = index;
        this.states = states;
        this.meter = meter;
    }

    void run(SyncState state) throws InterruptedException {
        meter.begin(SyncProgress.Phase.CHANGES, 0);
        reader.setClock();
        Instant begun = reader.now();
        Instant since = state.deltaFrom().orElse(Instant.EPOCH).minus(OVERLAP);
        List<UpstreamItem> wanted = libraries.wanted(upstream, reader.page(Question.libraries()));
        boolean complete = true;
        for (UpstreamItem library : wanted) {
            complete &= take(library, since);
        }
        learning.learn(upstream, wanted);
        if (complete) {
            states.put(new SyncState(
                    upstream, state.checkpoint(), state.fullyIndexed(), state.lastFull(), Optional.of(begun)));
        }
        meter.end(SyncProgress.Phase.IDLE);
    }

    private boolean take(UpstreamItem library, Instant since) throws InterruptedException {
        Map<String, String> which = FullCrawl.sorted(FullCrawl.in(library));
        boolean known = !index.idsOf(upstream, List.of(library.id())).isEmpty();
        if (known) {
            which.put("MinDateLastSaved", since.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        boolean complete = known ? artists.savedSince(library, since) : artists.all(library);
        return complete
                & walk.walk(Question.items(which, library), 0, (page, next) -> {
                    List<UpstreamItem> items = page.items(library.id());
                    learning.learn(upstream, items);
                    meter.took(page.size(), page.size() - items.size());
                });
    }
}
