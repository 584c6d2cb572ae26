package org.embygateway.index.merge;

import java.util.Map;
import java.util.Set;
import org.embygateway.protocol.ItemKind;

/**
 * Ids of films and series at sources that plugins ask. They prove as much as others; but since such a source knows each
 * season of a series as a title of its own, those of series that differ forbid nothing, and those of films forbid nothing
 * where TMDB, IMDb or TVDB agree.
 */
final class PluginIds {
    /** As they are compared; each plugin names them as it likes. */
    static final Set<String> NAMES = Set.of("douban", "bangumi", "anidb", "anilist", "tvmaze");

    private PluginIds() {}

    /** Adds those of the item to the ids it is compared by. */
    static void take(ItemKind kind, Map<String, String> all, Map<String, String> ids) {
        if (kind == ItemKind.MOVIE || kind == ItemKind.SERIES) {
            for (String name : NAMES) {
                MergeRules.take(all, name + "id", name, ids);
                MergeRules.take(all, name, name, ids);
            }
        }
    }
}
