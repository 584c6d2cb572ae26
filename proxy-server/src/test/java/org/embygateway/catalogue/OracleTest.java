package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;

/** Random queries, answered once more by looking at every title. */
class OracleTest {
    private static final List<String> GENRES = List.of("Action", "Drama", "Sci-Fi", "Crime");
    private static final int FIRST_GENRE = 50;

    /** What one server says of a title. */
    private record Said(int upstream, Set<Integer> genres, int year, double rating) {}

    private record Title(
            int id, String name, int view, List<Said> said, boolean played, boolean favorite, boolean begun) {
        Optional<Title> seenFrom(Set<Integer> upstreams) {
            List<Said> seen =
                    said.stream().filter(s -> upstreams.contains(s.upstream)).toList();
            return seen.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Title(id, name, view, seen, played, favorite, begun));
        }

        boolean hasGenre(int genre) {
            return said.stream().anyMatch(s -> s.genres.contains(genre));
        }

        int year() {
            return said.stream()
                    .mapToInt(Said::year)
                    .filter(y -> y > 0)
                    .findFirst()
                    .orElse(0);
        }

        double rating() {
            return said.stream()
                    .mapToDouble(Said::rating)
                    .filter(r -> r > 0)
                    .findFirst()
                    .orElse(-1);
        }
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void everyQueryAgreesWithLookingAtEveryTitle(@ForAll long seed) {
        Random random = new Random(seed);
        Fixture fixture = new Fixture();
        fixture.view(10, "Films", "movies", 1, 2, 3);
        fixture.view(11, "Kids", "movies", 1, 2, 3);
        IntStream.range(0, GENRES.size())
                .forEach(i -> fixture.item(FIRST_GENRE + i, ItemKind.GENRE, GENRES.get(i))
                        .add());
        List<Title> titles = IntStream.range(0, 40 + random.nextInt(900))
                .mapToObj(i -> title(random, 100 + i))
                .collect(Collectors.toCollection(ArrayList::new));
        titles.forEach(title -> add(fixture, title));
        fixture.load();
        ItemsHandlers items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
        FacetHandlers facets = new FacetHandlers(fixture.catalogue, ReadThrough.NONE);
        for (int round = 0; round < 4; round++) {
            for (int query = 0; query < 15; query++) {
                compare(random, titles, items, facets);
            }
            change(random, fixture, titles);
        }
    }

    /** Some titles go, some come, and some are told of in another way or by other servers. */
    private static void change(Random random, Fixture fixture, List<Title> titles) {
        Set<ItemId> changed = new HashSet<>();
        Set<ItemId> removed = new HashSet<>();
        for (int i = 0; i < 1 + random.nextInt(20); i++) {
            int at = random.nextInt(titles.size());
            ItemId id = new ItemId(titles.get(at).id);
            if (random.nextInt(4) == 0 && titles.size() > 1) {
                titles.remove(at);
                fixture.index.items.remove(id);
                removed.add(id);
            } else {
                titles.set(at, title(random, id.value()));
                changed.add(id);
            }
        }
        for (int i = 0; i < random.nextInt(5); i++) {
            Title title = title(random, 2000 + random.nextInt(10_000));
            if (titles.stream().noneMatch(known -> known.id == title.id)) {
                titles.add(title);
                changed.add(new ItemId(title.id));
            }
        }
        changed.removeAll(removed);
        titles.stream().filter(title -> changed.contains(new ItemId(title.id))).forEach(title -> add(fixture, title));
        fixture.apply(changed, removed);
        fixture.catalogue.userDataChanged(Fixture.ALICE, Map.copyOf(fixture.states));
    }

    private static Title title(Random random, int id) {
        String name = "T%c %d".formatted((char) ('a' + random.nextInt(26)), random.nextInt(300));
        List<Said> said = new ArrayList<>();
        int upstreams = 1 + random.nextInt(7);
        for (int upstream = 1; upstream <= 3; upstream++) {
            if ((upstreams >> upstream - 1 & 1) == 1) {
                Set<Integer> genres = new TreeSet<>();
                for (int i = 0; i < GENRES.size(); i++) {
                    if (random.nextInt(3) == 0) {
                        genres.add(FIRST_GENRE + i);
                    }
                }
                int year = random.nextInt(4) == 0 ? 0 : 1990 + random.nextInt(8);
                said.add(new Said(upstream, genres, year, random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(9)));
            }
        }
        return new Title(
                id,
                name,
                10 + random.nextInt(2),
                said,
                random.nextInt(3) == 0,
                random.nextInt(5) == 0,
                random.nextInt(6) == 0);
    }

    private static void add(Fixture fixture, Title title) {
        Fixture.Item item = fixture.item(title.id, ItemKind.MOVIE, title.name).views(title.view);
        Set<Integer> named = new TreeSet<>();
        for (Said said : title.said) {
            String genres = said.genres.stream()
                    .map(genre -> "'" + GENRES.get(genre - FIRST_GENRE) + "'")
                    .collect(Collectors.joining(","));
            String rating = said.rating > 0 ? ",'CommunityRating':" + said.rating : "";
            String year = said.year > 0 ? ",'ProductionYear':" + said.year : "";
            item.on(said.upstream, Fixture.library(title.view), "{'Genres':[" + genres + "]" + year + rating + "}");
            named.addAll(said.genres);
        }
        named.forEach(genre -> item.names(ItemKind.GENRE, genre, GENRES.get(genre - FIRST_GENRE)));
        item.add();
        UserData data = new UserData(
                title.played,
                title.begun ? 7 : 0,
                0,
                title.favorite,
                Optional.empty(),
                OptionalDouble.empty(),
                false,
                Instant.EPOCH);
        fixture.states.put(new ItemId(title.id), data);
    }

    private static void compare(Random random, List<Title> titles, ItemsHandlers items, FacetHandlers facets) {
        Set<Integer> upstreams = new TreeSet<>();
        IntStream.rangeClosed(1, 3).filter(u -> random.nextInt(3) > 0).forEach(upstreams::add);
        Caller caller =
                Fixture.caller(upstreams.stream().mapToInt(Integer::intValue).toArray());
        StringBuilder query = new StringBuilder("Recursive=true&IncludeItemTypes=Movie");
        List<Title> expected = titles.stream()
                .flatMap(title -> title.seenFrom(upstreams).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        if (random.nextBoolean()) {
            int view = 10 + random.nextInt(2);
            query.append("&ParentId=").append(view);
            expected.removeIf(title -> title.view != view);
        }
        if (random.nextBoolean()) {
            int one = FIRST_GENRE + random.nextInt(4);
            int other = FIRST_GENRE + random.nextInt(4);
            if (random.nextBoolean()) {
                query.append("&GenreIds=").append(one).append(',').append(other);
            } else {
                query.append("&Genres=")
                        .append(GENRES.get(one - FIRST_GENRE).toUpperCase(Locale.ROOT))
                        .append('|')
                        .append(GENRES.get(other - FIRST_GENRE));
            }
            expected.removeIf(title -> !title.hasGenre(one) && !title.hasGenre(other));
        }
        switch (random.nextInt(6)) {
            case 0 -> {
                query.append("&Filters=IsUnplayed");
                expected.removeIf(Title::played);
            }
            case 1 -> {
                query.append("&IsPlayed=true&IsFavorite=true");
                expected.removeIf(title -> !title.played || !title.favorite);
            }
            case 2 -> {
                query.append("&Filters=IsResumable");
                expected.removeIf(title -> !title.begun);
            }
            case 3 -> {
                query.append("&Years=1991,1995");
                expected.removeIf(title -> title.year() != 1991 && title.year() != 1995);
            }
            case 4 -> {
                query.append("&MinCommunityRating=5");
                expected.removeIf(title -> title.rating() < 5);
            }
            default -> {
                query.append("&NameStartsWithOrGreater=Tm");
                expected.removeIf(title -> title.name.compareTo("Tm") < 0);
            }
        }
        if (query.indexOf("Filters") < 0 && query.indexOf("IsFavorite") < 0 && query.indexOf("NameStarts") < 0) {
            // Other parameters are about the genres themselves.
            compareFacets(expected, caller, query.toString(), facets);
        }
        expected.sort(order(random, query));
        int start = random.nextInt(30);
        int limit = random.nextInt(50);
        query.append("&StartIndex=").append(start).append("&Limit=").append(limit);

        JsonNode result = Fixture.ask(items::query, caller, query.toString());

        assertThat(result.path("TotalRecordCount").asInt()).as(query.toString()).isEqualTo(expected.size());
        assertThat(result.path("Items").findValuesAsText("Id"))
                .as(query.toString())
                .isEqualTo(expected.stream()
                        .skip(start)
                        .limit(limit)
                        .map(title -> Integer.toString(title.id))
                        .toList());
    }

    private static void compareFacets(List<Title> expected, Caller caller, String query, FacetHandlers facets) {
        Set<String> genres = new TreeSet<>();
        expected.forEach(title ->
                title.said.forEach(said -> said.genres.forEach(g -> genres.add(GENRES.get(g - FIRST_GENRE)))));
        assertThat(Fixture.ask(facets::genres, caller, query).path("Items").findValuesAsText("Name"))
                .as(query)
                .hasSameElementsAs(genres)
                .hasSameSizeAs(genres);
        List<String> years = expected.stream()
                .map(Title::year)
                .filter(year -> year > 0)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        assertThat(Fixture.ask(facets::years, caller, query + "&SortOrder=Ascending")
                        .path("Items")
                        .findValuesAsText("Name"))
                .as(query)
                .isEqualTo(years);
    }

    private static Comparator<Title> order(Random random, StringBuilder query) {
        Comparator<Title> byName = Comparator.comparing((Title title) -> title.name.substring(0, 2))
                .thenComparing(title -> Integer.valueOf(title.name.substring(3)))
                .thenComparing(Title::id);
        boolean descending = random.nextBoolean();
        Comparator<Title> key = switch (random.nextInt(4)) {
            case 0 -> {
                query.append("&SortBy=ProductionYear,SortName");
                yield Comparator.comparingInt(Title::year);
            }
            case 1 -> {
                query.append("&SortBy=CommunityRating,SortName");
                yield Comparator.comparingDouble(Title::rating);
            }
            case 2 -> {
                query.append("&SortBy=IsPlayed,SortName");
                yield Comparator.comparing(Title::played);
            }
            default -> {
                query.append("&SortBy=SortName,SortName");
                yield Comparator.comparing(title -> 0);
            }
        };
        query.append(descending ? "&SortOrder=Descending,Ascending" : "&SortOrder=Ascending");
        if (query.indexOf("SortBy=SortName,SortName") > 0) {
            return descending ? nameOnly().reversed().thenComparing(Title::id) : byName;
        }
        return (descending ? key.reversed() : key).thenComparing(byName);
    }

    private static Comparator<Title> nameOnly() {
        return Comparator.comparing((Title title) -> title.name.substring(0, 2))
                .thenComparing(title -> Integer.valueOf(title.name.substring(3)));
    }
}
