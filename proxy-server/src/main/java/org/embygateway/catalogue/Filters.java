package org.embygateway.catalogue;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Refused;

/**
 * The conditions that a request's parameters name.
 *
 * <p>Emby API: {@code BaseItemsRequest}. Lists mean any of their members, different parameters all of them; a parameter
 * that is absent, empty or unknown filters nothing.
 */
final class Filters {
    private static final Map<String, ItemKind> OTHER_NAMES = Map.of(
            "livetvchannel", ItemKind.TV_CHANNEL, "livetvprogram", ItemKind.PROGRAM, "tvprogram", ItemKind.PROGRAM);

    private Filters() {}

    /** All conditions but that of the scope; refused with 400 for a {@code Path}, which would tell where files lie. */
    static List<Condition> of(Params params, Lens lens, UserState user, Ids ids, Clock clock) {
        if (params.has("Path")) {
            throw new Refused(400, "Items cannot be asked for by Path.");
        }
        Conditions conditions = new Conditions(params, lens, user, ids, clock);
        TypeFilters.add(conditions);
        PersonalFilters.add(conditions);
        NamedFilters.add(conditions);
        MusicFilters.add(conditions);
        RelativeFilters.add(conditions);
        NumberFilters.add(conditions);
        PresenceFilters.add(conditions);
        TechnicalFilters.add(conditions);
        AiringFilters.add(conditions);
        TitleFilters.add(conditions);
        return conditions.all();
    }

    /** The kinds that a list names; empty when it is absent. */
    static Optional<Set<ItemKind>> kinds(Params params, String name) {
        List<String> names = params.list(name);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Set<ItemKind> kinds = EnumSet.noneOf(ItemKind.class);
        for (String kind : names) {
            Optional.ofNullable(OTHER_NAMES.get(kind.toLowerCase(Locale.ROOT)))
                    .or(() -> ItemKind.named(kind))
                    .ifPresent(kinds::add);
        }
        return Optional.of(kinds);
    }

    static Condition kinds(Lens lens, Set<ItemKind> kinds) {
        return Condition.ids(lens.snapshot().ofKinds(kinds::contains));
    }

    /** Items that name one of these. */
    static Condition naming(Lens lens, List<Integer> byName) {
        return Condition.ids(lens.ofAny(byName.stream().mapToLong(Keys.REF::of).toArray()));
    }

    /** Items that fit a search; a term without letters and digits fits none. */
    static Condition search(Lens lens, String text) {
        return Condition.ids(lens.finder().find(text).all());
    }
}
