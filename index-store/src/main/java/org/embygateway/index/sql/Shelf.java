package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.MergeKey;
import org.embygateway.index.merge.MergeRules;
import org.jspecify.annotations.Nullable;

/**
 * The copies that a transaction looks at: each is read once, changed in memory, and written once at the end. What is
 * asked for is answered as if all changes were stored already.
 */
final class Shelf {
    private final Copies copies;
    private final Map<Integer, Held> byId = new LinkedHashMap<>();
    private final Map<CopyIdentity, Held> byIdentity = new HashMap<>();
    private final Map<Integer, Held> changed = new LinkedHashMap<>();
    /** Of changed copies; those of others are in the database. */
    private final Map<Long, Set<Integer>> changedKeys = new HashMap<>();

    Shelf(Copies copies) {
        this.copies = copies;
    }

    /** A copy as it is stored, null when it is not yet, and as it is now. */
    private static final class Held {
        private final @Nullable CopyRow stored;
        private CopyRow now;
        private long @Nullable [] storedKeys;
        private long @Nullable [] keys;

        Held(@Nullable CopyRow stored, CopyRow now) {
            this.stored = stored;
            this.now = now;
        }

        long[] storedKeys() {
            if (storedKeys == null) {
                storedKeys = stored == null ? new long[0] : hashes(stored);
            }
            return storedKeys;
        }

        long[] keys() {
            if (keys == null) {
                keys = stored == now ? storedKeys() : hashes(now);
            }
            return keys;
        }

        void become(CopyRow row) {
            boolean sameKeys = row.description() == now.description()
                    && row.placement().series() == now.placement().series();
            long[] known = sameKeys ? keys() : null;
            now = row;
            keys = known;
        }

        private static long[] hashes(CopyRow row) {
            return MergeRules.keys(row.facts()).stream()
                    .mapToLong(MergeKey::hash)
                    .distinct()
                    .toArray();
        }
    }

    /** Reads those of the upstream that are not here yet. */
    void load(int upstream, int space, Collection<String> itemIds) {
        List<String> missing = itemIds.stream()
                .filter(id -> !byIdentity.containsKey(new CopyIdentity(upstream, space, id)))
                .toList();
        copies.byUpstreamId(upstream, space, missing).forEach(this::hold);
    }

    private CopyRow hold(CopyRow row) {
        Held held = byId.get(row.id());
        if (held == null) {
            held = new Held(row, row);
            byId.put(row.id(), held);
            byIdentity.put(row.identity(), held);
        }
        return held.now;
    }

    /** As it is now; null when it is not here. */
    @Nullable
    CopyRow find(CopyIdentity identity) {
        Held held = byIdentity.get(identity);
        return held == null ? null : held.now;
    }

    /** As it was before the transaction; null when it was not there. */
    @Nullable
    CopyRow stored(int copy) {
        Held held = byId.get(copy);
        return held == null ? null : held.stored;
    }

    /** A new copy, with a number of its own, or what one becomes. */
    void put(CopyRow row) {
        Held held = byId.get(row.id());
        if (held == null) {
            held = new Held(null, row);
            byId.put(row.id(), held);
            byIdentity.put(row.identity(), held);
        } else {
            held.become(row);
        }
        changed.put(row.id(), held);
        for (long key : held.keys()) {
            changedKeys.computeIfAbsent(key, k -> new HashSet<>(2)).add(row.id());
        }
    }

    List<CopyRow> byId(Collection<Integer> ids) {
        List<Integer> missing = ids.stream().filter(id -> !byId.containsKey(id)).toList();
        copies.byId(missing).forEach(this::hold);
        List<CopyRow> rows = new ArrayList<>(ids.size());
        for (Integer id : ids) {
            Held held = byId.get(id);
            if (held != null) {
                rows.add(held.now);
            }
        }
        return rows;
    }

    /** The ordinary copies of the upstream that are there. */
    List<CopyRow> ordinary(int upstream, Collection<String> itemIds) {
        load(upstream, 0, itemIds);
        List<CopyRow> rows = new ArrayList<>();
        for (String id : itemIds) {
            CopyRow row = find(new CopyIdentity(upstream, 0, id));
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    List<CopyRow> ofSeries(int upstream, Collection<String> seriesIds) {
        return below(upstream, seriesIds, copies::ofSeries, Description::seriesId);
    }

    List<CopyRow> ofSeason(int upstream, Collection<String> seasonIds) {
        return below(upstream, seasonIds, copies::ofSeason, Description::seasonId);
    }

    private List<CopyRow> below(
            int upstream,
            Collection<String> parents,
            BiFunction<Integer, Collection<String>, List<CopyRow>> stored,
            java.util.function.Function<Description, String> parent) {
        stored.apply(upstream, parents).forEach(this::hold);
        Set<String> wanted = new HashSet<>(parents);
        wanted.remove("");
        return byId.values().stream()
                .map(held -> held.now)
                .filter(row -> row.identity().upstream() == upstream
                        && MergeRules.isChild(row.description().kind())
                        && wanted.contains(parent.apply(row.description())))
                .toList();
    }

    /**
     * Which of the copies share a key with another, now or as it is stored, and which others those are.
     *
     * @param shared of those asked for
     */
    record Ties(Set<Integer> shared, Set<Integer> others) {}

    Ties ties(Collection<CopyRow> rows) {
        Map<Long, Set<Integer>> holders = new HashMap<>();
        for (CopyRow row : rows) {
            Held held = byId.get(row.id());
            if (held != null) {
                note(held.keys(), row.id(), holders);
                if (held.stored != held.now) {
                    note(held.storedKeys(), row.id(), holders);
                }
            }
        }
        copies.withKeys(holders.keySet()).forEach(keyed -> note(new long[] {keyed.hash()}, keyed.copy(), holders));
        Ties ties = new Ties(new HashSet<>(), new HashSet<>());
        holders.forEach((hash, ids) -> {
            ids.addAll(changedKeys.getOrDefault(hash, Set.of()));
            if (ids.size() > 1) {
                ties.shared.addAll(ids);
                ties.others.addAll(ids);
            }
        });
        Set<Integer> asked = Copies.ids(rows);
        ties.shared.retainAll(asked);
        ties.others.removeAll(asked);
        return ties;
    }

    private static void note(long[] hashes, int copy, Map<Long, Set<Integer>> holders) {
        for (long hash : hashes) {
            holders.computeIfAbsent(hash, h -> new HashSet<>(2)).add(copy);
        }
    }

    /** The copies that are part of the merged items, now or as it is stored. */
    Set<Integer> partOf(Set<Integer> items) {
        return placed(items, copies.partOf(items), Placement::item);
    }

    Set<Integer> atHomeIn(Set<Integer> homes) {
        return placed(homes, copies.atHomeIn(homes), Placement::home);
    }

    private Set<Integer> placed(Set<Integer> wanted, Set<Integer> stored, ToIntFunction<Placement> number) {
        if (!wanted.isEmpty()) {
            changed.forEach((id, held) -> {
                if (wanted.contains(number.applyAsInt(held.now.placement()))) {
                    stored.add(id);
                }
            });
        }
        return stored;
    }

    Collection<CopyRow> changed() {
        return changed.values().stream().map(held -> held.now).toList();
    }

    List<CopyRow> all() {
        return byId.values().stream().map(held -> held.now).toList();
    }

    /** A copy that is another than before the transaction; it may have been none. */
    record Difference(@Nullable CopyRow before, CopyRow now) {}

    List<Difference> differences() {
        return changed.values().stream()
                .filter(held -> !held.now.equals(held.stored))
                .map(held -> new Difference(held.stored, held.now))
                .toList();
    }

    /** Writes what is new or different. */
    void store() {
        List<CopyRow> fresh = new ArrayList<>();
        List<CopyRow> said = new ArrayList<>();
        List<CopyRow> placed = new ArrayList<>();
        List<Copies.Keyed> lost = new ArrayList<>();
        List<Copies.Keyed> won = new ArrayList<>();
        for (Held held : changed.values()) {
            CopyRow row = held.now;
            CopyRow old = held.stored;
            if (old == null) {
                fresh.add(row);
            } else if (!row.equals(old)) {
                (row.at(old.placement()).equals(old) ? placed : said).add(row);
            }
            if (old == null || !Arrays.equals(held.keys(), held.storedKeys())) {
                keyed(held.storedKeys(), row.id(), lost);
                if (old != null) {
                    keyed(held.keys(), row.id(), lost);
                }
                keyed(held.keys(), row.id(), won);
            }
        }
        copies.insert(fresh);
        copies.update(said);
        copies.place(placed);
        copies.removeKeys(lost);
        won.sort(Comparator.comparingLong(Copies.Keyed::hash)); // neighbours share a page of the database
        copies.addKeys(won);
    }

    private static void keyed(long[] hashes, int copy, List<Copies.Keyed> into) {
        for (long hash : hashes) {
            into.add(new Copies.Keyed(hash, copy));
        }
    }
}
