package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class StableTest {
    private static final int MOST = 30_000;

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void numbersAreSortedAndEqualOnesStayInOrder(@ForAll long seed, @ForAll boolean descending) {
        Random random = new Random(seed);
        int size = random.nextInt(MOST);
        int spread = random.nextInt(Long.SIZE);
        long[] values = random.longs(size).map(value -> value >> spread).toArray();
        if (size > 0) {
            values[random.nextInt(size)] = random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        int[] ids = random.ints(size).toArray();
        Comparator<Integer> order = Comparator.comparing(place -> values[place]);
        assertThat(Stable.byNumber(ids, values, descending))
                .isEqualTo(expected(ids, descending ? order.reversed() : order));
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void textsAreSortedCharByCharAndEqualOnesStayInOrder(@ForAll long seed, @ForAll boolean descending) {
        Random random = new Random(seed);
        String common = "x".repeat(random.nextInt(4) == 0 ? 1000 : random.nextInt(7));
        String[] texts = IntStream.range(0, random.nextInt(MOST))
                .mapToObj(i -> (random.nextInt(3) == 0 ? "" : common) + text(random))
                .toArray(String[]::new);
        int[] ids = random.ints(texts.length).toArray();
        Comparator<Integer> order = Comparator.comparing(place -> texts[place]);
        assertThat(Stable.byText(ids, texts, descending))
                .isEqualTo(expected(ids, descending ? order.reversed() : order));
    }

    private static String text(Random random) {
        String letters = "ab \0\uFFFF地\uD83D\uDE00";
        return random.ints(random.nextInt(8), 0, letters.length())
                .collect(StringBuilder::new, (text, at) -> text.append(letters.charAt(at)), StringBuilder::append)
                .toString();
    }

    private static int[] expected(int[] ids, Comparator<Integer> order) {
        return Arrays.stream(IntStream.range(0, ids.length)
                        .boxed()
                        .sorted(order)
                        .mapToInt(Integer::intValue)
                        .toArray())
                .map(place -> ids[place])
                .toArray();
    }
}
