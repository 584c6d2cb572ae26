package org.embygateway.index.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.embygateway.index.Excerpts;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/** What was made of a copy's document, and how it is written. */
record Excerpt(int form, byte[] bytes) {
    /** Of a database before there were any, or of one who wants none. */
    static final Excerpt NONE = new Excerpt(0, new byte[0]);

    static Excerpt of(Excerpts excerpts, CopyIdentity copy, ItemKind kind, JsonNode document) {
        return excerpts.form() == 0
                ? NONE
                : new Excerpt(
                        excerpts.form(), excerpts.of(new UpstreamId(copy.upstream()), copy.itemId(), kind, document));
    }

    /** @param document as it is stored; one that cannot be read says nothing */
    static Excerpt of(Excerpts excerpts, CopyIdentity copy, ItemKind kind, byte[] document) {
        return excerpts.form() == 0 ? NONE : of(excerpts, copy, kind, parsed(document));
    }

    private static JsonNode parsed(byte[] document) {
        try {
            return EmbyJson.read(document);
        } catch (IOException e) {
            return EmbyJson.object();
        }
    }
}
