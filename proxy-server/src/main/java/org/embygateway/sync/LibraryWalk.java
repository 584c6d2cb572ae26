package org.embygateway.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;

/**
 * Walks a list of an upstream page by page. Servers cap pages, miscount, repeat pages and fail on single items; a walk
 * ends in any case, and says whether it saw everything. A total is believed only when a short page agrees with it;
 * otherwise the end is where a page is empty. What lists hold may repeat itself: until the total is reached, a page without
 * anything new is taken too.
 */
final class LibraryWalk {
    private static final int REMEMBERED_PAGES = 20;
    private static final int MOST_ITEMS = 20_000_000;
    private static final int TRIES = 3;
    private static final int MOST_SKIPPED_IN_A_ROW = 2;
    private static final int MOST_STALE_PAGES = 100;

    private final Reader reader;
    private final int pageSize;

    LibraryWalk(Reader reader, int pageSize) {
        this.reader = reader;
        this.pageSize = pageSize;
    }

    /** Takes a page; whatever it throws ends the walk. */
    interface Sink {
        /** @param next where the walk goes on after this page */
        void take(Page page, int next) throws InterruptedException;
    }

    /** From {@code start} to the end; true when nothing was missed. */
    boolean walk(Question question, int start, Sink sink) throws InterruptedException {
        return walk(question, start, 0, sink);
    }

    /** What a list holds; true when nothing was missed. */
    boolean walkMembers(String list, Sink sink) throws InterruptedException {
        return walk(Question.members(list), 0, MOST_STALE_PAGES, sink);
    }

    private boolean walk(Question question, int start, int mostStale, Sink sink) throws InterruptedException {
        Deque<Set<String>> recent = new ArrayDeque<>();
        Set<Long> prints = new HashSet<>();
        int skipped = 0;
        int skippedInARow = 0;
        int stale = 0;
        for (int at = start; at < MOST_ITEMS; ) {
            Taken taken = take(question, at);
            if (taken.failure().isPresent()) {
                skipped++;
                at++;
                if (++skippedInARow > MOST_SKIPPED_IN_A_ROW) {
                    throw taken.failure().get();
                }
                continue;
            }
            skippedInARow = 0;
            Page page = taken.page();
            at += page.size();
            if (page.size() == 0) {
                return skipped == 0 && at >= page.total().orElse(at);
            }
            if (repeats(page, recent) | !prints.add(print(page))) {
                if (at > page.total().orElse(0) || ++stale > mostStale) {
                    return false;
                }
            }
            sink.take(page, at);
            if (page.size() < taken.asked() && at >= page.total().orElse(Long.MAX_VALUE)) {
                return skipped == 0;
            }
        }
        return false;
    }

    /** Whether the page brings nothing but what the last pages had. */
    private static boolean repeats(Page page, Deque<Set<String>> recent) {
        List<String> ids = page.ids();
        boolean fresh = ids.stream().anyMatch(id -> recent.stream().noneMatch(p -> p.contains(id)));
        recent.addLast(new HashSet<>(ids));
        if (recent.size() > REMEMBERED_PAGES) {
            recent.removeFirst();
        }
        return !fresh;
    }

    /** Tells pages apart, however long ago they came. */
    private static long print(Page page) {
        long print = page.size();
        for (String id : page.ids()) {
            print = 1_000_003 * print + id.hashCode();
        }
        return print;
    }

    /** @param failure why not even one item could be had; the page is empty then */
    private record Taken(Page page, int asked, Optional<UpstreamFailed> failure) {}

    /** A page; a smaller one where the server fails or takes too long. */
    private Taken take(Question question, int at) throws InterruptedException {
        int size = pageSize;
        for (int failures = 1; ; failures++) {
            try {
                Question part =
                        question.with("StartIndex", Integer.toString(at)).with("Limit", Integer.toString(size));
                return new Taken(reader.page(part), size, Optional.empty());
            } catch (UpstreamFailed e) {
                if (e.fault() == UpstreamFault.NOT_FOUND || e.fault() == UpstreamFault.FORBIDDEN) {
                    throw e;
                }
                if (size == 1) {
                    return new Taken(new Page(List.of(), OptionalLong.empty()), size, Optional.of(e));
                }
                reader.rest(e, failures);
                size = failures % TRIES == 0 || e.fault() == UpstreamFault.TIMED_OUT ? Math.max(1, size / 8) : size;
            }
        }
    }
}
