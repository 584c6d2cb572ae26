package org.embygateway.sync;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
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
 * Puts what was found out into the index and tells what it changed, one after the other: whoever finds that the index
 * knows something already may rely on it that this was told too.
 */
public final class Learning {
    private final MediaIndex index;
    private final Memberships memberships;
    private final Consumer<IndexChange> changes;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /** @param changes is told of every change, in order, after it is durable and before the one who learned goes on */
    public Learning(Store store, Consumer<IndexChange> changes) {
        this.index = store.media();
        this.memberships = store.memberships();
        this.changes = changes;
    }

    /** Durable on return. Of several items with one id the last counts. */
    void learn(UpstreamId upstream, List<UpstreamItem> items) {
        Map<String, UpstreamItem> byId = new LinkedHashMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        if (!byId.isEmpty()) {
            tell(() -> index.learn(upstream, List.copyOf(byId.values())));
        }
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
        oneAtATime.lock();
        try {
            Outcome outcome = act.get();
            if (outcome instanceof Outcome.Done done && !done.change().isEmpty()) {
                changes.accept(done.change());
            }
            return outcome;
        } finally {
            oneAtATime.unlock();
        }
    }

    private void tell(Supplier<IndexChange> made) {
        oneAtATime.lock();
        try {
            IndexChange change = made.get();
            if (!change.isEmpty()) {
                changes.accept(change);
            }
        } finally {
            oneAtATime.unlock();
        }
    }
}
