package org.embygateway.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Store;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.UpstreamId;

/** The libraries of upstreams that the index takes in; see {@link ListReading} for collections and playlists. */
final class Libraries {
    private static final Set<String> LEFT_OUT = Set.of("livetv", "boxsets", "playlists", "channels");

    private final MediaIndex index;
    private final SyncStates states;
    private final Learning learning;

    Libraries(Store store, Learning learning) {
        this.index = store.media();
        this.states = store.syncStates();
        this.learning = learning;
    }

    /** Those that the owner wants. What is known of the others is forgotten: the owner's word is proof enough. */
    List<UpstreamItem> wanted(UpstreamId upstream, Page views) {
        SyncRules rules = states.rules(upstream);
        List<UpstreamItem> wanted = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        for (UpstreamItem library : all(views)) {
            if (rules.takes(library.id(), library.name())) {
                wanted.add(library);
            } else {
                excluded.add(library.id());
            }
        }
        forget(upstream, excluded);
        return wanted;
    }

    private static List<UpstreamItem> all(Page views) {
        return views.entries().stream()
                .map(ItemParser::library)
                .flatMap(Optional::stream)
                .filter(library -> !LEFT_OUT.contains(library.collectionType()))
                .toList();
    }

    private void forget(UpstreamId upstream, List<String> libraries) {
        List<String> gone = new ArrayList<>(index.idsIn(upstream, libraries));
        gone.addAll(index.idsOf(upstream, libraries).keySet());
        learning.forget(upstream, gone);
    }

    /** Whether some libraries of the upstream may be left out. */
    boolean areChosen(UpstreamId upstream) {
        return !states.rules(upstream).takesAll();
    }
}
