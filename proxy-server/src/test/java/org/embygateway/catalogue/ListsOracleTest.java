package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.embygateway.index.Memberships;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Caller;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random collections of random titles, and what is asked about them answered once more by looking at every member. */
class ListsOracleTest {
    private static final int FIRST = 6000;
    private static final int LISTS = 8;
    private static final int ROUNDS = 15;

    private static final Comparator<PlainTitle> BY_NAME =
            Comparator.comparing(PlainTitle::key).thenComparing(PlainTitle::id);

    /** @param members by upstream */
    private record Collection(PlainTitle title, boolean byName, Map<Integer, List<Integer>> members) {}

    private static Stream<Long> seeds() {
        long first = new Random().nextLong();
        return Stream.concat(Stream.of(1L, 2L, 3L), IntStream.range(0, 5).mapToObj(i -> first + i));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void collectionsHoldWhatLookingAtEveryMemberFinds(long seed) {
        Random random = new Random(seed);
        PlainLibrary library = new PlainLibrary(random);
        Fixture fixture = library.filled();
        Map<Integer, Collection> lists = new TreeMap<>();
        IntStream.range(FIRST, FIRST + LISTS).forEach(id -> lists.put(id, collection(random, library, id)));
        lists.values().forEach(list -> add(fixture, list));
        fixture.load();
        ItemsHandlers items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 3; i++) {
                new Seen(random, seed, library, lists, items).compareAll();
            }
            library.change(fixture);
            int changed = FIRST + random.nextInt(LISTS);
            lists.put(changed, collection(random, library, changed));
            add(fixture, lists.get(changed));
            fixture.apply(Set.of(new ItemId(changed)), Set.of());
        }
    }

    private static Collection collection(Random random, PlainLibrary library, int id) {
        Map<Integer, ObjectNode> documents = new TreeMap<>();
        Map<Integer, List<Integer>> members = new TreeMap<>();
        boolean byName = random.nextBoolean();
        int upstreams = 1 + random.nextInt(7);
        for (int upstream = 1; upstream <= 3; upstream++) {
            if ((upstreams >> upstream - 1 & 1) == 1) {
                documents.put(upstream, EmbyJson.object().put("DisplayOrder", byName ? "SortName" : "PremiereDate"));
                members.put(
                        upstream,
                        IntStream.range(0, random.nextInt(9))
                                .mapToObj(i -> library.titles.get(random.nextInt(library.titles.size())))
                                .filter(title -> title.kind() != ItemKind.EPISODE)
                                .map(PlainTitle::id)
                                .distinct()
                                .toList());
            }
        }
        String name =
                "" + (char) ('A' + random.nextInt(6)) + (char) ('a' + random.nextInt(4)) + " " + random.nextInt(30);
        return new Collection(
                new PlainTitle(id, ItemKind.BOX_SET, name, 0, 0, documents, Optional.empty()), byName, members);
    }

    private static void add(Fixture fixture, Collection list) {
        PlainTitle title = list.title;
        Fixture.Item item = fixture.item(title.id(), ItemKind.BOX_SET, title.name());
        title.documents().forEach((upstream, document) -> item.on(upstream, "", document.toString()));
        ItemId id = item.add();
        fixture.memberships.removeIf(one -> one.list().equals(id));
        list.members.forEach((upstream, members) -> fixture.memberships.add(new Memberships.Membership(
                id, new UpstreamId(upstream), members.stream().map(ItemId::new).toList())));
    }

    /** What somebody sees who sees some of the servers. */
    private static final class Seen {
        private final Random random;
        private final long seed;
        private final Set<Integer> upstreams = new TreeSet<>();
        private final List<PlainTitle> titles;
        private final Map<Integer, List<PlainTitle>> members = new TreeMap<>();
        private final List<Collection> lists;
        private final ItemsHandlers items;
        private final Caller caller;

        Seen(Random random, long seed, PlainLibrary library, Map<Integer, Collection> all, ItemsHandlers items) {
            this.random = random;
            this.seed = seed;
            this.items = items;
            IntStream.rangeClosed(1, 3).filter(u -> random.nextInt(3) > 0).forEach(upstreams::add);
            this.caller = Fixture.caller(
                    upstreams.stream().mapToInt(Integer::intValue).toArray());
            this.titles = library.titles.stream()
                    .flatMap(title -> title.seenFrom(upstreams).stream())
                    .toList();
            all.forEach((id, list) -> members.put(id, membersOf(list)));
            this.lists = all.values().stream()
                    .filter(list -> !members.get(list.title.id()).isEmpty())
                    .toList();
        }

        private List<PlainTitle> membersOf(Collection list) {
            Set<Integer> ids = new HashSet<>();
            list.members.forEach((upstream, some) -> ids.addAll(upstreams.contains(upstream) ? some : List.of()));
            return titles.stream().filter(title -> ids.contains(title.id())).toList();
        }

        private void same(String query, List<PlainTitle> expected) {
            assertThat(Fixture.ask(items::query, caller, query).path("Items").findValuesAsText("Id"))
                    .as("seed %d, servers %s, %s", seed, upstreams, query)
                    .isEqualTo(expected.stream()
                            .map(title -> Integer.toString(title.id()))
                            .toList());
        }

        private List<PlainTitle> listsThat(Predicate<List<PlainTitle>> hold) {
            return lists.stream()
                    .map(Collection::title)
                    .filter(list -> hold.test(members.get(list.id())))
                    .sorted(BY_NAME)
                    .toList();
        }

        void compareAll() {
            String lists = "Recursive=true&IncludeItemTypes=BoxSet";
            int view = PlainLibrary.VIEWS.get(random.nextInt(PlainLibrary.VIEWS.size()));
            same(lists, listsThat(all -> true));
            same(lists + "&ParentId=" + view, listsThat(all -> all.stream().anyMatch(title -> title.view() == view)));
            same(lists + "&IsPlayed=true", listsThat(all -> {
                List<PlainTitle> leaves = leaves(all);
                return !leaves.isEmpty() && leaves.stream().allMatch(PlainTitle::played);
            }));
            same(
                    lists + "&IsPlayed=false",
                    listsThat(all -> leaves(all).stream().anyMatch(title -> !title.played())));
            this.lists.forEach(this::inside);
            holding();
            collapsed(view);
        }

        private List<PlainTitle> leaves(List<PlainTitle> all) {
            return titles.stream()
                    .filter(title -> title.kind() != ItemKind.SERIES)
                    .filter(title -> all.stream().anyMatch(one -> one.id() == title.id() || one.id() == title.series()))
                    .toList();
        }

        private void inside(Collection list) {
            Comparator<PlainTitle> order = list.byName
                    ? BY_NAME
                    : Comparator.comparing((PlainTitle title) -> title.date("PremiereDate")
                                    .or(() -> title.number("ProductionYear")
                                            .map(year -> Instant.parse(year + "-01-01T00:00:00Z")))
                                    .orElse(Instant.MIN))
                            .thenComparing(BY_NAME);
            List<PlainTitle> all = members.get(list.title.id());
            String parent = "ParentId=" + list.title.id();
            same(parent, all.stream().sorted(order).toList());
            Set<PlainTitle> below = new HashSet<>(all);
            below.addAll(leaves(all));
            same(parent + "&Recursive=true", below.stream().sorted(order).toList());
            same(
                    "Recursive=true&CollectionIds=" + list.title.id(),
                    all.stream().sorted(BY_NAME).toList());
        }

        private void holding() {
            Set<Integer> some = IntStream.range(0, 3)
                    .map(i -> 200 + random.nextInt(60))
                    .boxed()
                    .collect(Collectors.toSet());
            same(
                    "Recursive=true&ListItemIds="
                            + some.stream().map(String::valueOf).collect(Collectors.joining(",")),
                    listsThat(all -> all.stream().anyMatch(title -> some.contains(title.id()))));
        }

        private void collapsed(int view) {
            List<PlainTitle> found = titles.stream()
                    .filter(title ->
                            title.view() == view && (title.kind() == ItemKind.MOVIE || title.kind() == ItemKind.SERIES))
                    .toList();
            String query = "Recursive=true&IncludeItemTypes=Movie,Series&ParentId=" + view;
            List<PlainTitle> shown = listsThat(all -> all.stream().anyMatch(found::contains));
            same(query + "&GroupItemsInto=Collections", shown);
            List<PlainTitle> expected = new ArrayList<>(shown);
            found.stream()
                    .filter(title -> shown.stream()
                            .noneMatch(list -> members.get(list.id()).contains(title)))
                    .forEach(expected::add);
            expected.sort(BY_NAME);
            same(query + "&CollapseBoxSetItems=true", expected);
            same(
                    query + "&GroupItemsIntoCollections=true&Limit=7",
                    expected.stream().limit(7).toList());
        }
    }
}
