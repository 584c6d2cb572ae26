package org.embygateway.play;

import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/** Which upstreams a picture comes from. */
public interface ImageOwners {
    /**
     * Best first: the others may stand in for the first.
     *
     * @param visible everything when the picture is asked for without credentials, as most are
     * @param tag what the client was told, or empty text; helps to find the very picture, but need not fit
     * @return empty when the item has no such picture
     */
    List<Owner> find(Visible visible, ItemId item, String type, int index, String tag);

    /** The item of a name, for pictures that are asked for by name. */
    Optional<ItemId> named(ItemKind kind, String name);

    /**
     * @param upstreamItem the upstream's id of the item it belongs to
     * @param tag changes when the picture does
     */
    record Owner(UpstreamId upstream, String upstreamItem, String type, int index, String upstreamTag, String tag) {}
}
