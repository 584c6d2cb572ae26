package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/**
 * The documents of items as the gateway writes them, without what belongs to one person. Ready-written JSON is kept, as
 * much as the given number of bytes, by item, state of the item, visibility and fields.
 */
final class Documents {
    private final MediaIndex media;
    private final DocumentMerge merge;
    private final Cache<Key, byte[]> written;

    private record Key(int id, long state, String lens, String projection) {}

    Documents(MediaIndex media, String serverId, long cacheBytes) {
        this.media = media;
        this.merge = new DocumentMerge(serverId);
        this.written = Caffeine.newBuilder()
                .maximumWeight(cacheBytes)
                .weigher((Key key, byte[] value) -> value.length + 160)
                .build();
    }

    /**
     * JSON objects of the items in their order, each without its closing brace, so that what belongs to the person can be
     * added.
     */
    List<byte[]> open(Visitor visitor, List<Row> rows, Projection projection) {
        String projectionKey = projection.key();
        List<Key> keys = rows.stream()
                .map(row -> new Key(row.id(), state(visitor.lens(), row), lensKey(visitor.lens(), row), projectionKey))
                .toList();
        Map<Key, byte[]> found = new HashMap<>(written.getAllPresent(keys));
        List<Row> missing = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!found.containsKey(keys.get(i))) {
                missing.add(rows.get(i));
            }
        }
        if (!missing.isEmpty()) {
            Map<Integer, byte[]> made = make(visitor, missing, projection);
            for (Key key : keys) {
                byte[] bytes = made.get(key.id);
                if (bytes != null) {
                    found.put(key, bytes);
                    written.put(key, bytes);
                }
            }
        }
        return keys.stream().map(key -> found.getOrDefault(key, new byte[0])).toList();
    }

    private Map<Integer, byte[]> make(Visitor visitor, List<Row> rows, Projection projection) {
        Map<Integer, byte[]> made = new HashMap<>();
        List<ObjectNode> full = full(visitor, rows);
        for (int i = 0; i < full.size(); i++) {
            byte[] bytes = EmbyJson.write(projection.of(full.get(i)));
            made.put(rows.get(i).id(), Arrays.copyOf(bytes, bytes.length - 1));
        }
        return made;
    }

    /** Everything of the items, in their order. */
    List<ObjectNode> full(Visitor visitor, List<Row> rows) {
        Map<ItemId, MergedItem> items = read(visitor.lens(), rows);
        return rows.stream()
                .map(row -> {
                    MergedItem item = items.get(new ItemId(row.id()));
                    return merge.document(visitor.lens(), row, item == null ? bare(row) : item);
                })
                .toList();
    }

    /** Everything of the items in their order, with what belongs to the person. */
    List<ObjectNode> personal(Visitor visitor, List<Row> rows) {
        List<ObjectNode> documents = full(visitor, rows);
        for (int i = 0; i < rows.size(); i++) {
            PersonalFields.put(documents.get(i), visitor, rows.get(i));
        }
        return documents;
    }

    private static MergedItem bare(Row row) {
        return new MergedItem(
                new ItemId(row.id()),
                row.kind(),
                row.facts().name(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private Map<ItemId, MergedItem> read(Lens lens, List<Row> rows) {
        List<ItemId> ids =
                rows.stream().map(row -> new ItemId(row.id())).distinct().toList();
        Visible visible = new Visible(rows.stream()
                .flatMap(row -> row.parts().stream())
                .filter(part -> part.upstream() != Lists.GATEWAY)
                .map(part -> new UpstreamId(part.upstream()))
                .filter(upstream -> lens.sees(upstream.value()))
                .collect(Collectors.toSet()));
        return media.find(ids, visible);
    }

    /** Changes with the item, with those it takes names and pictures from, and with what comes with it. */
    private static long state(Lens lens, Row row) {
        long state = row.stamp() + ItemExtras.state(lens.snapshot(), row);
        for (int related : new int[] {row.series(), row.season(), row.album()}) {
            state = state * 1_000_003
                    + lens.snapshot().rows().find(related).map(Row::stamp).orElse(0L);
        }
        return state;
    }

    /** Most items look the same to everybody who sees them. */
    private static String lensKey(Lens lens, Row row) {
        return lens.seesAll() || lens.looksWhole(row) ? "" : lens.key();
    }
}
