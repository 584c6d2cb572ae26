package org.embygateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.sync.Crawls;
import org.embygateway.sync.Hint;
import org.embygateway.upstream.EventSockets;

/** Has the crawls look soon where an upstream says that its library changed. */
record LibraryHints(Crawls crawls) implements EventSockets.Listener {
    @Override
    public void said(UpstreamId upstream, String messageType, JsonNode data) {
        if (messageType.equals("LibraryChanged")) {
            List<String> removed = new ArrayList<>();
            data.path("ItemsRemoved").forEach(id -> removed.add(id.asText()));
            crawls.heard(upstream, new Hint(removed));
        }
    }

    @Override
    public void heardAgain(UpstreamId upstream) {
        crawls.heard(upstream, new Hint(List.of()));
    }
}
