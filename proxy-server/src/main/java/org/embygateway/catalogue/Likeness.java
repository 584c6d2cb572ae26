package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/** What is like an item: the more they have in common, the more alike; people who made it weigh most. */
final class Likeness {
    private final Lens lens;

    Likeness(Lens lens) {
        this.lens = lens;
    }

    List<Row> to(Row item, int limit) {
        return to(item, lens.visible(), limit);
    }

    /** Of these visible items those like this one, the most alike first; none for episodes, people, genres and the like. */
    List<Row> to(Row item, RoaringBitmap among, int limit) {
        if (item.kind() == ItemKind.MUSIC_ARTIST) {
            return Artists.like(lens, item, among, limit);
        }
        if (item.kind().isByName() || item.kind() == ItemKind.EPISODE || item.kind() == ItemKind.SEASON) {
            return List.of();
        }
        Map<Integer, Integer> weights = new HashMap<>();
        item.facts().refs().forEach(ref -> weights.merge(ref.id().value(), weight(ref), Math::max));
        RoaringBitmap candidates = new RoaringBitmap();
        weights.keySet().forEach(id -> candidates.or(lens.of(Keys.REF.of(id))));
        RoaringBitmap ofKind = new RoaringBitmap();
        family(item.kind()).forEach(kind -> ofKind.or(lens.snapshot().ofKind(kind)));
        candidates.and(ofKind);
        candidates.and(among);
        candidates.remove(item.id());
        record Scored(Row row, int score) {}
        List<Scored> scored = new ArrayList<>();
        candidates.forEach((int id) -> {
            Row row = lens.row(id);
            int score = score(row, weights);
            if (score > 0) {
                scored.add(new Scored(row, score));
            }
        });
        scored.sort(Comparator.comparingInt(Scored::score)
                .reversed()
                .thenComparing(found -> -rating(found.row))
                .thenComparing(Scored::row, SortKey.BY_ID));
        return scored.stream().limit(limit).map(Scored::row).toList();
    }

    private static Set<ItemKind> family(ItemKind kind) {
        return kind == ItemKind.MOVIE || kind == ItemKind.TRAILER
                ? EnumSet.of(ItemKind.MOVIE, ItemKind.TRAILER)
                : EnumSet.of(kind);
    }

    private static int score(Row row, Map<Integer, Integer> weights) {
        Map<Integer, Integer> shared = new HashMap<>();
        row.facts().refs().forEach(ref -> {
            if (weights.containsKey(ref.id().value())) {
                shared.put(ref.id().value(), weights.get(ref.id().value()));
            }
        });
        return shared.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static int weight(Facts.Ref ref) {
        return switch (ref.kind()) {
            case GENRE, MUSIC_GENRE, GAME_GENRE -> 10;
            case TAG, STUDIO -> 5;
            case PERSON -> ref.role().equals("Director") ? 50 : 15;
            case MUSIC_ARTIST -> 15;
            default -> 0;
        };
    }

    private static float rating(Row row) {
        float rating = row.facts().communityRating();
        return Float.isNaN(rating) ? 0 : rating;
    }
}
