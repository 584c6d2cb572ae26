package org.embygateway.catalogue;

import java.util.Comparator;

/**
 * Episodes as they were aired, specials where they belong. A special with an aired season but without a number comes
 * after that season, one with a number before that episode; one without either comes before everything.
 */
final class AiredOrder {
    static final Comparator<Row> COMPARATOR = Comparator.<Row>comparingInt(row -> season(row.facts()))
            .thenComparingLong(row -> place(row.facts()))
            .thenComparingInt(row -> isSpecial(row.facts()) ? 0 : 1)
            .thenComparingInt(row -> row.facts().number())
            .thenComparingLong(row -> row.facts().premiere());

    private AiredOrder() {}

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
