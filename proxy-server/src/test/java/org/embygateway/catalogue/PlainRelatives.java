package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;

/** The relatives of {@code /Items}, answered once more by looking at every title that somebody sees. */
final class PlainRelatives {
    /** Parameters that are about the genre, studio or person itself and not about the items it is taken from. */
    private static final Set<String> ABOUT_NAMES =
            Set.of("NameStartsWith", "NameStartsWithOrGreater", "NameLessThan", "Filters", "IsFavorite");

    private static final Instant TODAY = Instant.parse("2024-06-01T00:00:00Z");

    private static final Comparator<PlainTitle> BY_NAME =
            Comparator.comparing(PlainTitle::key).thenComparing(PlainTitle::id);

    private static final Comparator<PlainTitle> LAST_PLAYED = Comparator.comparing(
                    PlainRelatives::lastPlayed, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .reversed()
            .thenComparing(BY_NAME);

    private static final Comparator<PlainTitle> NEWEST = Comparator.comparing(
                    (PlainTitle title) -> title.created().orElse(null),
                    Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .reversed()
            .thenComparing(BY_NAME);

    private static final Comparator<PlainTitle> AIRED = nullsFirst(title -> title.number("ParentIndexNumber"))
            .thenComparing(nullsFirst(title -> title.number("IndexNumber")))
            .thenComparing(nullsFirst(title -> title.date("PremiereDate")))
            .thenComparing(PlainTitle::id);

    private final Random random;
    private final FacetHandlers facets;
    private final ItemsHandlers items;
    private final HomeHandlers home;
    private final ShowsHandlers shows;
    private final DiscoveryHandlers discovery;

    PlainRelatives(Random random, Catalogue catalogue) {
        this.random = random;
        this.facets = new FacetHandlers(catalogue, ReadThrough.NONE);
        this.items = new ItemsHandlers(catalogue, ReadThrough.NONE);
        this.home = new HomeHandlers(catalogue, ReadThrough.NONE, true);
        this.shows = new ShowsHandlers(catalogue, ReadThrough.NONE);
        this.discovery = new DiscoveryHandlers(catalogue, ReadThrough.NONE);
    }

    private static <T extends Comparable<T>> Comparator<PlainTitle> nullsFirst(
            Function<PlainTitle, Optional<T>> value) {
        return Comparator.comparing(
                title -> value.apply(title).orElse(null), Comparator.nullsFirst(Comparator.<T>naturalOrder()));
    }

    private static Instant lastPlayed(PlainTitle title) {
        return title.data().flatMap(UserData::lastPlayed).orElse(null);
    }

    /** What one person sees, and the part of it that a query without order and pages leaves. */
    record Asked(Caller caller, List<PlainTitle> seen, String query, List<PlainTitle> found, String text) {
        boolean has(String parameter) {
            return query.contains("&" + parameter + "=");
        }

        JsonNode ask(Handler handler, String more, String... path) {
            return Fixture.ask(handler, caller, query + more, path);
        }

        void same(JsonNode answer, List<PlainTitle> expected) {
            assertThat(answer.findValuesAsText("Id"))
                    .as(text)
                    .isEqualTo(expected.stream()
                            .map(title -> Integer.toString(title.id()))
                            .toList());
        }
    }

    void compare(Asked asked) {
        valuesOfTheItems(asked);
        namesOfTheItems(asked);
        filters(asked);
        asked.same(
                asked.ask(shows::upcoming, "").path("Items"),
                asked.found.stream()
                        .filter(title -> asked.has("IncludeItemTypes") || title.kind() == ItemKind.EPISODE)
                        .filter(title -> title.date("PremiereDate")
                                .filter(date -> !date.isBefore(TODAY))
                                .isPresent())
                        .sorted(Comparator.comparing((PlainTitle title) ->
                                        title.date("PremiereDate").orElseThrow())
                                .thenComparing(BY_NAME))
                        .toList());
        resume(asked);
        nextUp(asked);
        latest(asked);
        counts(asked);
        PlainTitle one = asked.seen.isEmpty() ? null : asked.seen.get(random.nextInt(asked.seen.size()));
        if (one != null) {
            ancestors(asked, one);
            similar(asked, one);
        }
        recommendations(asked);
        shownOtherwise(asked);
        asked.seen.stream()
                .filter(title -> title.kind() == ItemKind.SERIES)
                .findAny()
                .ifPresent(series -> below(asked, series));
    }

    /** Groups, media, neighbours and top levels in the place of what is found. */
    private void shownOtherwise(Asked asked) {
        Map<String, String> groups = Map.of("Genres", "Genres", "Studios", "Studios", "Tags", "TagItems");
        groups.forEach((word, field) -> assertThat(asked.ask(items::query, "&GroupItemsInto=" + word)
                        .path("Items")
                        .findValuesAsText("Name"))
                .as(asked.text)
                .isEqualTo(List.copyOf(values(asked.found, title -> title.names(field).stream()))));
        asked.same(
                asked.ask(items::query, "&ProjectToMedia=true").path("Items"),
                asked.seen.stream()
                        .filter(title -> title.kind() != ItemKind.SERIES)
                        .filter(title -> asked.found.stream()
                                .anyMatch(found -> found.id() == title.id() || found.id() == title.series()))
                        .sorted(BY_NAME)
                        .toList());
        List<PlainTitle> byName = asked.found.stream().sorted(BY_NAME).toList();
        if (!byName.isEmpty()) {
            int at = random.nextInt(byName.size());
            asked.same(
                    asked.ask(items::query, "&AdjacentTo=" + byName.get(at).id())
                            .path("Items"),
                    byName.subList(Math.max(0, at - 1), Math.min(byName.size(), at + 2)));
        }
        if (asked.has("ParentId") && !asked.has("IncludeItemTypes")) {
            asked.same(
                    Fixture.ask(items::query, asked.caller, asked.query.replace("Recursive=true&", ""))
                            .path("Items"),
                    byName.stream()
                            .filter(title -> title.kind() != ItemKind.EPISODE)
                            .toList());
        }
    }

    private void below(Asked asked, PlainTitle series) {
        Comparator<PlainTitle> byNumber = nullsFirst(title -> title.number("ParentIndexNumber"));
        List<PlainTitle> episodes = asked.seen.stream()
                .filter(title -> title.series() == series.id())
                .sorted(byNumber.thenComparing(nullsFirst(title -> title.number("IndexNumber")))
                        .thenComparing(BY_NAME))
                .toList();
        asked.same(
                Fixture.ask(items::query, asked.caller, "Recursive=true&ParentId=" + series.id())
                        .path("Items"),
                episodes);
        List<PlainTitle> aired = episodes.stream()
                .filter(asked.found::contains)
                .filter(title -> !title.number("ParentIndexNumber").equals(Optional.of(0)))
                .sorted(AIRED)
                .toList();
        if (!aired.isEmpty() && !asked.has("ParentId") && !asked.has("SeriesId") && !hasSpecials(asked, episodes)) {
            int at = random.nextInt(aired.size());
            JsonNode answer = asked.ask(
                    shows::episodes, "&StartItemId=" + aired.get(at).id(), "Id", Integer.toString(series.id()));
            asked.same(answer.path("Items"), aired.subList(at, aired.size()));
        }
    }

    /** Where those stand is another matter. */
    private static boolean hasSpecials(Asked asked, List<PlainTitle> episodes) {
        return episodes.stream()
                .anyMatch(title -> asked.found.contains(title)
                        && title.number("ParentIndexNumber").equals(Optional.of(0)));
    }

    private record Facet(Handler handler, Function<PlainTitle, Stream<String>> values) {}

    private void valuesOfTheItems(Asked asked) {
        List<Facet> all = List.of(
                new Facet(facets::officialRatings, title -> title.first("OfficialRating", JsonNode::asText).stream()),
                new Facet(facets::containers, PlainTitle::containers),
                new Facet(facets::videoCodecs, title -> title.ofStreams("Video", "Codec")),
                new Facet(facets::audioCodecs, title -> title.ofStreams("Audio", "Codec")),
                new Facet(facets::audioLayouts, title -> title.ofStreams("Audio", "ChannelLayout")),
                new Facet(facets::streamLanguages, title -> title.ofStreams("Audio", "Language")),
                new Facet(facets::subtitleCodecs, title -> title.ofStreams("Subtitle", "Codec")),
                new Facet(facets::itemTypes, title -> Stream.of(title.kind().wireName())));
        for (Facet facet : all) {
            page(asked, facet.handler, List.copyOf(values(asked.found, facet.values)));
        }
        List<String> years = new ArrayList<>(values(asked.found, PlainRelatives::year)).reversed();
        page(asked, facets::years, years);
        assertThat(asked.ask(items::prefixes, "").findValuesAsText("Name"))
                .as(asked.text)
                .isEqualTo(List.copyOf(values(
                        asked.found,
                        title -> Stream.of(title.key().substring(0, 1).toUpperCase()))));
    }

    private static Stream<String> year(PlainTitle title) {
        return title.number("ProductionYear").map(String::valueOf).stream();
    }

    private static TreeSet<String> values(List<PlainTitle> of, Function<PlainTitle, Stream<String>> values) {
        return of.stream().flatMap(values).collect(Collectors.toCollection(TreeSet::new));
    }

    private void page(Asked asked, Handler handler, List<String> expected) {
        int start = random.nextInt(3);
        int limit = random.nextInt(5);
        JsonNode answer = asked.ask(handler, "&StartIndex=" + start + "&Limit=" + limit);
        assertThat(answer.path("Items").findValuesAsText("Name"))
                .as(asked.text)
                .isEqualTo(expected.stream().skip(start).limit(limit).toList());
        assertThat(answer.path("TotalRecordCount").asInt()).as(asked.text).isEqualTo(expected.size());
    }

    private void namesOfTheItems(Asked asked) {
        if (ABOUT_NAMES.stream().anyMatch(asked::has)) {
            return;
        }
        List<Facet> all = List.of(
                new Facet(facets::genres, title -> title.names("Genres").stream()),
                new Facet(facets::studios, title -> title.names("Studios").stream()),
                new Facet(facets::tags, title -> title.names("TagItems").stream()),
                new Facet(
                        facets::persons,
                        title -> PlainLibrary.PEOPLE.stream()
                                .filter(person -> asked.has("PersonTypes")
                                        ? title.did(person, asked.query.replaceAll(".*PersonTypes=([A-Za-z]*).*", "$1"))
                                        : title.did(person, ""))));
        for (Facet facet : all) {
            List<String> names = List.copyOf(values(asked.found, facet.values));
            page(asked, facet.handler, names);
            assertThat(asked.ask(facet.handler, "&NameStartsWithOrGreater=B")
                            .path("Items")
                            .findValuesAsText("Name"))
                    .as(asked.text)
                    .isEqualTo(names.stream()
                            .filter(name -> name.compareTo("B") > 0)
                            .toList());
        }
    }

    private void filters(Asked asked) {
        JsonNode answer = asked.ask(facets::filters, "");
        same(asked, answer.path("Genres"), title -> title.names("Genres").stream());
        same(asked, answer.path("Tags"), title -> title.names("TagItems").stream());
        same(asked, answer.path("OfficialRatings"), title -> title.first("OfficialRating", JsonNode::asText).stream());
        same(asked, answer.path("Years"), PlainRelatives::year);
    }

    private static void same(Asked asked, JsonNode list, Function<PlainTitle, Stream<String>> values) {
        assertThat(list.valueStream().map(JsonNode::asText))
                .as(asked.text)
                .containsExactlyElementsOf(values(asked.found, values));
    }

    private void resume(Asked asked) {
        Set<Integer> series = new HashSet<>();
        asked.same(
                asked.ask(home::resume, "&IncludeNextUp=false").path("Items"),
                asked.found.stream()
                        .filter(PlainTitle::begun)
                        .sorted(LAST_PLAYED)
                        .filter(title -> title.series() == 0 || series.add(title.series()))
                        .toList());
    }

    private record Next(PlainTitle episode, Instant lastPlayed) {}

    private void nextUp(Asked asked) {
        if (asked.has("SeriesId")) {
            return;
        }
        asked.seen.stream()
                .filter(title -> title.kind() == ItemKind.SERIES)
                .findAny()
                .ifPresent(series -> asked.same(
                        asked.ask(shows::nextUp, "&SeriesId=" + series.id()).path("Items"),
                        remaining(asked.seen, series).stream()
                                .filter(asked.found::contains)
                                .toList()));
        boolean withBegun = random.nextBoolean();
        List<Next> next = new ArrayList<>();
        for (PlainTitle series : asked.seen) {
            if (series.kind() == ItemKind.SERIES) {
                next(asked.seen, series).ifPresent(next::add);
            }
        }
        asked.same(
                asked.ask(shows::nextUp, "&EnableResumable=" + withBegun).path("Items"),
                next.stream()
                        .sorted(Comparator.comparing(Next::lastPlayed)
                                .reversed()
                                .thenComparing(one -> one.episode.id()))
                        .map(Next::episode)
                        .filter(episode -> withBegun || !episode.begun())
                        .filter(asked.found::contains)
                        .toList());
    }

    private static Optional<Next> next(List<PlainTitle> seen, PlainTitle series) {
        List<PlainTitle> all =
                seen.stream().filter(title -> title.series() == series.id()).toList();
        Instant last = all.stream()
                .map(PlainRelatives::lastPlayed)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return all.stream().anyMatch(title -> title.played() || lastPlayed(title) != null)
                ? remaining(seen, series).stream().findFirst().map(episode -> new Next(episode, last))
                : Optional.empty();
    }

    /** What comes after the furthest that was played; of a series that was not begun nothing. */
    private static List<PlainTitle> remaining(List<PlainTitle> seen, PlainTitle series) {
        List<PlainTitle> regular = seen.stream()
                .filter(title -> title.series() == series.id())
                .filter(title -> !title.number("ParentIndexNumber").equals(Optional.of(0)))
                .sorted(AIRED)
                .toList();
        boolean begun = false;
        int furthest = -1;
        for (int i = 0; i < regular.size(); i++) {
            begun |= regular.get(i).begun() || lastPlayed(regular.get(i)) != null;
            furthest = regular.get(i).played() ? i : furthest;
        }
        if (furthest < 0) {
            return begun ? regular : List.of();
        }
        int next = furthest + 1;
        while (next < regular.size() && isWithin(regular.get(furthest), regular.get(next))) {
            next++;
        }
        return regular.subList(next, regular.size());
    }

    /** A file with several episodes has been seen with all of them. */
    private static boolean isWithin(PlainTitle file, PlainTitle episode) {
        int last = file.number("IndexNumberEnd").orElse(-1);
        return file.number("ParentIndexNumber").equals(episode.number("ParentIndexNumber"))
                && episode.number("IndexNumber").filter(first -> first <= last).isPresent()
                && episode.number("IndexNumberEnd").orElse(-1) <= last;
    }

    private void latest(Asked asked) {
        Set<ItemKind> shown = asked.query.contains("&IsFolder=true")
                ? EnumSet.of(ItemKind.SERIES)
                : EnumSet.of(ItemKind.MOVIE, ItemKind.EPISODE, ItemKind.VIDEO, ItemKind.MUSIC_VIDEO, ItemKind.AUDIO);
        int limit = random.nextInt(40);
        asked.same(
                asked.ask(home::latest, "&GroupItems=false&Limit=" + limit),
                asked.found.stream()
                        .filter(title -> asked.has("IncludeItemTypes") || shown.contains(title.kind()))
                        .filter(title -> asked.has("IsPlayed") || title.kind() == ItemKind.AUDIO || !title.played())
                        .sorted(NEWEST)
                        .limit(limit)
                        .toList());
    }

    private void counts(Asked asked) {
        Optional<Boolean> favorite = Optional.of(random.nextBoolean()).filter(any -> random.nextInt(3) > 0);
        JsonNode counts = Fixture.ask(
                items::counts,
                asked.caller,
                favorite.map(wanted -> "IsFavorite=" + wanted).orElse(""));
        Map<String, ItemKind> kinds = Map.of(
                "MovieCount", ItemKind.MOVIE,
                "SeriesCount", ItemKind.SERIES,
                "EpisodeCount", ItemKind.EPISODE,
                "SongCount", ItemKind.AUDIO,
                "MusicVideoCount", ItemKind.MUSIC_VIDEO);
        kinds.forEach((field, kind) -> assertThat(counts.path(field).asLong())
                .as("%s %s %s", field, favorite, asked.text)
                .isEqualTo(asked.seen.stream()
                        .filter(title -> title.kind() == kind)
                        .filter(title -> favorite.isEmpty() || title.favorite() == favorite.get())
                        .count()));
    }

    private void ancestors(Asked asked, PlainTitle of) {
        List<String> expected = new ArrayList<>();
        asked.seen.stream()
                .filter(title -> title.id() == of.series())
                .forEach(series -> expected.add(Integer.toString(series.id())));
        expected.add(Integer.toString(of.view()));
        expected.add(Integer.toString(Views.ROOT));
        assertThat(Fixture.ask(items::ancestors, asked.caller, "", "Id", Integer.toString(of.id()))
                        .findValuesAsText("Id"))
                .as("above %d, %s", of.id(), asked.text)
                .isEqualTo(expected);
    }

    private void similar(Asked asked, PlainTitle to) {
        int limit = random.nextInt(30);
        boolean films = random.nextBoolean();
        List<PlainTitle> among = asked.seen.stream()
                .filter(title -> !films || title.kind() == ItemKind.MOVIE || title.kind() == ItemKind.SERIES)
                .toList();
        asked.same(
                Fixture.ask(
                                discovery::similar,
                                asked.caller,
                                "Limit=" + limit + (films ? "&IncludeItemTypes=Movie,Series" : ""),
                                "Id",
                                Integer.toString(to.id()))
                        .path("Items"),
                to.kind() == ItemKind.EPISODE ? List.of() : alike(to, among, limit));
    }

    private static List<PlainTitle> alike(PlainTitle to, List<PlainTitle> among, int limit) {
        Map<String, Integer> weights = weights(to);
        return among.stream()
                .filter(title -> title.kind() == to.kind() && title.id() != to.id() && score(title, weights) > 0)
                .sorted(Comparator.comparingInt((PlainTitle title) -> -score(title, weights))
                        .thenComparing(
                                title -> -title.decimal("CommunityRating").orElse(0.0))
                        .thenComparing(PlainTitle::id))
                .limit(limit)
                .toList();
    }

    private static int score(PlainTitle title, Map<String, Integer> weights) {
        return weights(title).keySet().stream()
                .mapToInt(name -> weights.getOrDefault(name, 0))
                .sum();
    }

    private static Map<String, Integer> weights(PlainTitle title) {
        Map<String, Integer> weights = new HashMap<>();
        title.names("Genres").forEach(name -> weights.put(name, 10));
        title.names("TagItems").forEach(name -> weights.put(name, 5));
        title.names("Studios").forEach(name -> weights.put(name, 5));
        title.names("People").forEach(name -> weights.put(name, title.did(name, "Director") ? 50 : 15));
        return weights;
    }

    private record Row(String type, String baseline, List<Integer> items) {}

    private void recommendations(Asked asked) {
        int view = PlainLibrary.VIEWS.get(random.nextInt(PlainLibrary.VIEWS.size()));
        int limit = 1 + random.nextInt(8);
        int most = random.nextInt(14);
        List<PlainTitle> movies = asked.seen.stream()
                .filter(title -> title.kind() == ItemKind.MOVIE && title.view() == view)
                .toList();
        List<Row> all = rows(movies, limit);
        List<Row> answer = rows(asked, "ParentId=" + view + "&CategoryLimit=20&ItemLimit=" + limit);
        assertThat(answer).as(asked.text).isEqualTo(all);
        List<Row> some = rows(asked, "ParentId=" + view + "&CategoryLimit=" + most + "&ItemLimit=" + limit);
        assertThat(some).as(asked.text).hasSize(Math.min(most, all.size())).isSubsetOf(all);
    }

    private List<Row> rows(Asked asked, String query) {
        return Fixture.ask(discovery::recommendations, asked.caller, query)
                .valueStream()
                .map(row -> new Row(
                        row.path("RecommendationType").asText(),
                        row.path("BaselineItemName").asText(),
                        row.path("Items")
                                .valueStream()
                                .map(item -> item.path("Id").asInt())
                                .toList()))
                .toList();
    }

    private static List<Row> rows(List<PlainTitle> movies, int limit) {
        List<PlainTitle> played = movies.stream()
                .filter(title -> lastPlayed(title) != null)
                .sorted(LAST_PLAYED)
                .limit(3)
                .toList();
        List<PlainTitle> unplayed =
                movies.stream().filter(title -> !title.played()).toList();
        List<Row> rows = new ArrayList<>();
        played.forEach(title -> rows.add(like("SimilarToRecentlyPlayed", title, unplayed, limit)));
        movies.stream()
                .filter(PlainTitle::favorite)
                .sorted(Comparator.comparing(PlainTitle::id))
                .limit(3)
                .forEach(title -> rows.add(like("SimilarToLikedItem", title, unplayed, limit)));
        people("HasDirectorFromRecentlyPlayed", "Director", played, unplayed, limit, rows);
        people("HasActorFromRecentlyPlayed", "Actor", played, unplayed, limit, rows);
        rows.removeIf(row -> row.items.isEmpty());
        return rows;
    }

    private static Row like(String type, PlainTitle title, List<PlainTitle> unplayed, int limit) {
        return new Row(
                type,
                title.name(),
                alike(title, unplayed, limit).stream().map(PlainTitle::id).toList());
    }

    private static void people(
            String type, String role, List<PlainTitle> played, List<PlainTitle> unplayed, int limit, List<Row> rows) {
        Set<String> used = new HashSet<>();
        for (PlainTitle title : played) {
            title.whoDid(role).stream()
                    .filter(used::add)
                    .findFirst()
                    .ifPresent(person -> rows.add(new Row(
                            type,
                            person,
                            unplayed.stream()
                                    .filter(other -> other.id() != title.id() && other.did(person, ""))
                                    .map(PlainTitle::id)
                                    .sorted()
                                    .limit(limit)
                                    .toList())));
        }
    }
}
