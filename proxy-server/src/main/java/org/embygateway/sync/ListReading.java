package org.embygateway.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.embygateway.index.Memberships;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;

/**
 * Takes in the collections and playlists of an upstream, and what they hold. They lie in no library that counts: servers
 * name collections in several, and show playlists to their owner only. What a list holds is read again when its item
 * was saved or its number of members is another; a list that cannot be read is tried again at the next run. One that ends
 * before the server's own total does not replace a longer one.
 */
final class ListReading {
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final int AT_ONCE = 20;

    private final UpstreamId upstream;
    private final Reader reader;
    private final LibraryWalk walk;
    private final Learning learning;
    private final Memberships memberships;
    private Instant known = Instant.EPOCH;
    private Set<ItemKind> leftOut = Set.of();

    ListReading(UpstreamId upstream, Reader reader, LibraryWalk walk, Learning learning, Memberships memberships) {
        this.upstream = upstream;
        this.reader = reader;
        this.walk = walk;
        this.learning = learning;
        this.memberships = memberships;
    }

    /** All lists the first time, later those that were saved since. */
    void run() throws InterruptedException {
        Instant begun = reader.now();
        boolean complete = true;
        if (!leftOut.equals(learning.leftOut(upstream))) {
            leftOut = learning.leftOut(upstream);
            known = Instant.EPOCH;
        }
        for (ItemKind kind : Question.LISTS) {
            complete &= leftOut.contains(kind) || learn(kind);
        }
        if (complete) {
            known = begun;
        }
        read(memberships.unread(upstream));
    }

    private boolean learn(ItemKind kind) throws InterruptedException {
        Question question = Question.lists(kind);
        if (known.isAfter(Instant.EPOCH)) {
            question = question.with(
                    "MinDateLastSaved",
                    known.minus(OVERLAP).truncatedTo(ChronoUnit.SECONDS).toString());
        }
        try {
            return walk.walk(
                    question,
                    0,
                    (page, next) -> learning.learn(
                            upstream,
                            page.items("").stream()
                                    .filter(item -> item.kind() == kind)
                                    .toList()));
        } catch (UpstreamFailed e) {
            return hasNone(e);
        }
    }

    private static boolean hasNone(UpstreamFailed failure) {
        return failure.fault() == UpstreamFault.NOT_FOUND || failure.fault() == UpstreamFault.FORBIDDEN;
    }

    private void read(List<String> lists) throws InterruptedException {
        Map<String, Integer> sizes = lists.isEmpty() ? Map.of() : memberships.sizes(upstream);
        Map<String, List<String>> members = new LinkedHashMap<>();
        for (String list : lists) {
            read(list, sizes.getOrDefault(list, 0), members);
            if (members.size() == AT_ONCE) {
                learning.members(upstream, members);
                members.clear();
            }
        }
        learning.members(upstream, members);
    }

    private void read(String list, int size, Map<String, List<String>> into) throws InterruptedException {
        Members members = new Members();
        try {
            boolean complete = walk.walkMembers(list, members);
            if (complete || members.isWhole() || members.ids.size() >= size) {
                into.put(list, members.ids);
            }
        } catch (UpstreamFailed e) {
            if (hasNone(e)) {
                into.put(list, List.of());
            }
        }
    }

    /** What a list holds, as far as the walk came, and how far the server says that it goes. */
    private static final class Members implements LibraryWalk.Sink {
        private final List<String> ids = new ArrayList<>();
        private long reached;
        private long total;

        @Override
        public void take(Page page, int next) {
            ids.addAll(page.ids());
            reached = next;
            total = page.total().orElse(0);
        }

        boolean isWhole() {
            return total > 0 && reached >= total;
        }
    }

    /** Adds the ids of all lists, and reads those whose number of members is not as it was; false when some are missing. */
    boolean sweep(Set<String> listed) throws InterruptedException {
        Map<String, Integer> sizes = memberships.sizes(upstream);
        Set<String> different = new LinkedHashSet<>();
        boolean complete = true;
        for (ItemKind kind : Question.LISTS) {
            try {
                complete &= walk.walk(Question.listSizes(kind), 0, (page, next) -> {
                    listed.addAll(page.ids());
                    different.addAll(page.idsWhere(entry -> isDifferent(entry, sizes)));
                });
            } catch (UpstreamFailed e) {
                complete &= hasNone(e);
            }
        }
        read(List.copyOf(different));
        return complete;
    }

    /** Only when the server tells a number and the list was read. */
    private static boolean isDifferent(JsonNode list, Map<String, Integer> sizes) {
        JsonNode told = list.path("ChildCount");
        int size = sizes.getOrDefault(ItemParser.id(list, "Id"), told.asInt());
        return told.isInt() && told.asInt() != size;
    }
}
