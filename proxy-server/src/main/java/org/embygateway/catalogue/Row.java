package org.embygateway.catalogue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.embygateway.protocol.ItemKind;

/**
 * One item of the catalogue in memory.
 *
 * @param id the gateway's id as a number
 * @param stamp another one for every state of the item, so that what was rendered of an older one is not used
 * @param facts merged from all parts
 * @param series 0 for none; season and album likewise
 * @param views of all parts
 * @param parts what each upstream knows, best first; none for by-name items without copies
 */
record Row(
        int id,
        ItemKind kind,
        long stamp,
        Facts facts,
        int series,
        int season,
        int album,
        List<Integer> views,
        List<Part> parts) {

    /** @param libraries the upstream's ids of the libraries it is in; of a library its own id */
    record Part(int upstream, List<String> libraries, Facts facts) {}

    Row {
        views = List.copyOf(views);
        parts = List.copyOf(parts);
    }

    Row withAlbum(int found) {
        return new Row(id, kind, stamp, facts, series, season, found, views, parts);
    }

    boolean isOn(int upstream) {
        for (Part part : parts) {
            if (part.upstream == upstream) {
                return true;
            }
        }
        return false;
    }

    /** The item as someone knows it who sees only these upstreams. */
    Row seenFrom(Set<Integer> upstreams, Map<Library, Integer> libraries) {
        List<Part> seen =
                parts.stream().filter(part -> upstreams.contains(part.upstream)).toList();
        if (seen.isEmpty()) {
            return new Row(id, kind, stamp, facts.nameOnly(), series, season, album, views, seen);
        }
        Facts merged = Facts.merged(seen.stream().map(Part::facts).toList());
        return new Row(id, kind, stamp, merged, series, season, album, viewsOf(seen, libraries), seen);
    }

    private List<Integer> viewsOf(List<Part> seen, Map<Library, Integer> libraries) {
        Set<Integer> kept = new LinkedHashSet<>();
        for (Part part : seen) {
            for (String library : part.libraries) {
                Integer view = libraries.get(new Library(part.upstream, library));
                if (view != null && views.contains(view)) {
                    kept.add(view);
                }
            }
        }
        return List.copyOf(kept);
    }

    /** A library as its upstream calls it. */
    record Library(int upstream, String id) {}
}
