package org.embygateway.catalogue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.embygateway.index.Delivery;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Settings;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;

/**
 * Measures how the catalogue in memory grows: start, bytes an item, times of queries by family, changes. Queries are
 * measured up to the ids of their page; documents are the store's affair. Not a test.
 *
 * <p>Arguments: numbers of items (10 000, 100 000 and 1 000 000 by default).
 */
final class ScaleBench {
    private static final int ROUNDS = 300;
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String MOVIES = "Recursive=true&IncludeItemTypes=Movie&Limit=100";
    private static final String ALL = "Recursive=true&Limit=100";

    private final GeneratedIndex index;
    private final int size;
    private final Random random = new Random(7);
    private final Map<ItemId, UserData> states = new HashMap<>();
    private final Caller everything = Fixture.caller(1, 2, 3, 4, 5);
    private final Caller restricted = Fixture.caller(1, 3, 4);
    private Catalogue catalogue = build();
    private Listing listing = new Listing(catalogue, ReadThrough.NONE);

    private ScaleBench(int size) {
        this.size = size;
        this.index = new GeneratedIndex(size);
    }

    public static void main(String... args) throws Exception {
        int[] sizes = args.length == 0
                ? new int[] {10_000, 100_000, 1_000_000}
                : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        for (int size : sizes) {
            new ScaleBench(size).run();
        }
    }

    private Catalogue build() {
        UserDataStore store = new UserDataStore() {
            @Override
            public Map<ItemId, UserData> find(UserId user, Collection<ItemId> items) {
                return Map.of();
            }

            @Override
            public Map<ItemId, UserData> all(UserId user) {
                return Map.copyOf(states);
            }

            @Override
            public void save(UserId user, Map<ItemId, UserData> saved, List<Delivery> deliveries) {}
        };
        return new Catalogue(
                index,
                store,
                GivenLists.none(2 * size),
                user -> EmbyJson.object(),
                Fixture.SERVER,
                Clock.systemUTC(),
                1 << 20);
    }

    private void run() throws Exception {
        watch();
        System.out.printf("%n%d items, one with state in %d%n", size, size / states.size());
        start();
        System.out.printf("%-36s %9s %9s %9s %9s %9s%n", "ms, and of CPU", "first", "p50", "p99", "CPU p50", "CPU p99");
        for (Caller caller : List.of(everything, restricted)) {
            System.out.println(caller == everything ? "all servers" : "three of five servers");
            queries(caller);
        }
        System.out.printf("with all orders of the above: %d bytes an item%n", memory());
        changes();
    }

    private void start() throws Exception {
        long empty = used();
        catalogue = build();
        long begun = System.nanoTime();
        catalogue.load();
        System.out.printf("%-44s %10d%n", "start from documents made up meanwhile, ms", millis(begun));
        Path folder = Files.createTempDirectory("scale");
        Path file = folder.resolve("rows");
        KeptRows kept = new KeptRows(file, settings(), "bench");
        catalogue.keep(kept);
        System.out.printf("%-44s %10d%n", "the rows kept for the next start, bytes each", Files.size(file) / size);
        catalogue = build();
        begun = System.nanoTime();
        long cpu = MACHINE.getProcessCpuTime();
        catalogue.load(kept);
        System.out.printf(
                "%-44s %10d (%d of CPU)%n",
                "start from kept rows, ms",
                millis(begun),
                TimeUnit.NANOSECONDS.toMillis(MACHINE.getProcessCpuTime() - cpu));
        Files.delete(file);
        Files.delete(folder);
        listing = new Listing(catalogue, ReadThrough.NONE);
        base = empty;
        System.out.printf("%-44s %10d%n", "memory of the view, bytes an item", memory());
    }

    private long base;

    private long memory() {
        return (used() - base) / size;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Settings settings() {
        Map<String, String> values = new HashMap<>();
        return new Settings() {
            @Override
            public Optional<String> find(String name) {
                return Optional.ofNullable(values.get(name));
            }

            @Override
            public void put(String name, String value) {
                values.put(name, value);
            }

            @Override
            public String findOrCreate(String name, Supplier<String> first) {
                return values.computeIfAbsent(name, key -> first.get());
            }
        };
    }

    /** Somebody who has seen many films, and much of some hundred series. */
    private void watch() {
        for (int i = 0; i < Math.max(50, Math.min(20_000, size / 50)); i++) {
            int id = i % 2 == 0 ? index.someMovie(random) : index.someWatched(random);
            Instant at = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(10_000_000));
            states.put(
                    new ItemId(id),
                    new UserData(
                            i % 10 > 0,
                            i % 10 == 0 ? 600_000_000 : 0,
                            1,
                            i % 7 == 0,
                            Optional.of(at),
                            OptionalDouble.empty(),
                            false,
                            at));
        }
    }

    private interface Question {
        void ask(int round);
    }

    private void queries(Caller caller) {
        page(caller, "by name, first page", MOVIES + "&SortBy=SortName", 1);
        page(caller, "by name, any page", MOVIES + "&SortBy=SortName", size / 4);
        page(caller, "everything by name, any page", ALL + "&SortBy=SortName", size * 3 / 4);
        page(
                caller,
                "newest unplayed, any page",
                MOVIES + "&SortBy=DateCreated,SortName&SortOrder=Descending&Filters=IsUnplayed",
                size / 4);
        page(
                caller,
                "library by rating, any page",
                "ParentId=10&Recursive=true&Limit=100&SortBy=CommunityRating",
                size / 4);
        page(caller, "last played, any page", ALL + "&SortBy=DatePlayed&SortOrder=Descending", size / 2);
        page(caller, "random, any page", ALL + "&SortBy=Random", size / 2);
        time(
                "genre, year, unplayed",
                round -> ids(
                        caller,
                        MOVIES + "&GenreIds=" + genre() + "&Years=" + (1950 + round % 70)
                                + "&IsPlayed=false&SortBy=SortName",
                        0));
        time("count of a genre, unplayed", round -> count(caller, MOVIES + "&GenreIds=" + genre() + "&IsPlayed=false"));
        time("count before a letter", round -> count(caller, MOVIES + "&NameLessThan=" + (char) ('b' + round % 24)));
        time(
                "rating and date range",
                round -> ids(
                        caller,
                        MOVIES + "&MinCommunityRating=" + round % 10 + "&MinPremiereDate=19" + (50 + round % 50)
                                + "-01-01&SortBy=PremiereDate",
                        round % 20 * 100));
        time(
                "resolution, codec, language",
                round -> ids(caller, MOVIES + "&Is4K=true&VideoCodecs=hevc&AudioLanguages=jpn&SortBy=DateCreated", 0));
        time("films of a person", round -> ids(caller, ALL + "&PersonIds=" + index.somePerson(random), 0));
        time(
                "an id of a provider",
                round -> ids(caller, ALL + "&AnyProviderIdEquals=tmdb." + index.someMovie(random) * 3, 0));
        FacetHandlers facets = new FacetHandlers(catalogue, ReadThrough.NONE);
        ask(caller, "facet: genres", facets::filters2, "Recursive=true&IncludeItemTypes=Movie&Years=");
        ask(caller, "facet: years", facets::years, "Recursive=true&IncludeItemTypes=Movie&GenreIds=1");
        ask(caller, "facet: codecs", facets::videoCodecs, "Recursive=true&GenreIds=1");
        ask(caller, "letters", new ItemsHandlers(catalogue, ReadThrough.NONE)::prefixes, MOVIES + "&GenreIds=1");
        time("next up of everything", round -> new NextUp(catalogue.visitor(caller)).ofAll());
        time("episodes of a series", round -> {
            String series = Integer.toString(index.seriesOf(index.someEpisode(random)));
            ids(caller, "ParentId=" + series + "&IncludeItemTypes=Episode&SortBy=AiredEpisodeOrder&Limit=100", 0);
        });
        String[] terms = {"star", "the lost", "q", "流浪", "トトロ", "기생", "knight of 19", "ghost river"};
        time(
                "search",
                round -> new Search(catalogue.visitor(caller), List.of()).page(terms[round % terms.length], 0, 20));
    }

    private void ask(Caller caller, String what, Handler handler, String query) {
        time(what, round -> handler.handle(Fixture.call(caller, query + (query.endsWith("=1") ? round % 30 : ""))));
    }

    private String genre() {
        return Integer.toString(GeneratedIndex.FIRST_GENRE + random.nextInt(GeneratedIndex.GENRES));
    }

    private void page(Caller caller, String what, String query, int starts) {
        time(what, round -> ids(caller, query, random.nextInt(starts)));
    }

    private int[] ids(Caller caller, String query, int start) {
        Params params = Params.parse(query);
        Visitor visitor = catalogue.visitor(caller);
        return new Query(visitor.lens(), visitor.user(), listing.conditions(visitor, params))
                .page(Sort.parse(params).orElse(Sort.BY_NAME), 5, start, 100)
                .ids();
    }

    private int count(Caller caller, String query) {
        Visitor visitor = catalogue.visitor(caller);
        return new Query(visitor.lens(), visitor.user(), listing.conditions(visitor, Params.parse(query)))
                .matches()
                .getCardinality();
    }

    /** The first time is told apart: orders and corrections are made when they are first asked for. */
    private static void time(String what, Question question) {
        long begun = System.nanoTime();
        question.ask(0);
        double first = (System.nanoTime() - begun) / 1e6;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
        long[][] times = new long[2][2 * ROUNDS];
        int rounds = 0;
        while (rounds < 2 * ROUNDS && (rounds < 20 || System.nanoTime() < deadline)) {
            begun = System.nanoTime();
            long cpu = THREADS.getCurrentThreadCpuTime();
            question.ask(rounds + 1);
            times[1][rounds] = THREADS.getCurrentThreadCpuTime() - cpu;
            times[0][rounds++] = System.nanoTime() - begun;
        }
        System.out.printf("%-36s %9.1f", "  " + what, first);
        for (long[] all : times) {
            long[] warm = Arrays.copyOfRange(all, rounds / 2, rounds);
            Arrays.sort(warm);
            System.out.printf(" %9.3f %9.3f", warm[warm.length / 2] / 1e6, warm[(int) (warm.length * 0.99)] / 1e6);
        }
        System.out.println();
    }

    private void changes() {
        for (int round = 0; round < 4; round++) {
            Set<ItemId> changed = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                changed.add(new ItemId(i % 2 == 0 ? index.someMovie(random) : index.someEpisode(random)));
            }
            index.change();
            double reading = cpu(() -> index.read(changed));
            double applied = cpu(() -> catalogue.apply(new IndexChange(changed, Set.of()))) - reading;
            System.out.printf(
                    "a change of 500 items: %.0f ms of CPU, then the first page %.1f ms, to a restricted user %.1f ms%n",
                    applied,
                    cpu(() -> ids(everything, MOVIES + "&SortBy=SortName", 1000)),
                    cpu(() -> ids(restricted, MOVIES + "&SortBy=SortName", 1000)));
        }
    }

    private static double cpu(Runnable work) {
        long begun = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - begun) / 1e6;
    }

    private static long millis(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
