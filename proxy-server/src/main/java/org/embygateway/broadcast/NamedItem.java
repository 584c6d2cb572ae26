package org.embygateway.broadcast;

import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;

/** An item that a call names, and what it is for the caller. */
record NamedItem(ItemId id, ItemKind kind) {

    /** Refused with 404 when the text is no id of ours. */
    static ItemId parse(String written) {
        return ItemId.parse(written).orElseThrow(Refused::notFound);
    }

    /** Refused with 404 when there is no such item for the caller. */
    static NamedItem find(Titles titles, Caller caller, String written) {
        ItemId item = titles.resolve(parse(written)).orElseThrow(Refused::notFound);
        return new NamedItem(item, titles.kindOf(caller, item).orElseThrow(Refused::notFound));
    }
}
