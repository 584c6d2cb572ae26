package org.embygateway.catalogue;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Episodes as they were aired, specials where they belong. A special with an aired season but without a number comes
 * after that season, one with a number before that episode; one without either comes before everything.
 */
final class AiredOrder {
    static final List<SortKey.Value> VALUES = List.of(
            number(AiredOrder::season),
            number(AiredOrder::place),
            number(facts -> isSpecial(facts) ? 0 : 1),
            number(Facts::number),
            number(Facts::premiere));

    private AiredOrder() {}

    private static SortKey.Value number(ToLongFunction<Facts> value) {
        return new SortKey.Value.Number((context, row) -> value.applyAsLong(row.scalars()));
    }

    static boolean isSpecial(Facts facts) {
        return facts.parentNumber() == 0;
    }

    private static int season(Facts facts) {
        return isSpecial(facts) && facts.airedSeason() > 0 ? facts.airedSeason() : facts.parentNumber();
    }

    private static long place(Facts facts) {
        if (!isSpecial(facts) || facts.airedSeason() <= 0) {
            return facts.number();
        }
        return facts.airedNumber() == Facts.NO_NUMBER ? Integer.MAX_VALUE : facts.airedNumber();
    }
}
