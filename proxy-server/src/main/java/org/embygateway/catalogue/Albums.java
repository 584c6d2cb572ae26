package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.embygateway.index.MediaIndex;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/**
 * Links tracks to albums, what lies in folders to these and extras to the items they come with, which documents name by
 * the upstream's id.
 */
final class Albums {
    private static final int BATCH = 500;
    private static final int MANY = 5000;

    private final MediaIndex media;

    Albums(MediaIndex media) {
        this.media = media;
    }

    /** The same rows, with their albums. */
    Rows linked(Rows rows) {
        Rows.Edit edit = rows.edit();
        List<Row> tracks = new ArrayList<>();
        rows.forEach(row -> {
            if (isLinked(row.kind())) {
                tracks.add(row);
            }
            if (tracks.size() == MANY) {
                linked(tracks).forEach(edit::put);
                tracks.clear();
            }
        });
        linked(tracks).forEach(edit::put);
        return edit.done();
    }

    private static boolean isLinked(ItemKind kind) {
        return kind == ItemKind.AUDIO || kind.isExtra() || Facts.LIE_IN_FOLDERS.contains(kind);
    }

    List<Row> linked(List<Row> rows) {
        Map<Integer, Set<String>> wanted = new HashMap<>();
        rows.forEach(row -> row.parts().forEach(part -> {
            if (!part.facts().upstreamAlbum().isEmpty()) {
                wanted.computeIfAbsent(part.upstream(), u -> new HashSet<>())
                        .add(part.facts().upstreamAlbum());
            }
        }));
        if (wanted.isEmpty()) {
            return rows;
        }
        Map<Row.Library, Integer> albums = new HashMap<>();
        wanted.forEach((upstream, names) -> find(upstream, names, albums));
        return rows.stream().map(row -> linked(row, albums)).toList();
    }

    private void find(int upstream, Collection<String> names, Map<Row.Library, Integer> albums) {
        List<String> all = List.copyOf(names);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<String> some = all.subList(from, Math.min(all.size(), from + BATCH));
            Map<String, ItemId> found = media.idsOf(new UpstreamId(upstream), some);
            found.forEach((name, id) -> albums.put(new Row.Library(upstream, name), id.value()));
        }
    }

    private static Row linked(Row row, Map<Row.Library, Integer> albums) {
        for (Row.Part part : row.parts()) {
            Integer album =
                    albums.get(new Row.Library(part.upstream(), part.facts().upstreamAlbum()));
            if (album != null && !row.views().contains(album)) {
                return row.withAlbum(album);
            }
        }
        return row;
    }
}
