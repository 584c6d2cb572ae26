package org.embygateway.index;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;

/** What the collections and playlists of upstreams hold. The lists themselves are items of the {@link MediaIndex}. */
public interface Memberships {
    /**
     * Takes in what some lists of an upstream hold now, in their order; all ids are the upstream's. Lists that the index
     * does not know as living collections or playlists are left out. Durable when it returns.
     */
    IndexChange learn(UpstreamId upstream, Map<String, List<String>> lists);

    /** The upstream's lists that were never read, or not since their item changed. */
    List<String> unread(UpstreamId upstream);

    /** How many members each list of the upstream had when it was read. */
    Map<String, Integer> sizes(UpstreamId upstream);

    /** All lists that were read. */
    List<Membership> all();

    /** As {@link #all}, of some. */
    List<Membership> of(Collection<ItemId> lists);

    /**
     * What one upstream's list holds.
     *
     * @param list the merged collection or playlist; several of one upstream may be part of it
     * @param members the merged items in the list's order; of a playlist one may stand in it twice. What the index does
     *     not know is left out
     */
    record Membership(ItemId list, UpstreamId upstream, List<ItemId> members) {
        public Membership {
            members = List.copyOf(members);
        }
    }
}
