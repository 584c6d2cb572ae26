package org.embygateway.catalogue;

import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * What is on air, and when. The catalogue has no programs of television channels, nor games: what must be one of those is
 * not there.
 */
final class AiringFilters {
    private static final List<String> OF_PROGRAMS = List.of(
            "IsNews",
            "IsKids",
            "IsSports",
            "IsNew",
            "IsPremiere",
            "IsNewOrPremiere",
            "IsRepeat",
            "IsLive",
            "IsAiring",
            "HasAired");

    private AiringFilters() {}

    static void add(Conditions conditions) {
        conditions.texts("AirDays", Keys.AIR_DAY);
        for (String name : OF_PROGRAMS) {
            if (conditions.params().flag(name, false)) {
                conditions.add(Condition.none());
            }
        }
        conditions.number("MinPlayers", players -> new RoaringBitmap());
        conditions.number("MaxPlayers", players -> new RoaringBitmap());
    }
}
