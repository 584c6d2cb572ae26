package org.embygateway.index.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.embygateway.index.Excerpts;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/** Excerpts that say all they were made of. */
record WholeExcerpts(int form) implements Excerpts {
    @Override
    public byte[] of(UpstreamId upstream, String upstreamItemId, ItemKind kind, JsonNode document) {
        return text(upstream, upstreamItemId, kind, document).getBytes(StandardCharsets.UTF_8);
    }

    String text(UpstreamId upstream, String upstreamItemId, ItemKind kind, JsonNode document) {
        return String.join(
                " ", Integer.toString(form), upstream.toString(), upstreamItemId, kind.name(), document.toString());
    }
}
