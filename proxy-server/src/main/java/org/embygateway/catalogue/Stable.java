package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Sorts ids by one value each; what is equal keeps its order. */
final class Stable {
    private Stable() {}

    private record Text(String text, int at) {}

    /** @param values of the ids, at the same places */
    static int[] byNumber(int[] ids, long[] values, boolean descending) {
        long[] ordered = values.clone();
        Arrays.parallelSort(ordered);
        int distinct = 0;
        for (int i = 0; i < ordered.length; i++) {
            if (i == 0 || ordered[i] != ordered[distinct - 1]) {
                ordered[distinct++] = ordered[i];
            }
        }
        int count = distinct;
        long[] places = new long[ids.length];
        IntStream.range(0, ids.length).parallel().forEach(i -> {
            long place = Arrays.binarySearch(ordered, 0, count, values[i]);
            places[i] = (descending ? count - place : place) << 32 | i;
        });
        Arrays.parallelSort(places);
        return Arrays.stream(places).mapToInt(place -> ids[(int) place]).toArray();
    }

    /** @param texts of the ids, at the same places */
    static int[] byText(int[] ids, String[] texts, boolean descending) {
        Text[] all = new Text[ids.length];
        Arrays.setAll(all, i -> new Text(texts[i], i));
        Comparator<Text> order = Comparator.comparing(Text::text);
        Arrays.parallelSort(all, (descending ? order.reversed() : order).thenComparingInt(Text::at));
        return Arrays.stream(all).mapToInt(text -> ids[text.at]).toArray();
    }
}
