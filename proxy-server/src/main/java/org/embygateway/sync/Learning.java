package org.embygateway.sync;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Memberships;
import org.embygateway.index.Merges.Outcome;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.UpstreamId;

/**
 * Puts what was found out into the index and tells what it changed, in order: whoever finds that the index knows something
 * already may rely on it that this was told too. While one change is told, the next may be stored.
 */
public final class Learning {
    private final MediaIndex index;
    private final Memberships memberships;
    private final Consumer<IndexChange> changes;
    /** Taken in this order; who has stored lets the next one store only when the turn to tell is theirs. */
    private final Semaphore storing = new Semaphore(1, true);

    private final Semaphore telling = new Semaphore(1, true);

    /** @param changes is told of every change, in order, after it is durable and before the one who learned goes on */
    public Learning(Store store, Consumer<IndexChange> changes) {
        this.index = store.media();
        this.memberships = store.memberships();
        this.changes = changes;
    }

    /** Durable on return. Of several items with one id the last counts. */
    void learn(UpstreamId upstream, List<UpstreamItem> items) {
        List<UpstreamItem> last = lastOfEach(items);
        if (!last.isEmpty()) {
            tell(() -> index.learn(upstream, last));
        }
    }

    /**
     * As {@link #learn}, for who has more: returns when it is durable and all that was learned before is told.
     *
     * @return waits until this is told too, and throws what that threw
     */
    Runnable learnAhead(UpstreamId upstream, List<UpstreamItem> items) {
        List<UpstreamItem> last = lastOfEach(items);
        IndexChange change = store(() -> last.isEmpty() ? IndexChange.NOTHING : index.learn(upstream, last));
        FutureTask<Void> told = new FutureTask<>(() -> tell(change), null);
        Thread.ofVirtual().name("telling-" + upstream).start(told);
        return () -> await(told);
    }

    private static List<UpstreamItem> lastOfEach(List<UpstreamItem> items) {
        Map<String, UpstreamItem> byId = new LinkedHashMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        return List.copyOf(byId.values());
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
