package org.embygateway.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;

/**
 * Compares the ids that an upstream lists with those the index knows. What the index missed is read. What the upstream
 * does not list any more is forgotten with proof only: two complete sweeps in a row missed it and the server, asked for
 * it by its id, does not know it. When more than half of everything is missing, only a 404 for the very item counts,
 * since a server that is being repaired looks just like that.
 */
final class Sweep {
    private static final int PAGE = 1000;
    private static final int ASKED_AT_ONCE = 100;
    private static final int MOST_SINGLE_QUESTIONS = 2000;
    private static final int MOST_UNREADABLE = 100_000;
    /** More than one item that breaks its answer can cause: the server itself fails. */
    private static final int MOST_FAILURES_IN_A_ROW = 20;

    private final UpstreamId upstream;
    private final Reader reader;
    private final Libraries libraries;
    private final LibraryWalk walk;
    private final ListReading lists;
    private final Learning learning;
    private final MediaIndex index;
    private final Meter meter;
    private final Set<String> unreadable = new HashSet<>();
    private Set<String> missedBefore = Set.of();
    private int failuresInARow;

    Sweep(
            UpstreamId upstream,
            Reader reader,
            Libraries libraries,
            ListReading lists,
            Learning learning,
            MediaIndex index,
            Meter meter) {
        this.upstream = upstream;
        this.reader = reader;
        this.libraries = libraries;
        this.walk = new LibraryWalk(reader, PAGE);
        this.lists = lists;
        this.learning = learning;
        this.index = index;
        this.meter = meter;
    }

    /** True when something is missing that the next sweep decides on; what the server was asked for and has is decided. */
    boolean run() throws InterruptedException {
        boolean undecided = false;
        meter.begin(SyncProgress.Phase.SWEEPING, 0);
        failuresInARow = 0;
        List<String> known = index.unseenSince(upstream, index.beginSweep(upstream));
        meter.expect(known.size());
        Set<String> listed = new HashSet<>();
        if (list(listed)) {
            Set<String> missing = new HashSet<>(known);
            missing.removeAll(listed);
            Set<String> twice = missing.stream().filter(missedBefore::contains).collect(Collectors.toSet());
            Set<String> gone = missing.size() > listed.size() ? denied(twice) : unknown(twice);
            learning.forget(upstream, gone);
            missing.removeAll(gone);
            undecided = !twice.containsAll(missing) || gone.size() == MOST_SINGLE_QUESTIONS;
            missedBefore = missing;
        }
        meter.end(SyncProgress.Phase.IDLE);
        return undecided;
    }

    private boolean list(Set<String> listed) throws InterruptedException {
        List<UpstreamItem> wanted = libraries.wanted(upstream, reader.page(Question.libraries()));
        boolean complete = !wanted.isEmpty();
        for (UpstreamItem library : wanted) {
            listed.add(library.id());
            Set<String> unknown = new HashSet<>();
            Question ids = Question.ids(FullCrawl.sorted(FullCrawl.in(library)));
            complete &= walk.walk(ids, 0, (page, next) -> {
                listed.addAll(page.ids());
                unknown.addAll(unknownOf(page.ids()));
                meter.took(page.size(), 0);
            });
            read(unknown, library.id());
        }
        return complete && lists.sweep(listed);
    }

    private Set<String> unknownOf(List<String> ids) {
        Set<String> unknown = new HashSet<>(ids);
        unknown.removeAll(index.idsOf(upstream, ids).keySet());
        unknown.removeAll(unreadable);
        return unknown;
    }

    /** Takes in what neither the crawl nor the changes brought; what cannot be read is not asked for again. */
    private void read(Collection<String> ids, String library) throws InterruptedException {
        Set<String> left = new HashSet<>(ids);
        for (List<String> part : parts(List.copyOf(ids))) {
            read(part, library, left);
        }
        if (unreadable.size() < MOST_UNREADABLE) {
            unreadable.addAll(left);
        }
    }

    private void read(List<String> part, String library, Set<String> left) throws InterruptedException {
        Optional<Page> page = page(Question.items(Map.of("Ids", String.join(",", part)), library));
        if (page.isPresent()) {
            List<UpstreamItem> items = page.get().items(library).stream()
                    .filter(item -> part.contains(item.id()))
                    .toList();
            learning.learn(upstream, items);
            items.forEach(item -> left.remove(item.id()));
            return;
        }
        for (List<String> half : halves(part)) {
            read(half, library, left);
        }
    }

    /** Empty when an item may have broken the answer. */
    private Optional<Page> page(Question question) throws InterruptedException {
        try {
            Page page = reader.page(question);
            failuresInARow = 0;
            return Optional.of(page);
        } catch (UpstreamFailed e) {
            boolean mayBeAnItem = e.fault() == UpstreamFault.BAD_ANSWER || e.fault() == UpstreamFault.TIMED_OUT;
            if (!mayBeAnItem || ++failuresInARow > MOST_FAILURES_IN_A_ROW) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Those that the server leaves out when it is asked for exactly them. */
    private Set<String> unknown(Set<String> ids) throws InterruptedException {
        Set<String> gone = new HashSet<>(ids);
        for (List<String> part : parts(List.copyOf(ids))) {
            keepKnown(part, gone);
        }
        return gone;
    }

    /** Keeps what the server fails on, too. */
    private void keepKnown(List<String> part, Set<String> gone) throws InterruptedException {
        Optional<Page> page = page(Question.ids(Map.of("Ids", String.join(",", part))));
        if (page.isPresent()) {
            page.get().ids().forEach(gone::remove);
            return;
        }
        if (part.size() == 1) {
            gone.removeAll(part);
        }
        for (List<String> half : halves(part)) {
            keepKnown(half, gone);
        }
    }

    /** Those that the server answers 404 for. The first that it still has shows that its lists lie. */
    private Set<String> denied(Set<String> ids) throws InterruptedException {
        Set<String> gone = new HashSet<>();
        int failures = 0;
        for (String id : ids.stream().limit(MOST_SINGLE_QUESTIONS).toList()) {
            Word word = wordOn(id);
            failures = word == Word.FAILS ? failures + 1 : 0;
            if (word == Word.HAS_IT || failures > MOST_FAILURES_IN_A_ROW) {
                break;
            }
            if (word == Word.DENIES_IT) {
                gone.add(id);
            }
        }
        return gone;
    }

    /** Takes an upstream's word that some items are gone, if it says the same when asked for each. */
    void hintedGone(Collection<String> ids) throws InterruptedException {
        Set<String> gone = new HashSet<>();
        for (String id : index.idsOf(upstream, ids).keySet()) {
            if (wordOn(id) == Word.DENIES_IT) {
                gone.add(id);
            }
        }
        learning.forget(upstream, gone);
    }

    /** What the server says of one item. */
    private enum Word {
        HAS_IT,
        DENIES_IT,
        FAILS
    }

    private Word wordOn(String id) throws InterruptedException {
        try {
            reader.entry(Question.item(id, ""));
            return Word.HAS_IT;
        } catch (UpstreamFailed e) {
            return e.fault() == UpstreamFault.NOT_FOUND ? Word.DENIES_IT : Word.FAILS;
        }
    }

    /** Nothing of what cannot be halved. */
    private static List<List<String>> halves(List<String> part) {
        int middle = part.size() / 2;
        return middle == 0 ? List.of() : List.of(part.subList(0, middle), part.subList(middle, part.size()));
    }

    private static List<List<String>> parts(List<String> ids) {
        List<List<String>> parts = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += ASKED_AT_ONCE) {
            parts.add(ids.subList(i, Math.min(ids.size(), i + ASKED_AT_ONCE)));
        }
        return parts;
    }
}
