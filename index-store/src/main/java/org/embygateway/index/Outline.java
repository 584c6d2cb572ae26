package org.embygateway.index;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/**
 * A {@link MergedItem} as far as it is looked for, not shown.
 *
 * @param copies where it lives, best first, as in {@link MergedItem}
 * @param byName what its copies name, as in {@link MergedItem}; empty when every copy has an excerpt
 */
public record Outline(
        ItemId id,
        ItemKind kind,
        String name,
        List<Part> copies,
        Optional<ItemId> series,
        Optional<ItemId> season,
        List<ItemId> views,
        List<MergedItem.ByNameRef> byName) {

    public Outline {
        copies = List.copyOf(copies);
        views = List.copyOf(views);
        byName = List.copyOf(byName);
    }

    /**
     * A copy.
     *
     * @param sources its versions, in the upstream's order; empty when there is an excerpt
     * @param excerpt empty when there is none in the form that was asked for
     * @param document the BaseItemDto as the upstream sent it
     */
    public record Part(
            UpstreamId upstream,
            String upstreamItemId,
            String libraryId,
            List<Copy.Source> sources,
            Optional<Excerpt> excerpt,
            Supplier<byte[]> document) {
        public Part {
            sources = List.copyOf(sources);
        }
    }

    /**
     * What {@link Excerpts} made of a copy's document.
     *
     * @param names the merged people, genres, studios and tags that the copy names
     */
    public record Excerpt(byte[] bytes, List<MergedItem.ByNameRef> names) {
        public Excerpt {
            names = List.copyOf(names);
        }
    }

    /** Without excerpts. */
    public static Outline of(MergedItem item) {
        return new Outline(
                item.id(),
                item.kind(),
                item.name(),
                item.copies().stream()
                        .map(copy -> new Part(
                                copy.upstream(),
                                copy.upstreamItemId(),
                                copy.libraryId(),
                                copy.sources(),
                                Optional.empty(),
                                copy::document))
                        .toList(),
                item.series(),
                item.season(),
                item.views(),
                item.byName());
    }
}
