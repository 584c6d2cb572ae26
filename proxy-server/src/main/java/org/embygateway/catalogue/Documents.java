package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/**
 * The documents of items as the gateway writes them. What rows know is written from them each time; what more an answer
 * shows is read from the index, and kept ready-written, as much as the given number of bytes, by item, state of the item,
 * visibility and fields.
 */
final class Documents {
    private static final byte[] NOTHING = {'{', '}'};

    private final MediaIndex media;
    private final String serverId;
    private final DocumentMerge merge;
    private final Cache<Key, byte[]> written;

    private record Key(int id, long state, String lens, String fields) {}

    Documents(MediaIndex media, String serverId, long cacheBytes) {
        this.media = media;
        this.serverId = serverId;
        this.merge = new DocumentMerge(serverId);
        this.written = Caffeine.newBuilder()
                .maximumWeight(cacheBytes)
                .weigher((Key key, byte[] value) -> value.length + 160)
                .build();
    }

    /** What is written into an item's object after what is everybody's; the places are those in the page. */
    interface More {
        void write(JsonText out, int place);
    }

    /** An array of the items in their order, as lists show them, with what belongs to the person. */
    void write(JsonText out, Visitor visitor, List<Row> rows, Projection projection, More personal) {
        RowFields fields = new RowFields(visitor.lens(), serverId, projection);
        Set<String> beyond = projection.beyondRows();
        List<byte[]> rest = beyond.isEmpty() ? List.of() : rest(visitor.lens(), rows, beyond);
        out.open('[');
        for (int i = 0; i < rows.size(); i++) {
            out.open('{');
            fields.write(out, rows.get(i));
            if (!rest.isEmpty()) {
                out.fields(rest.get(i));
            }
            personal.write(out, i);
            out.close('}');
        }
        out.close(']');
    }

    /** JSON objects of what documents say beyond rows. */
    private List<byte[]> rest(Lens lens, List<Row> rows, Set<String> beyond) {
        String fields = beyond.toString();
        List<Key> keys = rows.stream()
                .map(row -> new Key(
                        row.id(),
                        state(lens.snapshot(), row),
                        lens.seesAll() || lens.looksWhole(row) ? "" : lens.key(),
                        fields))
                .toList();
        Map<Key, byte[]> found = new HashMap<>(written.getAllPresent(keys));
        Map<Key, Row> missing = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!found.containsKey(keys.get(i))) {
                missing.put(keys.get(i), rows.get(i));
            }
        }
        if (!missing.isEmpty()) {
            Map<ItemId, MergedItem> items = read(lens, missing.values(), DocumentMerge.needsNames(beyond));
            missing.forEach((key, row) -> {
                byte[] made = EmbyJson.write(merge.some(lens, row, item(items, row), beyond));
                found.put(key, made);
                written.put(key, made);
            });
        }
        return keys.stream().map(key -> found.getOrDefault(key, NOTHING)).toList();
    }

    /** Changes with the item, with the folder it may take a name from, and with what comes with it. */
    private static long state(Snapshot snapshot, Row row) {
        long folder = snapshot.rows().find(row.album()).map(Row::stamp).orElse(0L);
        return (row.stamp() + ItemExtras.state(snapshot, row)) * 1_000_003 + folder;
    }

    /** Everything of the items, in their order. */
    List<ObjectNode> full(Visitor visitor, List<Row> rows) {
        return full(visitor, rows, (out, place) -> {});
    }

    /** Everything of the items in their order, with what belongs to the person. */
    List<ObjectNode> personal(Visitor visitor, List<Row> rows) {
        return full(
                visitor,
                rows,
                (out, place) -> PersonalFields.write(out, visitor, rows.get(place), Projection.EVERYTHING, true));
    }

    private List<ObjectNode> full(Visitor visitor, List<Row> rows, More personal) {
        Lens lens = visitor.lens();
        RowFields fields = new RowFields(lens, serverId, Projection.EVERYTHING);
        Map<ItemId, MergedItem> items = read(lens, rows, true);
        List<ObjectNode> documents = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            JsonText out = new JsonText(1024).open('{');
            fields.write(out, rows.get(i));
            personal.write(out, i);
            ObjectNode document = (ObjectNode) out.close('}').tree();
            documents.add(document.setAll(merge.everything(lens, rows.get(i), item(items, rows.get(i)))));
        }
        return documents;
    }

    /** As lists show the items, with what belongs to the person. */
    List<ObjectNode> listed(Visitor visitor, List<Row> rows, Projection projection) {
        JsonText out = new JsonText(1024 * (1 + rows.size()));
        write(
                out,
                visitor,
                rows,
                projection,
                (item, place) -> PersonalFields.write(item, visitor, rows.get(place), projection, true));
        List<ObjectNode> documents = new ArrayList<>();
        out.tree().forEach(document -> documents.add((ObjectNode) document));
        return documents;
    }

    private static MergedItem item(Map<ItemId, MergedItem> items, Row row) {
        MergedItem item = items.get(new ItemId(row.id()));
        return item == null ? bare(row) : item;
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

    private Map<ItemId, MergedItem> read(Lens lens, Collection<Row> rows, boolean named) {
        List<ItemId> ids =
                rows.stream().map(row -> new ItemId(row.id())).distinct().toList();
        Visible visible = new Visible(rows.stream()
                .flatMap(row -> row.parts().stream())
                .filter(part -> part.upstream() != Lists.GATEWAY)
                .map(part -> new UpstreamId(part.upstream()))
                .filter(upstream -> lens.sees(upstream.value()))
                .collect(Collectors.toSet()));
        return named ? media.find(ids, visible) : media.findUnnamed(ids, visible);
    }
}
