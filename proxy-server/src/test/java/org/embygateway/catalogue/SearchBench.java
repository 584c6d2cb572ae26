package org.embygateway.catalogue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.embygateway.index.Delivery;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;

/**
 * Measures searches by what is typed, with the sort of the hits, each the first time it is asked; and what the index of
 * titles takes. Not a test.
 *
 * <p>Arguments: number of items (1 000 000 by default).
 */
final class SearchBench {
    private static final int ROUNDS = 400;
    private static final int WARM_UP = 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private final int size;
    private final Random random = new Random(3);
    private final Catalogue catalogue;

    private SearchBench(int size) {
        this.size = size;
        this.catalogue = new Catalogue(
                new GeneratedIndex(size),
                new NoData(),
                GivenLists.none(2 * size),
                user -> EmbyJson.object(),
                Fixture.SERVER,
                Clock.systemUTC(),
                1 << 20);
    }

    private static final class NoData implements UserDataStore {
        @Override
        public Map<ItemId, UserData> find(UserId user, Collection<ItemId> items) {
            return Map.of();
        }

        @Override
        public Map<ItemId, UserData> all(UserId user) {
            return Map.of();
        }

        @Override
        public void save(UserId user, Map<ItemId, UserData> saved, List<Delivery> deliveries) {}
    }

    public static void main(String... args) {
        new SearchBench(args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000).run();
    }

    private void run() {
        catalogue.load();
        Rows rows = catalogue
                .visitor(Fixture.caller(1, 2, 3, 4, 5))
                .lens()
                .snapshot()
                .rows();
        titles(rows);
        for (Caller caller : List.of(Fixture.caller(1, 2, 3, 4, 5), Fixture.caller(1, 3, 4))) {
            Visitor visitor = catalogue.visitor(caller);
            System.out.printf(
                    "%s%n%-34s %9s %9s %9s %9s %9s%n",
                    visitor.lens().seesAll() ? "all servers" : "three of five servers",
                    "ms, and of CPU",
                    "p50",
                    "p99",
                    "CPU p50",
                    "CPU p99",
                    "hits");
            families(visitor);
        }
    }

    /** What the index takes by itself: once with all titles, once with none. */
    private void titles(Rows rows) {
        long before = used();
        long begun = THREADS.getCurrentThreadCpuTime();
        TitleIndex.Edit edit = TitleIndex.empty().edit();
        rows.forEach(edit::add);
        TitleIndex index = edit.done();
        long millis = TimeUnit.NANOSECONDS.toMillis(THREADS.getCurrentThreadCpuTime() - begun);
        System.out.printf(
                "index of titles: %d bytes an item, made in %d ms of CPU%n", (used() - before) / size, millis);
        if (index.different().isEmpty()) {
            System.out.println("no names differ between servers");
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void families(Visitor visitor) {
        time(visitor, "one letter", round -> letters(1));
        time(visitor, "two letters", round -> letters(2));
        time(visitor, "three letters", round -> letters(3));
        time(visitor, "a word", round -> word(name(visitor)));
        time(visitor, "the beginning of a word", round -> beginning(word(name(visitor)), 4));
        time(visitor, "a whole title", round -> name(visitor));
        time(visitor, "some words of a title", round -> word(name(visitor)) + " " + beginning(word(name(visitor)), 3));
        time(visitor, "two single letters", round -> letters(1) + " " + letters(1));
        time(visitor, "a word and a year", round -> word(name(visitor)) + " " + (1950 + random.nextInt(70)));
        time(visitor, "a character", round -> dense(visitor, 1));
        time(visitor, "two characters", round -> dense(visitor, 2));
        time(visitor, "four characters", round -> dense(visitor, 4));
        List<String> typed =
                List.of("lldq", "liulang", "liulangdiqiu", "sh", "shi", "shid", "zhong", "zg", "tonari", "ㄱㅅㅊ", "기새");
        time(
                visitor,
                "pinyin, romaji, jamo",
                round -> typed.get(round % typed.size()) + (round % 3 == 0 ? letters(1) : ""));
        time(
                visitor,
                "series and number",
                round -> word(name(visitor)) + " s0" + (1 + round % 3) + "e0" + (1 + round % 9));
    }

    private String letters(int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }

    private String name(Visitor visitor) {
        Lens lens = visitor.lens();
        return lens.row(lens.visible().select(random.nextInt(lens.visible().getCardinality())))
                .facts()
                .name();
    }

    private String word(String title) {
        String[] words = title.split(" ");
        return words[random.nextInt(words.length)];
    }

    private static String beginning(String word, int length) {
        return word.substring(0, Math.min(length, word.length()));
    }

    private String dense(Visitor visitor, int count) {
        while (true) {
            String name = name(visitor);
            int from = random.nextInt(name.length());
            String part = name.substring(from, Math.min(name.length(), from + count));
            if (part.length() == count && part.chars().allMatch(c -> c >= 0x3041)) {
                return part;
            }
        }
    }

    private void time(Visitor visitor, String what, Function<Integer, String> term) {
        Search search = new Search(visitor, List.of());
        long[] times = new long[ROUNDS];
        long[] used = new long[ROUNDS];
        long hits = 0;
        for (int i = 0; i < ROUNDS + WARM_UP; i++) {
            String asked = term.apply(i);
            visitor.lens().finder().forget();
            long begun = System.nanoTime();
            long cpu = THREADS.getCurrentThreadCpuTime();
            int total = search.page(asked, 0, 20).total();
            if (i >= WARM_UP) {
                used[i - WARM_UP] = THREADS.getCurrentThreadCpuTime() - cpu;
                times[i - WARM_UP] = System.nanoTime() - begun;
                hits += total;
            }
        }
        Arrays.sort(times);
        Arrays.sort(used);
        System.out.printf(
                "%-34s %9.3f %9.3f %9.3f %9.3f %9d%n",
                "  " + what,
                times[ROUNDS / 2] / 1e6,
                times[ROUNDS * 99 / 100] / 1e6,
                used[ROUNDS / 2] / 1e6,
                used[ROUNDS * 99 / 100] / 1e6,
                hits / ROUNDS);
    }
}
