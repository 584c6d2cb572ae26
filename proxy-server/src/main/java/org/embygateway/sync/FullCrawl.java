package org.embygateway.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.embygateway.index.SyncStates;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;

/**
 * Takes everything an upstream has into the index, library by library. Each page is in the index before the checkpoint
 * moves behind it, so that a crawl that is killed goes on where it was and has lost nothing.
 */
final class FullCrawl {
    private final UpstreamId upstream;
    private final Reader reader;
    private final Libraries libraries;
    private final LibraryWalk walk;
    private final ArtistReading artists;
    private final ListReading lists;
    private final Learning learning;
    private final SyncStates states;
    private final Meter meter;

    FullCrawl(
            UpstreamId upstream,
            Reader reader,
            Libraries libraries,
            LibraryWalk walk,
            ListReading lists,
            Learning learning,
            SyncStates states,
            Meter meter) {
        this.upstream = upstream;
        this.reader = reader;
        this.libraries = libraries;
        this.walk = walk;
        this.artists = new ArtistReading(upstream, walk, learning);
        this.lists = lists;
        this.learning = learning;
        this.states = states;
        this.meter = meter;
    }

    /** Goes on from the checkpoint if there is one. */
    void run() throws InterruptedException {
        Optional<Checkpoint> kept = Checkpoint.read(state().checkpoint());
        meter.begin(SyncProgress.Phase.LISTING, kept.map(Checkpoint::done).orElse(0L));
        reader.setClock();
        Checkpoint point = kept.orElseGet(() -> new Checkpoint(reader.now(), List.of(), 0, 0, 0));
        List<UpstreamItem> found = libraries.wanted(upstream, reader.page(Question.libraries()));
        learning.learn(upstream, found);
        List<String> ids = found.stream().map(UpstreamItem::id).toList();
        Checkpoint from = point.libraries().equals(ids) ? point : new Checkpoint(point.started(), ids, 0, 0, 0);
        expect(from, found);
        crawl(from, found);
    }

    private void expect(Checkpoint from, List<UpstreamItem> found) throws InterruptedException {
        List<LibraryMeters.Expected> expected = new ArrayList<>();
        for (UpstreamItem library : found) {
            expected.add(new LibraryMeters.Expected(library.name(), count(library)));
        }
        meter.expect(LibraryMeters.of(expected, from.library(), from.start()));
        if (expected.stream().allMatch(library -> library.items().isPresent())) {
            meter.expect(expected.stream()
                    .mapToLong(library -> library.items().orElse(0))
                    .sum());
        }
    }

    private OptionalLong count(UpstreamItem library) throws InterruptedException {
        try {
            return reader.page(Question.ids(in(library)).with("Limit", "1")).total();
        } catch (UpstreamFailed e) {
            return OptionalLong.empty();
        }
    }

    private void crawl(Checkpoint from, List<UpstreamItem> found) throws InterruptedException {
        Checkpoint point = from;
        boolean complete = true;
        save(point);
        for (int i = from.library(); i < from.libraries().size(); i++) {
            Trail trail = new Trail(point.at(i, i == from.library() ? from.start() : 0, point.done()));
            meter.enters(i);
            complete &= crawlLibrary(found.get(i), trail);
            meter.leaves(i);
            point = trail.point.at(i + 1, 0, trail.point.done());
            save(point);
        }
        lists.run();
        finish(point, complete);
    }

    /** Learns one library and lets the checkpoint follow. What is learned is told while the next is stored. */
    private final class Trail implements Intake.Batch {
        private volatile Checkpoint point;
        private volatile Runnable told = () -> {};

        Trail(Checkpoint point) {
            this.point = point;
        }

        @Override
        public void take(List<Intake.Part> parts) {
            List<UpstreamItem> items =
                    parts.stream().flatMap(part -> part.items().stream()).toList();
            Runnable toldNow = learning.learnAhead(upstream, items);
            told.run();
            told = toldNow;
            int size = parts.stream().mapToInt(Intake.Part::size).sum();
            point = point.at(point.library(), parts.getLast().next(), point.done() + size);
            save(point);
            meter.took(size, size - items.size());
        }
    }

    private boolean crawlLibrary(UpstreamItem library, Trail trail) throws InterruptedException {
        try {
            return walk(library, trail) & artists.all(library);
        } catch (UpstreamFailed e) {
            if (e.fault() == UpstreamFault.NOT_FOUND || e.fault() == UpstreamFault.FORBIDDEN) {
                return true;
            }
            throw e;
        } finally {
            trail.told.run();
        }
    }

    private boolean walk(UpstreamItem library, Trail trail) throws InterruptedException {
        Question question = Question.items(sorted(in(library)), library);
        try (Intake intake = Intake.start(trail, "intake-" + upstream)) {
            try {
                return walk.walk(
                        question,
                        trail.point.start(),
                        (page, next) -> intake.add(new Intake.Part(page.items(library.id()), page.size(), next)));
            } finally {
                intake.drain();
            }
        }
    }

    static Map<String, String> in(UpstreamItem library) {
        Map<String, String> which = new LinkedHashMap<>();
        which.put("ParentId", library.id());
        which.put("Recursive", "true");
        which.put("IncludeItemTypes", Question.typesIn(library.collectionType()));
        return which;
    }

    /** What is added during a walk comes at its end, so that no page shifts. */
    static Map<String, String> sorted(Map<String, String> which) {
        which.put("SortBy", "DateCreated,SortName");
        which.put("SortOrder", "Ascending");
        which.put("EnableTotalRecordCount", "true");
        return which;
    }

    private SyncState state() {
        return states.find(upstream).orElse(new SyncState(upstream, "", false, Optional.empty(), Optional.empty()));
    }

    private void save(Checkpoint point) {
        SyncState now = state();
        states.put(new SyncState(upstream, point.json(), now.fullyIndexed(), now.lastFull(), now.deltaFrom()));
    }

    /**
     * An incomplete crawl is not taken for one: what it missed is asked for again at the next, and live meanwhile. Nor is
     * one that found no library.
     */
    private void finish(Checkpoint point, boolean missedNothing) {
        boolean complete = missedNothing && !point.libraries().isEmpty();
        SyncState now = state();
        states.put(new SyncState(
                upstream,
                "",
                now.fullyIndexed() || complete,
                complete ? Optional.of(Instant.now()) : now.lastFull(),
                complete ? Optional.of(point.started()) : now.deltaFrom()));
        meter.end(missedNothing ? SyncProgress.Phase.IDLE : SyncProgress.Phase.FAILED);
    }
}
