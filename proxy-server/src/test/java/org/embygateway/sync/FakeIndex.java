package org.embygateway.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.embygateway.index.Copy;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.SourceLocation;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/** An index of one upstream that merges nothing. */
final class FakeIndex implements MediaIndex {
    private final Map<String, UpstreamItem> items = new LinkedHashMap<>();
    private final Map<String, Long> sweeps = new HashMap<>();
    private final Map<String, ItemId> ids = new HashMap<>();
    private long sweep;
    final List<Integer> batches = new ArrayList<>();
    volatile int failAfterBatches = Integer.MAX_VALUE;

    @Override
    public synchronized IndexChange learn(UpstreamId upstream, List<UpstreamItem> learned) {
        if (batches.size() >= failAfterBatches) {
            throw new IllegalStateException("killed");
        }
        batches.add(learned.size());
        Set<ItemId> changed = new HashSet<>();
        for (UpstreamItem item : learned) {
            items.put(item.id(), item);
            sweeps.put(item.id(), sweep);
            changed.add(ids.computeIfAbsent(item.id(), id -> new ItemId(5000 + ids.size())));
        }
        return new IndexChange(changed, Set.of());
    }

    @Override
    public synchronized IndexChange forget(UpstreamId upstream, Collection<String> upstreamItemIds) {
        Set<ItemId> removed = new HashSet<>();
        upstreamItemIds.forEach(id -> {
            items.remove(id);
            removed.add(ids.get(id));
        });
        return new IndexChange(Set.of(), removed);
    }

    @Override
    public IndexChange forgetUpstream(UpstreamId upstream) {
        return forget(upstream, List.copyOf(items.keySet()));
    }

    @Override
    public synchronized List<String> unseenSince(UpstreamId upstream, long since) {
        return items.keySet().stream().filter(id -> sweeps.get(id) < since).toList();
    }

    @Override
    public synchronized List<String> idsIn(UpstreamId upstream, Collection<String> libraryIds) {
        return items.values().stream()
                .filter(item -> libraryIds.contains(item.libraryId()))
                .map(UpstreamItem::id)
                .toList();
    }

    @Override
    public synchronized long beginSweep(UpstreamId upstream) {
        return ++sweep;
    }

    @Override
    public Optional<ItemId> resolve(ItemId id) {
        return Optional.of(id);
    }

    @Override
    public synchronized Map<ItemId, MergedItem> find(Collection<ItemId> wanted, Visible visible) {
        Map<ItemId, MergedItem> found = new HashMap<>();
        items.values().forEach(item -> {
            ItemId id = ids.get(item.id());
            if (wanted.contains(id) && visible.includes(FakeServer.ID)) {
                found.put(id, merged(id, item));
            }
        });
        return found;
    }

    private static MergedItem merged(ItemId id, UpstreamItem item) {
        Copy copy = new Copy(FakeServer.ID, item.id(), item.libraryId(), List.of(), item.document());
        return new MergedItem(
                id, item.kind(), item.name(), List.of(copy), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    @Override
    public synchronized Map<String, ItemId> idsOf(UpstreamId upstream, Collection<String> upstreamItemIds) {
        Map<String, ItemId> found = new HashMap<>();
        upstreamItemIds.stream().filter(items::containsKey).forEach(id -> found.put(id, ids.get(id)));
        return found;
    }

    @Override
    public Optional<SourceLocation> source(MediaSourceId id, Visible visible) {
        return Optional.empty();
    }

    @Override
    public Map<String, MediaSourceId> sourceIds(
            UpstreamId upstream, String upstreamItemId, Collection<String> upstreamSourceIds) {
        return Map.of();
    }

    @Override
    public void readAll(Consumer<MergedItem> consumer) {}

    @Override
    public List<MergedItem> read(Collection<ItemId> wanted) {
        return List.copyOf(find(wanted, new Visible(Set.of(FakeServer.ID))).values());
    }

    @Override
    public long copies(UpstreamId upstream) {
        return items.size();
    }

    @Override
    public List<Conflict> conflicts() {
        return List.of();
    }

    synchronized long sweeps() {
        return sweep;
    }

    synchronized Set<String> known() {
        return Set.copyOf(items.keySet());
    }

    synchronized Optional<UpstreamItem> item(String id) {
        return Optional.ofNullable(items.get(id));
    }
}
