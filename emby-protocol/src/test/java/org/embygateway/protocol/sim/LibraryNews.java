package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;

/** Tells all web sockets of changed items, those of a moment together. */
final class LibraryNews {
    private static final Duration TOGETHER = Duration.ofMillis(150);

    private final SimSockets sockets;
    private final Map<SimItem, SimCatalog.Change> pending = new LinkedHashMap<>();

    LibraryNews(SimSockets sockets) {
        this.sockets = sockets;
    }

    synchronized void heard(SimCatalog.Change change, SimItem item) {
        if (sockets.count() == 0 || item.kind.isByName()) {
            return;
        }
        if (pending.isEmpty()) {
            Thread.startVirtualThread(this::tellSoon);
        }
        SimCatalog.Change before = pending.get(item);
        boolean stillNew = before == SimCatalog.Change.ADDED && change == SimCatalog.Change.UPDATED;
        pending.put(item, stillNew ? before : change);
    }

    private void tellSoon() {
        try {
            Thread.sleep(TOGETHER);
            sockets.toAll("LibraryChanged", message());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized ObjectNode message() {
        ObjectNode data = EmbyJson.object();
        for (String list : new String[] {
            "FoldersAddedTo", "FoldersRemovedFrom", "ItemsAdded", "ItemsRemoved", "ItemsUpdated", "CollectionFolders"
        }) {
            data.putArray(list);
        }
        pending.forEach((item, change) -> data.withArray(
                        switch (change) {
                            case ADDED -> "ItemsAdded";
                            case REMOVED -> "ItemsRemoved";
                            case UPDATED -> "ItemsUpdated";
                        })
                .add(item.id()));
        pending.keySet().stream()
                .flatMap(i -> i.ancestor(ItemKind.COLLECTION_FOLDER).stream())
                .distinct()
                .forEach(view -> data.withArray("CollectionFolders").add(view.id()));
        pending.clear();
        return data.put("IsEmpty", false);
    }
}
