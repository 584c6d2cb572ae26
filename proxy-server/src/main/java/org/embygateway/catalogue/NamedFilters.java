package org.embygateway.catalogue;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/** Genres, tags, studios and people, by name or by id. */
final class NamedFilters {
    private final Conditions conditions;
    private final Params params;
    private final Lens lens;

    private NamedFilters(Conditions conditions) {
        this.conditions = conditions;
        this.params = conditions.params();
        this.lens = conditions.lens();
    }

    static void add(Conditions conditions) {
        NamedFilters filters = new NamedFilters(conditions);
        filters.byName("Genres", ItemKind.GENRE, ItemKind.MUSIC_GENRE, ItemKind.GAME_GENRE);
        filters.byName("Tags", ItemKind.TAG);
        filters.byName("Studios", ItemKind.STUDIO);
        filters.byIds("GenreIds");
        filters.byIds("TagIds");
        filters.byIds("StudioIds");
        filters.excluded("ExcludeTags", filters.named("ExcludeTags", ItemKind.TAG));
        filters.excluded("ExcludeTagIds", conditions.ids("ExcludeTagIds"));
        filters.people();
        conditions.texts("OfficialRatings", Keys.OFFICIAL_RATING);
        conditions.texts("SeriesStatus", Keys.STATUS);
    }

    private void byName(String name, ItemKind... kinds) {
        if (params.has(name)) {
            conditions.add(conditions.any(Keys.REF, named(name, kinds)));
        }
    }

    private void byIds(String name) {
        if (params.has(name)) {
            conditions.add(conditions.any(Keys.REF, conditions.ids(name)));
        }
    }

    private void excluded(String name, RoaringBitmap out) {
        if (params.has(name)) {
            conditions.addNot(conditions.any(Keys.REF, out));
        }
    }

    /** The visible by-name items of these kinds that a list names, compared without case and accents. */
    private RoaringBitmap named(String name, ItemKind... kinds) {
        Set<String> names = params.pipeList(name).stream().map(Text::fold).collect(Collectors.toSet());
        RoaringBitmap found = new RoaringBitmap();
        if (!names.isEmpty()) {
            for (ItemKind kind : kinds) {
                RoaringBitmap.and(lens.snapshot().ofKind(kind), lens.visible()).forEach((int id) -> {
                    if (names.contains(lens.row(id).folded())) {
                        found.add(id);
                    }
                });
            }
        }
        return found;
    }

    /** Whoever did one of the named jobs, when any is named. */
    private void people() {
        if (!params.has("PersonIds") && !params.has("Person")) {
            return;
        }
        Set<String> roles = conditions.lowerList("PersonTypes");
        RoaringBitmap people = conditions.ids("PersonIds");
        people.or(named("Person", ItemKind.PERSON));
        RoaringBitmap naming = conditions.any(Keys.REF, people);
        conditions.add(
                roles.isEmpty()
                        ? Condition.ids(naming)
                        : Condition.narrowed(
                                naming,
                                row -> row.facts().refs().stream()
                                        .anyMatch(ref -> people.contains(
                                                        ref.id().value())
                                                && roles.contains(ref.role().toLowerCase(Locale.ROOT)))));
    }
}
