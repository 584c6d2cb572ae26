package org.embygateway.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Store;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemKind;
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

    /** In which libraries servers show lists. */
    private static final Map<String, ItemKind> LISTS =
            Map.of("boxsets", ItemKind.BOX_SET, "playlists", ItemKind.PLAYLIST);

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
        if (!views.entries().isEmpty()) {
            learning.leaveOut(upstream, lists(views, rules));
        }
        return wanted;
    }

    private static Set<ItemKind> lists(Page views, SyncRules rules) {
        return every(views)
                .filter(library -> rules.excludes(library.id(), library.name()))
                .flatMap(library -> Optional.ofNullable(LISTS.get(library.collectionType())).stream())
                .collect(Collectors.toSet());
    }

    private static List<UpstreamItem> all(Page views) {
        return every(views)
                .filter(library -> !LEFT_OUT.contains(library.collectionType()))
                .toList();
    }

    private static Stream<UpstreamItem> every(Page views) {
        return views.entries().stream().map(ItemParser::library).flatMap(Optional::stream);
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
