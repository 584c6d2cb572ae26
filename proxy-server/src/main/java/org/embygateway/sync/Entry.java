package org.embygateway.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamFailed;

/**
 * An item of an upstream's answer.
 *
 * @param said what the index and excerpts ask of it; long fields that are for showing only are left out
 * @param document all of it as it came, but for the watch state: that is the gateway account's, nobody else's
 */
record Entry(JsonNode said, byte[] document) {
    /** The one item that is the whole answer. */
    static Entry of(byte[] answer, UpstreamId from) {
        try (EntryReader reader = EntryReader.of(answer)) {
            Entry entry = reader.entry();
            reader.end();
            return entry;
        } catch (IOException e) {
            throw UpstreamFailed.noJson(from);
        }
    }

    String id() {
        return ItemParser.id(said, "Id");
    }
}
