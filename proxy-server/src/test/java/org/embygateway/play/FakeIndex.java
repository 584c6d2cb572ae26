package org.embygateway.play;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.embygateway.index.Copy;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.SourceLocation;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/** An index of a few items in memory. */
final class FakeIndex implements MediaIndex {
    private final Map<ItemId, MergedItem> items = new LinkedHashMap<>();
    private final Map<String, MediaSourceId> sources = new HashMap<>();
    private int next = 900;

    MergedItem has(int id, ItemKind kind, String name, Copy... copies) {
        MergedItem item = new MergedItem(
                new ItemId(id), kind, name, List.of(copies), Optional.empty(), Optional.empty(), List.of(), List.of());
        items.put(item.id(), item);
        for (Copy copy : copies) {
            copy.sources().forEach(s -> sources.put(key(copy.upstream(), s.upstreamSourceId()), s.id()));
        }
        return item;
    }

    void loses(int id) {
        items.remove(new ItemId(id));
    }

    static Copy copy(int upstream, String item, Copy.Source... sources) {
        return new Copy(new UpstreamId(upstream), item, "lib", List.of(sources), new byte[] {'{', '}'});
    }

    static Copy.Source source(int id, String upstreamSource, String upstreamVersion, long size) {
        return new Copy.Source(new MediaSourceId(new ItemId(id)), upstreamSource, upstreamVersion, size, 1000);
    }

    private static String key(UpstreamId upstream, String source) {
        return upstream + "/" + source;
    }

    @Override
    public Optional<ItemId> resolve(ItemId id) {
        return items.containsKey(id)
                ? Optional.of(id)
                : items.values().stream()
                        .filter(i -> i.copies().stream()
                                .flatMap(c -> c.sources().stream())
                                .anyMatch(s -> s.id().version().equals(id)))
                        .map(MergedItem::id)
                        .findFirst();
    }

    @Override
    public Map<ItemId, MergedItem> find(Collection<ItemId> ids, Visible visible) {
        Map<ItemId, MergedItem> found = new LinkedHashMap<>();
        for (ItemId id : ids) {
            MergedItem item = items.get(id);
            if (item != null) {
                List<Copy> copies = item.copies().stream()
                        .filter(c -> visible.includes(c.upstream()))
                        .toList();
                if (!copies.isEmpty()) {
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
        }
        return found;
    }

    @Override
    public Optional<SourceLocation> source(MediaSourceId id, Visible visible) {
        for (MergedItem item : items.values()) {
            for (Copy copy : item.copies()) {
                for (Copy.Source source : copy.sources()) {
                    if (source.id().equals(id) && visible.includes(copy.upstream())) {
                        return Optional.of(new SourceLocation(
                                id,
                                item.id(),
                                copy.upstream(),
                                copy.upstreamItemId(),
                                source.upstreamVersionId(),
                                source.upstreamSourceId()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized Map<String, MediaSourceId> sourceIds(
            UpstreamId upstream, String upstreamItemId, Collection<String> upstreamSourceIds) {
        Map<String, MediaSourceId> ids = new HashMap<>();
        for (String source : upstreamSourceIds) {
            ids.put(source, sources.computeIfAbsent(key(upstream, source), k -> new MediaSourceId(new ItemId(next++))));
        }
        return ids;
    }

    @Override
    public Map<String, ItemId> idsOf(UpstreamId upstream, Collection<String> upstreamItemIds) {
        Map<String, ItemId> ids = new HashMap<>();
        items.values()
                .forEach(item -> item.copies().stream()
                        .filter(c -> c.upstream().equals(upstream) && upstreamItemIds.contains(c.upstreamItemId()))
                        .forEach(c -> ids.put(c.upstreamItemId(), item.id())));
        return ids;
    }

    @Override
    public void readAll(Consumer<MergedItem> consumer) {
        new ArrayList<>(items.values()).forEach(consumer);
    }

    @Override
    public List<MergedItem> read(Collection<ItemId> ids) {
        return ids.stream().filter(items::containsKey).map(items::get).toList();
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
        return List.of();
    }

    @Override
    public List<String> idsIn(UpstreamId upstream, Collection<String> libraryIds) {
        return List.of();
    }

    @Override
    public long beginSweep(UpstreamId upstream) {
        return 1;
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
