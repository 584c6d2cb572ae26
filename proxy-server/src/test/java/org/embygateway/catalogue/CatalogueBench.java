package org.embygateway.catalogue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;

/**
 * Measures the catalogue in process: start, pages of 100 items, counts, searches and changes. Not a test.
 *
 * <p>Arguments: number of items (10 000 by default), number of threads (2).
 */
final class CatalogueBench {
    private static final int PEOPLE = 2000;

    private final Fixture fixture = new Fixture();
    private final Caller caller = Fixture.caller(1, 2);
    private final Random random = new Random(1);
    private final AtomicLong cpu = new AtomicLong();
    private final int size;
    private final int threads;

    private CatalogueBench(int size, int threads) {
        this.size = size;
        this.threads = threads;
    }

    public static void main(String... args) throws Exception {
        int size = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        new CatalogueBench(size, threads).run();
    }

    private void run() throws Exception {
        fill();
        long start = System.nanoTime();
        long began = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        fixture.load();
        long used = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() - began;
        System.out.printf(
                "start from documents        %8d ms (%d ms of CPU) for %d items%n",
                millis(start), TimeUnit.NANOSECONDS.toMillis(used), size);
        ItemsHandlers items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
        String list = "ParentId=10&IncludeItemTypes=Movie&Recursive=true&SortBy=SortName&Limit=100"
                + "&Fields=BasicSyncInfo,CanDelete,PrimaryImageAspectRatio,ProductionYear,Status,EndDate,Prefix&StartIndex=";
        String newest =
                "ParentId=10&IncludeItemTypes=Movie&Recursive=true&Filters=IsUnplayed&SortBy=DateCreated,SortName"
                        + "&SortOrder=Descending&Limit=100&StartIndex=";
        measure("pages of 100, by name", items::query, list, size - 100);
        measure("pages of 100, unplayed", items::query, newest, size / 2);
        measure("counts of a letter", items::query, list + "0&Limit=0&NameStartsWithOrGreater=M&_=", 1);
        measure("searches", items::query, "SearchTerm=star&Recursive=true&Limit=16&_=", 1);
        changes(items, list);
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "heap in use (with documents) %7d MiB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static long millis(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private void measure(String what, Handler handler, String query, int starts) throws Exception {
        for (int from = 0; from < starts; from += 100) {
            handler.handle(Fixture.call(caller, query + from));
        }
        round(handler, query, starts, 4000);
        cpu.set(0);
        long[] times = round(handler, query, starts, 5000);
        Arrays.sort(times);
        double perSecond = times.length / 5.0;
        System.out.printf(
                "%-27s %8.0f per second, %8.0f per CPU second, p50 %.3f ms, p99 %.3f ms%n",
                what,
                perSecond,
                times.length * 1e9 / cpu.get(),
                times[times.length / 2] / 1e6,
                times[(int) (times.length * 0.99)] / 1e6);
    }

    private long[] round(Handler handler, String query, int starts, long millis) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Callable<List<Long>>> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Random own = new Random(i);
            workers.add(() -> {
                List<Long> times = new ArrayList<>();
                long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                while (System.nanoTime() < end) {
                    Call call = Fixture.call(caller, query + own.nextInt(starts));
                    long before = System.nanoTime();
                    handler.handle(call);
                    times.add(System.nanoTime() - before);
                }
                cpu.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began);
                return times;
            });
        }
        List<Long> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<List<Long>> worker : pool.invokeAll(workers)) {
                all.addAll(worker.get());
            }
        }
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    private void changes(ItemsHandlers items, String list) {
        for (int round = 0; round < 4; round++) {
            Set<ItemId> changed = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                changed.add(movie(10_000 + random.nextInt(size)));
            }
            long start = System.nanoTime();
            fixture.apply(changed, Set.of());
            long applied = millis(start);
            items.query(Fixture.call(caller, list + "0"));
            System.out.printf("a change of 500 items       %8d ms, with the next page %d ms%n", applied, millis(start));
        }
    }

    private void fill() {
        fixture.view(10, "Movies", "movies", 1, 2);
        for (int i = 0; i < 40; i++) {
            fixture.item(100 + i, ItemKind.GENRE, "Genre " + i).add();
        }
        for (int i = 0; i < PEOPLE; i++) {
            fixture.item(1000 + i, ItemKind.PERSON, "Person " + i).add();
        }
        for (int i = 0; i < size; i++) {
            movie(10_000 + i);
        }
    }

    private ItemId movie(int id) {
        String name = word() + " " + word() + " " + word();
        Fixture.Item item = fixture.item(id, ItemKind.MOVIE, name).views(10);
        int[] genres = random.ints(3, 0, 40).distinct().toArray();
        int[] people = random.ints(15, 0, PEOPLE).distinct().toArray();
        String json = document(id, genres, people);
        for (int upstream = 1; upstream <= 2; upstream++) {
            if (id % 4 == 0 || id % 2 == upstream - 1) {
                item.on(upstream, Fixture.library(10), json);
            }
        }
        for (int genre : genres) {
            item.names(ItemKind.GENRE, 100 + genre, "Genre " + genre);
        }
        for (int person : people) {
            item.names(ItemKind.PERSON, 1000 + person, "Person " + person);
        }
        return item.add();
    }

    private String word() {
        String[] words = {"star", "night", "return", "Matrix", "love", "king", "lost", "city", "river", "moon", "dark"};
        return words[random.nextInt(words.length)] + (char) ('a' + random.nextInt(26));
    }

    private String document(int id, int[] genres, int[] people) {
        StringBuilder names = new StringBuilder();
        for (int genre : genres) {
            names.append(names.isEmpty() ? "" : ",")
                    .append("'Genre ")
                    .append(genre)
                    .append('\'');
        }
        StringBuilder cast = new StringBuilder();
        for (int person : people) {
            cast.append(cast.isEmpty() ? "" : ",")
                    .append("{'Name':'Person %d','Id':'%d','Type':'Actor','Role':'Someone'}".formatted(person, person));
        }
        return """
                {'ProductionYear':%d,'CommunityRating':%.1f,'OfficialRating':'PG-13','DateCreated':'2024-01-05T10:00:%02d.0000000Z',
                 'Overview':'%s','Genres':[%s],'People':[%s],'RunTimeTicks':%d,'ProviderIds':{'Tmdb':'%d','Imdb':'tt%07d'},
                 'PrimaryImageAspectRatio':0.6667,'ImageTags':{'Primary':'%032x','Logo':'%032x'},'BackdropImageTags':['%032x'],
                 'MediaSources':[{'Id':'mediasource_%d','Container':'mkv','Size':123456789,'Bitrate':8000000,'MediaStreams':[
                 {'Type':'Video','Codec':'hevc','Width':1920,'Height':1080,'Index':0},
                 {'Type':'Audio','Codec':'ac3','Language':'eng','Index':1,'ChannelLayout':'5.1'}]}]}
                """.formatted(
                        1950 + id % 70,
                        1 + id % 90 / 10.0,
                        id % 60,
                        "Something happens to somebody. ".repeat(10),
                        names,
                        cast,
                        60_000_000_000L + id,
                        id,
                        id,
                        id,
                        id + 1,
                        id + 2,
                        id);
    }
}
