package org.embygateway.catalogue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/** The conditions of a request while they are collected, and what they are made from. */
final class Conditions {
    private final Params params;
    private final Lens lens;
    private final UserState user;
    private final Ids ids;
    private final Clock clock;
    private final List<Condition> all = new ArrayList<>();

    Conditions(Params params, Lens lens, UserState user, Ids ids, Clock clock) {
        this.params = params;
        this.lens = lens;
        this.user = user;
        this.ids = ids;
        this.clock = clock;
    }

    Params params() {
        return params;
    }

    Lens lens() {
        return lens;
    }

    UserState user() {
        return user;
    }

    long now() {
        return clock.millis();
    }

    List<Condition> all() {
        return all;
    }

    void add(Condition condition) {
        all.add(condition);
    }

    void add(RoaringBitmap wanted) {
        all.add(Condition.ids(wanted));
    }

    void add(RoaringBitmap set, boolean wanted) {
        all.add(Condition.ids(set, wanted));
    }

    void addNot(RoaringBitmap unwanted) {
        all.add(Condition.notIds(unwanted));
    }

    /** Those in the set or the others, when a truth value says so. */
    void flag(String name, Supplier<RoaringBitmap> set) {
        params.flag(name).ifPresent(wanted -> add(set.get(), wanted));
    }

    /** Those with the key or the others, when a truth value says so. */
    void flag(String name, long key) {
        params.flag(name).ifPresent(wanted -> add(lens.of(key), wanted));
    }

    void number(String name, IntFunction<RoaringBitmap> set) {
        params.number(name).ifPresent(value -> add(set.apply(value)));
    }

    /** Any of the wanted texts, pipes or commas between them, compared without case. */
    void texts(String name, Keys field) {
        if (params.has(name)) {
            Set<String> wanted = lower(names(name));
            add(lens.ofTexts(field, text -> wanted.contains(text.trim().toLowerCase(Locale.ROOT))));
        }
    }

    /** The members of a list that pipes or commas separate; for values that have no commas themselves. */
    List<String> names(String name) {
        return params.pipeList(name).stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    Set<String> lowerList(String name) {
        return lower(params.list(name));
    }

    private static Set<String> lower(Collection<String> texts) {
        Set<String> lower = new HashSet<>();
        texts.forEach(text -> lower.add(text.toLowerCase(Locale.ROOT)));
        return lower;
    }

    /** The items that a list of ids means; ids of nothing are left out. */
    RoaringBitmap ids(String name) {
        return ids.all(names(name));
    }

    /** The items with any of these values in a field. */
    RoaringBitmap any(Keys field, IntStream values) {
        return lens.ofAny(values.mapToLong(field::of).toArray());
    }

    RoaringBitmap any(Keys field, RoaringBitmap values) {
        return any(field, Arrays.stream(values.toArray()));
    }

    /** The items with a number between the two, both included. */
    RoaringBitmap range(SortKey key, long from, long to) {
        return lens.orders().range(key, from, to);
    }

    /** A date; empty when it is absent or none. */
    Optional<Long> date(String name) {
        return params.text(name).map(Facts::date).filter(date -> date != Facts.NO_DATE);
    }
}
