package org.embygateway.index;

import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;

/**
 * An item of the gateway's catalogue.
 *
 * @param copies where it lives, best first: by the upstreams' priority, then by upstream number and item id. By-name
 *     items that upstreams give no id of their own have none
 * @param series the merged series of a season or an episode
 * @param season the merged season of an episode
 * @param views the merged libraries it belongs to
 * @param byName the merged people, genres, studios and tags it names, each once per role, in the order of the best copy
 */
public record MergedItem(
        ItemId id,
        ItemKind kind,
        String name,
        List<Copy> copies,
        Optional<ItemId> series,
        Optional<ItemId> season,
        List<ItemId> views,
        List<ByNameRef> byName) {

    public MergedItem {
        copies = List.copyOf(copies);
        views = List.copyOf(views);
        byName = List.copyOf(byName);
    }

    /** A reference to a by-name item; role as in {@link UpstreamItem.ByName}. */
    public record ByNameRef(ItemKind kind, ItemId id, String name, String role) {}
}
