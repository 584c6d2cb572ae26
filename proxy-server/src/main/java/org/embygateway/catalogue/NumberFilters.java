package org.embygateway.catalogue;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/** Years, dates, ratings and the numbers of seasons and episodes. What is unknown is in no range. */
final class NumberFilters {
    private final Conditions conditions;
    private final Params params;
    private final Lens lens;

    private NumberFilters(Conditions conditions) {
        this.conditions = conditions;
        this.params = conditions.params();
        this.lens = conditions.lens();
    }

    static void add(Conditions conditions) {
        NumberFilters filters = new NumberFilters(conditions);
        filters.numbers();
        filters.ratings();
        filters.dates();
    }

    private void numbers() {
        if (params.has("Years")) {
            conditions.add(conditions.any(Keys.YEAR, years()));
        }
        conditions.number("ParentIndexNumber", value -> range(SortKey.PARENT_INDEX_NUMBER, value, value));
        conditions.number("IndexNumber", value -> range(SortKey.INDEX_NUMBER, value, value));
        conditions.number("MinIndexNumber", value -> range(SortKey.INDEX_NUMBER, value, Long.MAX_VALUE));
        conditions.number("AiredDuringSeason", this::airedDuring);
    }

    private IntStream years() {
        return params.list("Years").stream()
                .filter(text -> text.matches("\\d{1,4}"))
                .mapToInt(Integer::parseInt);
    }

    private RoaringBitmap range(SortKey key, long from, long to) {
        return conditions.range(key, from, to);
    }

    /** Episodes of the season, and specials that were aired in its time. */
    private RoaringBitmap airedDuring(int season) {
        RoaringBitmap specials = RoaringBitmap.and(
                range(SortKey.PARENT_INDEX_NUMBER, 0, 0), range(SortKey.AIRED_SEASON, season, season));
        return RoaringBitmap.or(specials, range(SortKey.PARENT_INDEX_NUMBER, season, season));
    }

    private void ratings() {
        decimal("MinCommunityRating", SortKey.COMMUNITY_RATING);
        decimal("MinCriticRating", SortKey.CRITIC_RATING);
        params.text("MinOfficialRating").map(ParentalRating::of).ifPresent(min -> aged(age -> age >= min));
        params.text("MaxOfficialRating").map(ParentalRating::of).ifPresent(max -> aged(age -> age <= max));
        for (String name : List.of("HasOfficialRating", "HasParentalRating")) {
            conditions.flag(name, () -> lens.ofTexts(Keys.OFFICIAL_RATING, rating -> true));
        }
    }

    private void decimal(String name, SortKey rating) {
        params.text(name)
                .filter(text -> text.matches("-?\\d{1,9}(\\.\\d{1,9})?"))
                .ifPresent(text ->
                        conditions.add(range(rating, SortKey.rating(Double.parseDouble(text)), Long.MAX_VALUE)));
    }

    private void aged(IntPredicate test) {
        conditions.add(lens.ofTexts(Keys.OFFICIAL_RATING, rating -> {
            int age = ParentalRating.of(rating);
            return age != ParentalRating.UNKNOWN && test.test(age);
        }));
    }

    private void dates() {
        between("PremiereDate", SortKey.PREMIERED);
        between("StartDate", SortKey.PREMIERED);
        between("EndDate", SortKey.ENDED);
        date("MinDateLastSaved", min -> range(SortKey.DATE_SAVED, min, Long.MAX_VALUE));
        date("MinDateLastSavedForUser", this::savedForUser);
        conditions.flag("IsUnaired", () -> range(SortKey.PREMIERED, conditions.now(), Long.MAX_VALUE));
    }

    /** Items that changed, or of which the person who asks changed something. */
    private RoaringBitmap savedForUser(long min) {
        RoaringBitmap saved = range(SortKey.DATE_SAVED, min, Long.MAX_VALUE).clone();
        conditions.user().known().forEach((int id) -> {
            if (conditions.user().of(id).changed().toEpochMilli() >= min) {
                saved.add(id);
            }
        });
        return saved;
    }

    private void between(String name, SortKey key) {
        date("Min" + name, min -> range(key, min, Long.MAX_VALUE));
        date("Max" + name, max -> range(key, Facts.NO_DATE + 1, max));
    }

    private void date(String name, LongFunction<RoaringBitmap> set) {
        conditions.date(name).ifPresent(date -> conditions.add(set.apply(date)));
    }
}
