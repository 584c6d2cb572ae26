package org.embygateway.sync;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.embygateway.index.Excerpts;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Memberships;
import org.embygateway.index.MergedItem;
import org.embygateway.index.Merges.Outcome;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/**
 * Puts what was found out into the index and tells what it changed, in order: whoever finds that the index knows something
 * already may rely on it that this was told too. While one change is told, the next may be stored.
 */
public final class Learning {
    private final MediaIndex index;
    private final Memberships memberships;
    private final Excerpts excerpts;
    private final Consumer<IndexChange> changes;
    /** Taken in this order; who has stored lets the next one store only when the turn to tell is theirs. */
    private final Semaphore storing = new Semaphore(1, true);

    private final Semaphore telling = new Semaphore(1, true);
    private final Map<UpstreamId, Set<ItemKind>> leftOut = new ConcurrentHashMap<>();

    /**
     * @param excerpts are kept beside the documents
     * @param changes is told of every change, in order, after it is durable and before the one who learned goes on
     */
    public Learning(Store store, Excerpts excerpts, Consumer<IndexChange> changes) {
        this.index = store.media();
        this.memberships = store.memberships();
        this.excerpts = excerpts;
        this.changes = changes;
    }

    /** Durable on return. Of several items with one id the last counts. */
    void learn(UpstreamId upstream, List<UpstreamItem> items) {
        List<UpstreamItem> last = lastOfEach(upstream, items);
        if (!last.isEmpty()) {
            tell(() -> index.learn(upstream, last, excerpts));
        }
    }

    /**
     * As {@link #learn}, for who has more: returns when it is durable and all that was learned before is told.
     *
     * @return waits until this is told too, and throws what that threw
     */
    Runnable learnAhead(UpstreamId upstream, List<UpstreamItem> items) {
        List<UpstreamItem> last = lastOfEach(upstream, items);
        IndexChange change = store(() -> last.isEmpty() ? IndexChange.NOTHING : index.learn(upstream, last, excerpts));
        FutureTask<Void> told = new FutureTask<>(() -> tell(change), null);
        Thread.ofVirtual().name("telling-" + upstream).start(told);
        return () -> await(told);
    }

    private List<UpstreamItem> lastOfEach(UpstreamId upstream, List<UpstreamItem> items) {
        Map<String, UpstreamItem> byId = new LinkedHashMap<>();
        Set<ItemKind> out = leftOut(upstream);
        items.stream().filter(item -> !out.contains(item.kind())).forEach(item -> byId.put(item.id(), item));
        return List.copyOf(byId.values());
    }

    /** The kinds of lists that the owner leaves out; what is known of these is forgotten, and none is learned any more. */
    void leaveOut(UpstreamId upstream, Set<ItemKind> kinds) {
        boolean same = kinds.equals(leftOut.put(upstream, Set.copyOf(kinds)));
        if (!same && !kinds.isEmpty()) {
            forget(upstream, lists(upstream, kinds));
        }
    }

    Set<ItemKind> leftOut(UpstreamId upstream) {
        return leftOut.getOrDefault(upstream, Set.of());
    }

    private List<String> lists(UpstreamId upstream, Set<ItemKind> kinds) {
        Set<String> all = new HashSet<>(memberships.sizes(upstream).keySet());
        all.addAll(memberships.unread(upstream));
        Map<String, ItemId> ids = index.idsOf(upstream, all);
        Set<ItemId> ofKind = index.read(ids.values()).stream()
                .filter(item -> kinds.contains(item.kind()))
                .map(MergedItem::id)
                .collect(Collectors.toSet());
        return all.stream().filter(id -> ofKind.contains(ids.get(id))).toList();
    }

    /** What some lists hold; see {@link Memberships#learn}. */
    void members(UpstreamId upstream, Map<String, List<String>> lists) {
        if (!lists.isEmpty()) {
            tell(() -> memberships.learn(upstream, lists));
        }
    }

    void forget(UpstreamId upstream, Collection<String> ids) {
        if (!ids.isEmpty()) {
            tell(() -> index.forget(upstream, ids));
        }
    }

    /** All copies of an upstream that is removed. */
    public void forget(UpstreamId upstream) {
        tell(() -> index.forgetUpstream(upstream));
    }

    /** What an administrator decides on merges, in order with everything else that changes the index. */
    public Outcome decide(Supplier<Outcome> act) {
        storing.acquireUninterruptibly();
        telling.acquireUninterruptibly();
        try {
            Outcome outcome = act.get();
            if (outcome instanceof Outcome.Done done && !done.change().isEmpty()) {
                changes.accept(done.change());
            }
            return outcome;
        } finally {
            telling.release();
            storing.release();
        }
    }

    private void tell(Supplier<IndexChange> made) {
        tell(store(made));
    }

    /** Returns when all that was stored before is told, and it is this change's turn to be told. */
    private IndexChange store(Supplier<IndexChange> made) {
        storing.acquireUninterruptibly();
        try {
            IndexChange change = made.get();
            telling.acquireUninterruptibly();
            return change;
        } finally {
            storing.release();
        }
    }

    private void tell(IndexChange change) {
        try {
            if (!change.isEmpty()) {
                changes.accept(change);
            }
        } finally {
            telling.release();
        }
    }

    private static void await(FutureTask<Void> told) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    told.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException failure
                            ? failure
                            : new IllegalStateException("a change could not be told", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
