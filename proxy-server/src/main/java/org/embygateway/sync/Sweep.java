package org.embygateway.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    /** True when something is missing that the next sweep decides on. */
    boolean run() throws InterruptedException {
        meter.begin(SyncProgress.Phase.SWEEPING, 0);
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
            missedBefore = missing;
        }
        meter.end(SyncProgress.Phase.IDLE);
        return !missedBefore.isEmpty();
    }

    private boolean list(Set<String> listed) throws InterruptedException {
        List<UpstreamItem> wanted = libraries.wanted(upstream, reader.page(Question.libraries()));
        boolean complete = !wanted.isEmpty();
        for (UpstreamItem library : wanted) {
            listed.add(library.id());
            Set<String> unknown = new HashSet<>();
            Question ids = Question.ids(FullCrawl.sorted(FullCrawl.in(library.id())));
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

    /** Takes in what neither the crawl nor the changes brought; what cannot be understood is not asked for again. */
    private void read(Collection<String> ids, String library) throws InterruptedException {
        for (List<String> part : parts(List.copyOf(ids))) {
            Question question = Question.items(Map.of("Ids", String.join(",", part)), library);
            List<UpstreamItem> items = reader.page(question).items(library).stream()
                    .filter(item -> part.contains(item.id()))
                    .toList();
            learning.learn(upstream, items);
            if (unreadable.size() < MOST_UNREADABLE) {
                unreadable.addAll(part);
            }
            items.forEach(item -> unreadable.remove(item.id()));
        }
    }

    /** Those that the server leaves out when it is asked for exactly them. */
    private Set<String> unknown(Set<String> ids) throws InterruptedException {
        Set<String> gone = new HashSet<>(ids);
        for (List<String> part : parts(List.copyOf(ids))) {
            Question question = Question.ids(Map.of("Ids", String.join(",", part)));
            reader.page(question).ids().forEach(gone::remove);
        }
        return gone;
    }

    /** Those that the server answers 404 for. The first that it still has shows that its lists lie. */
    private Set<String> denied(Set<String> ids) throws InterruptedException {
        Set<String> gone = new HashSet<>();
        for (String id : ids.stream().limit(MOST_SINGLE_QUESTIONS).toList()) {
            if (!isDenied(id)) {
                break;
            }
            gone.add(id);
        }
        return gone;
    }

    /** Takes an upstream's word that some items are gone, if it says the same when asked for each. */
    void hintedGone(Collection<String> ids) throws InterruptedException {
        Set<String> gone = new HashSet<>();
        for (String id : index.idsOf(upstream, ids).keySet()) {
            if (isDenied(id)) {
                gone.add(id);
            }
        }
        learning.forget(upstream, gone);
    }

    private boolean isDenied(String id) throws InterruptedException {
        try {
            reader.answer(Question.item(id, ""));
            return false;
        } catch (UpstreamFailed e) {
            if (e.fault() == UpstreamFault.NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    private static List<List<String>> parts(List<String> ids) {
        List<List<String>> parts = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += ASKED_AT_ONCE) {
            parts.add(ids.subList(i, Math.min(ids.size(), i + ASKED_AT_ONCE)));
        }
        return parts;
    }
}
