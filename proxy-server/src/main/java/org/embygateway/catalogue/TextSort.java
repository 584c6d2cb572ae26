package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CountedCompleter;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A quicksort of texts, char by char, that compares three letters at a time and those that many share only once. It sorts
 * a million titles in a fraction of the time that comparing whole texts takes.
 */
final class TextSort extends CountedCompleter<Void> {
    private static final long serialVersionUID = 1;
    /** Fewer are not worth another thread. */
    private static final int MANY = 8192;

    private static final int FEW = 16;
    /** Texts with more letters in common are not taken apart any further. */
    private static final int DEEPEST = 600;

    private static final int LETTERS = 3;
    /** Room for a char and for the end of the text before all of those. */
    private static final int BITS = 17;

    private final transient String[] texts;
    private final boolean descending;
    private final int[] places;
    /** Of the text at each place the letters that are compared next. */
    private final long[] letters;

    private final int from;
    private final int to;
    private final int depth;

    private TextSort(
            @Nullable TextSort of,
            String[] texts,
            boolean descending,
            int[] places,
            long[] letters,
            int from,
            int to,
            int depth) {
        super(of);
        this.texts = texts;
        this.descending = descending;
        this.places = places;
        this.letters = letters;
        this.from = from;
        this.to = to;
        this.depth = depth;
    }

    /** Where the texts are, in order; equal ones as they come. */
    static int[] places(String[] texts, boolean descending) {
        int[] places = new int[texts.length];
        Arrays.setAll(places, i -> i);
        new TextSort(null, texts, descending, places, new long[texts.length], 0, texts.length, 0).invoke();
        return places;
    }

    @Override
    public void compute() {
        look(from, to, depth);
        sort(from, to, depth);
        propagateCompletion();
    }

    private void look(int first, int end, int at) {
        for (int i = first; i < end; i++) {
            letters[i] = letters(texts[places[i]], at);
        }
    }

    private long letters(String text, int at) {
        long value = 0;
        for (int i = at; i < at + LETTERS; i++) {
            value = value << BITS | (i < text.length() ? text.charAt(i) + 1 : 0);
        }
        return descending ? ~value : value;
    }

    private boolean ends(long value) {
        return ((descending ? ~value : value) & (1 << BITS) - 1) == 0;
    }

    private void sort(int first, int end, int at) {
        int low = first;
        int high = end;
        while (high - low > FEW) {
            long pivot = pivot(low, high);
            int less = low;
            int more = high;
            for (int i = low; i < more; ) {
                if (letters[i] < pivot) {
                    swap(i++, less++);
                } else if (letters[i] > pivot) {
                    swap(i, --more);
                } else {
                    i++;
                }
            }
            equal(less, more, at, pivot);
            if (less - low < high - more) {
                sort(low, less, at);
                low = more;
            } else {
                sort(more, high, at);
                high = less;
            }
        }
        insert(low, high);
    }

    private void equal(int first, int end, int at, long value) {
        if (ends(value)) {
            Arrays.sort(places, first, end);
        } else if (at > DEEPEST) {
            compareWhole(first, end);
        } else if (end - first > MANY) {
            addToPendingCount(1);
            new TextSort(this, texts, descending, places, letters, first, end, at + LETTERS).fork();
        } else {
            look(first, end, at + LETTERS);
            sort(first, end, at + LETTERS);
        }
    }

    /** The middle one of three, which are not where somebody would expect them. */
    private long pivot(int low, int high) {
        int step = (high - low) / 7;
        long one = letters[low + step];
        long two = letters[low + 3 * step + 1];
        long three = letters[high - step - 1];
        return Math.max(Math.min(one, two), Math.min(Math.max(one, two), three));
    }

    private void swap(int one, int other) {
        int place = places[one];
        places[one] = places[other];
        places[other] = place;
        long value = letters[one];
        letters[one] = letters[other];
        letters[other] = value;
    }

    private void insert(int low, int high) {
        for (int i = low + 1; i < high; i++) {
            for (int j = i; j > low && isBefore(j, j - 1); j--) {
                swap(j, j - 1);
            }
        }
    }

    private boolean isBefore(int one, int other) {
        if (letters[one] != letters[other]) {
            return letters[one] < letters[other];
        }
        int compared = texts[places[one]].compareTo(texts[places[other]]);
        return compared == 0 ? places[one] < places[other] : descending ? compared > 0 : compared < 0;
    }

    private Comparator<Integer> order() {
        Comparator<Integer> order = Comparator.comparing(place -> texts[place]);
        return (descending ? order.reversed() : order).thenComparing(Comparator.naturalOrder());
    }

    private void compareWhole(int first, int end) {
        int[] sorted = IntStream.range(first, end)
                .mapToObj(i -> places[i])
                .sorted(order())
                .mapToInt(Integer::intValue)
                .toArray();
        System.arraycopy(sorted, 0, places, first, sorted.length);
    }
}
