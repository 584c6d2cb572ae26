package org.embygateway.sync;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.UpstreamId;

/** Puts what was found out into the index and tells what it changed. */
final class Learning {
    private final MediaIndex index;
    private final Consumer<IndexChange> changes;

    Learning(MediaIndex index, Consumer<IndexChange> changes) {
        this.index = index;
        this.changes = changes;
    }

    /** Durable on return. Of several items with one id the last counts. */
    void learn(UpstreamId upstream, List<UpstreamItem> items) {
        Map<String, UpstreamItem> byId = new LinkedHashMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        if (!byId.isEmpty()) {
            tell(index.learn(upstream, List.copyOf(byId.values())));
        }
    }

    void forget(UpstreamId upstream, Collection<String> ids) {
        if (!ids.isEmpty()) {
            tell(index.forget(upstream, ids));
        }
    }

    private void tell(IndexChange change) {
        if (!change.isEmpty()) {
            changes.accept(change);
        }
    }
}
