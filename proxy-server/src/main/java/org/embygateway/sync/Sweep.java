package org.embygateway.sync;

import java.util.ArrayList;
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
 * Finds what an upstream does not have any more, and demands proof: a copy is forgotten when two complete sweeps in a
 * row missed it and the server, asked for it by its id, does not know it. When more than half of everything is missing,
 * only a 404 for the very item counts, since a server that is being repaired looks just like that.
 */
final class Sweep {
    private static final int PAGE = 1000;
    private static final int ASKED_AT_ONCE = 100;
    private static final int MOST_SINGLE_QUESTIONS = 500;

    private final UpstreamId upstream;
    private final Reader reader;
    private final LibraryWalk walk;
    private final ListReading lists;
    private final Learning learning;
    private final MediaIndex index;
    private final Meter meter;
    private Set<String> missedBefore = Set.of();

    Sweep(UpstreamId upstream, Reader reader, ListReading lists, Learning learning, MediaIndex index, Meter meter) {
        this.upstream = upstream;
        this.reader = reader;
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
        Set<String> listed = new HashSet<>();
        if (list(listed)) {
            Set<String> missing = new HashSet<>(known);
            missing.removeAll(listed);
            Set<String> twice = missing.stream().filter(missedBefore::contains).collect(Collectors.toSet());
            Set<String> gone = missing.size() * 2L > listed.size() + missing.size() ? denied(twice) : unknown(twice);
            learning.forget(upstream, gone);
            missing.removeAll(gone);
            missedBefore = missing;
        }
        meter.end(SyncProgress.Phase.IDLE);
        return !missedBefore.isEmpty();
    }

    private boolean list(Set<String> listed) throws InterruptedException {
        List<UpstreamItem> libraries = Libraries.in(reader.page(Question.libraries()));
        boolean complete = !libraries.isEmpty();
        for (UpstreamItem library : libraries) {
            listed.add(library.id());
            Question ids = Question.ids(FullCrawl.sorted(FullCrawl.in(library.id())));
            complete &= walk.walk(ids, 0, (page, next) -> {
                listed.addAll(page.ids());
                meter.took(page.size(), 0);
            });
        }
        return complete && lists.sweep(listed);
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

    /** Those that the server answers 404 for. */
    private Set<String> denied(Set<String> ids) throws InterruptedException {
        Set<String> gone = new HashSet<>();
        for (String id : ids.stream().limit(MOST_SINGLE_QUESTIONS).toList()) {
            try {
                reader.answer(Question.item(id, ""));
            } catch (UpstreamFailed e) {
                if (e.fault() == UpstreamFault.NOT_FOUND) {
                    gone.add(id);
                }
            }
        }
        return gone;
    }

    private static List<List<String>> parts(List<String> ids) {
        List<List<String>> parts = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += ASKED_AT_ONCE) {
            parts.add(ids.subList(i, Math.min(ids.size(), i + ASKED_AT_ONCE)));
        }
        return parts;
    }
}
