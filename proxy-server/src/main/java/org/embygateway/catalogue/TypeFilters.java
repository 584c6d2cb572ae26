package org.embygateway.catalogue;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;

/** What sort of items: by type, by what plays, folders or not, and in which sort of library. */
final class TypeFilters {
    private final Conditions conditions;

    private TypeFilters(Conditions conditions) {
        this.conditions = conditions;
    }

    static void add(Conditions conditions) {
        TypeFilters filters = new TypeFilters(conditions);
        filters.types();
        filters.mediaTypes();
        filters.libraries();
        PersonalFilters.flags(conditions, "IsFolder", "isfolder", "isnotfolder")
                .forEach(wanted -> filters.those(ItemKind::isFolder, wanted));
        filters.flag("IsMovie", kind -> kind == ItemKind.MOVIE || kind == ItemKind.TRAILER);
        filters.flag("IsSeries", kind -> kind == ItemKind.SERIES);
    }

    /** Types to leave out do not count when there are types to show. */
    private void types() {
        Optional<Set<ItemKind>> included = Filters.kinds(conditions.params(), "IncludeItemTypes");
        if (included.isPresent()) {
            conditions.add(Filters.kinds(conditions.lens(), included.get()));
        } else {
            Filters.kinds(conditions.params(), "ExcludeItemTypes").ifPresent(excluded -> {
                Set<ItemKind> rest = EnumSet.allOf(ItemKind.class);
                rest.removeAll(excluded);
                conditions.add(Filters.kinds(conditions.lens(), rest));
            });
        }
    }

    private void mediaTypes() {
        Set<String> media = conditions.lowerList("MediaTypes");
        if (!media.isEmpty()) {
            conditions.add(Filters.kinds(
                    conditions.lens(),
                    Stream.of(ItemKind.values())
                            .filter(kind -> media.contains(kind.mediaType().toLowerCase(Locale.ROOT)))
                            .collect(Collectors.toSet())));
        }
    }

    private void libraries() {
        Set<String> types = conditions.lowerList("CollectionTypes");
        if (!types.isEmpty()) {
            conditions.add(conditions.any(
                    Keys.VIEW,
                    Views.all(conditions.lens()).stream()
                            .filter(view -> types.contains(view.facts().collectionType()))
                            .mapToInt(Row::id)));
        }
    }

    private void flag(String name, Predicate<ItemKind> those) {
        conditions.params().flag(name).ifPresent(wanted -> those(those, wanted));
    }

    private void those(Predicate<ItemKind> those, boolean wanted) {
        conditions.add(conditions.lens().snapshot().ofKinds(those), wanted);
    }
}
