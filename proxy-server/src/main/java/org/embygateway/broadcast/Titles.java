package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;

/** What watch state needs to know of the catalogue. */
public interface Titles {
    /** The current item for an id a client holds, also for a version's; empty when there is none. */
    Optional<ItemId> resolve(ItemId id);

    /** Empty when the item is not visible. */
    Optional<ItemKind> kindOf(Caller caller, ItemId item);

    /** The visible playable items below a folder, a collection or a playlist; for a playable item itself. */
    List<ItemId> leavesOf(Caller caller, ItemId item);

    /** What counts the items: season, series and libraries above them, visible collections and playlists that hold them. */
    Collection<ItemId> ancestorsOf(Caller caller, Collection<ItemId> items);

    /**
     * The best-known run time in ticks, 0 when unknown.
     *
     * @param version the version that plays, if it is known
     */
    long runTimeOf(ItemId item, Optional<ItemId> version);

    /** The visible upstreams that hold the item, each with its own ids for it. */
    Map<UpstreamId, List<String>> copiesOf(ItemId item, Visible visible);

    /** {@code UserItemDataDto} of the item for the caller, as lists show it. */
    ObjectNode userDataDto(Caller caller, ItemId item);

    /** States that were just stored: whoever asks next must see them. */
    void userDataChanged(UserId user, Map<ItemId, UserData> states);
}
