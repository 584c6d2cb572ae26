package org.embygateway.index;

import com.fasterxml.jackson.databind.JsonNode;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/**
 * Makes of a copy's document what its reader needs to know of very many items. The index keeps it beside the document,
 * and does not look into it.
 */
public interface Excerpts {
    /** Makes none. */
    Excerpts NONE = new Excerpts() {
        @Override
        public int form() {
            return 0;
        }

        @Override
        public byte[] of(UpstreamId upstream, String upstreamItemId, ItemKind kind, JsonNode document) {
            return new byte[0];
        }
    };

    /** Another number whenever excerpts are made or written otherwise: those of other forms are not read. 0 for none. */
    int form();

    /** @param document as {@link UpstreamItem#said} has it, or all of it */
    byte[] of(UpstreamId upstream, String upstreamItemId, ItemKind kind, JsonNode document);
}
