package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

/** An index of items that were merged by hand. */
class FakeIndex implements MediaIndex {
    final Map<ItemId, MergedItem> items = new TreeMap<>();
    final Map<ItemId, ItemId> aliases = new HashMap<>();
    Optional<State> state = Optional.empty();
    int reads;
    int readAlls;

    @Override
    public Map<ItemId, MergedItem> find(Collection<ItemId> ids, Visible visible) {
        reads++;
        Map<ItemId, MergedItem> found = new HashMap<>();
        for (ItemId id : ids) {
            MergedItem item = items.get(id);
            if (item != null && item.copies().stream().anyMatch(copy -> visible.includes(copy.upstream()))) {
                List<Copy> copies = item.copies().stream()
                        .filter(copy -> visible.includes(copy.upstream()))
                        .toList();
                found.put(
                        id,
                        new MergedItem(
                                id,
                                item.kind(),
                                item.name(),
                                copies,
                                item.series(),
                                item.season(),
                                item.views(),
                                item.byName()));
            }
        }
        return found;
    }

    @Override
    public Optional<State> state() {
        return state;
    }

    @Override
    public Optional<ItemId> resolve(ItemId id) {
        if (items.containsKey(id)) {
            return Optional.of(id);
        }
        return Optional.ofNullable(aliases.get(id)).or(() -> versions(id).map(MergedItem::id));
    }

    private Optional<MergedItem> versions(ItemId id) {
        return items.values().stream()
                .filter(item -> item.copies().stream()
                        .anyMatch(copy -> copy.sources().stream()
                                .anyMatch(source -> source.id().version().equals(id))))
                .findFirst();
    }

    @Override
    public Optional<SourceLocation> source(MediaSourceId id, Visible visible) {
        return versions(id.version())
                .flatMap(item -> item.copies().stream()
                        .filter(copy -> visible.includes(copy.upstream()))
                        .flatMap(copy -> copy.sources().stream()
                                .filter(source -> source.id().equals(id))
                                .map(source -> new SourceLocation(
                                        id,
                                        item.id(),
                                        copy.upstream(),
                                        copy.upstreamItemId(),
                                        source.upstreamVersionId(),
                                        source.upstreamSourceId())))
                        .findFirst());
    }

    @Override
    public void readAll(Consumer<MergedItem> consumer) {
        readAlls++;
        items.values().forEach(consumer);
    }

    @Override
    public List<MergedItem> read(Collection<ItemId> ids) {
        List<MergedItem> found = new ArrayList<>();
        ids.forEach(id -> Optional.ofNullable(items.get(id)).ifPresent(found::add));
        return found;
    }

    @Override
    public Map<String, ItemId> idsOf(UpstreamId upstream, Collection<String> upstreamItemIds) {
        Map<String, ItemId> found = new HashMap<>();
        items.values()
                .forEach(item -> item.copies().stream()
                        .filter(copy ->
                                copy.upstream().equals(upstream) && upstreamItemIds.contains(copy.upstreamItemId()))
                        .forEach(copy -> found.put(copy.upstreamItemId(), item.id())));
        return found;
    }

    @Override
    public IndexChange learn(UpstreamId upstream, List<UpstreamItem> learned) {
        throw new UnsupportedOperationException();
    }

    @Override
    public IndexChange forget(UpstreamId upstream, Collection<String> upstreamItemIds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public IndexChange forgetUpstream(UpstreamId upstream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> unseenSince(UpstreamId upstream, long sweep) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> idsIn(UpstreamId upstream, Collection<String> libraryIds) {
        return List.of();
    }

    @Override
    public long beginSweep(UpstreamId upstream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, MediaSourceId> sourceIds(
            UpstreamId upstream, String upstreamItemId, Collection<String> upstreamSourceIds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long copies(UpstreamId upstream) {
        return items.size();
    }

    @Override
    public List<Conflict> conflicts() {
        return List.of();
    }
}
