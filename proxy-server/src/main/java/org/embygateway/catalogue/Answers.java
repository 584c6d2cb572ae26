package org.embygateway.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What was found out about the order of sets that were asked for lately, so that a client that pages through a list pays
 * for it once. A set is known by its members: it does not matter which question led to it.
 */
final class Answers {
    private static final int MOST = 64;
    /** In all answers together. */
    private static final int MOST_NUMBERS = 4_000_000;

    /** @param user whose order it is, as it was at that moment */
    record Asked(Sort sort, long seed, Object user, RoaringBitmap matches) {}

    private final Map<Asked, int[]> known = new LinkedHashMap<>(16, 0.75f, true);
    private int numbers;

    int[] find(Asked asked, Supplier<int[]> answer) {
        int[] found = get(asked);
        if (found == null) {
            found = answer.get();
            put(new Asked(asked.sort, asked.seed, asked.user, asked.matches.clone()), found);
        }
        return found;
    }

    private synchronized int @Nullable [] get(Asked asked) {
        return known.get(asked);
    }

    private synchronized void put(Asked asked, int[] answer) {
        if (known.put(asked, answer) == null) {
            numbers += answer.length;
        }
        var oldest = known.entrySet().iterator();
        while ((known.size() > MOST || numbers > MOST_NUMBERS) && known.size() > 1) {
            numbers -= oldest.next().getValue().length;
            oldest.remove();
        }
    }
}
