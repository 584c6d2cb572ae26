package org.embygateway.sync;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.UpstreamItem;

/** The libraries of an upstream that the index takes in; see {@link ListReading} for collections and playlists. */
final class Libraries {
    private static final Set<String> LEFT_OUT = Set.of("livetv", "boxsets", "playlists", "channels");

    private Libraries() {}

    static List<UpstreamItem> in(Page views) {
        return views.entries().stream()
                .map(ItemParser::library)
                .flatMap(Optional::stream)
                .filter(library -> !LEFT_OUT.contains(library.collectionType()))
                .toList();
    }
}
