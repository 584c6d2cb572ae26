package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random queries over random documents, answered once more by looking at every title. */
class QueryOracleTest {
    private static final int QUERIES = 300;

    /** A piece of a query and which titles it leaves. */
    private record Piece(String query, Predicate<PlainTitle> fits) {}

    private record Order(String key, Comparator<PlainTitle> by) {}

    private static Stream<Long> seeds() {
        long first = new Random().nextLong();
        return Stream.concat(Stream.of(1L, 2L, 3L, 4L), IntStream.range(0, 6).mapToObj(i -> first + i));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void scenario33EveryQueryFindsWhatLookingAtEveryTitleFinds(long seed) {
        Random random = new Random(seed);
        PlainLibrary library = new PlainLibrary(random);
        Fixture fixture = library.load();
        ItemsHandlers items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
        for (int i = 0; i < QUERIES; i++) {
            new Question(random, library, seed).compare(items);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyQueryStillDoesAfterChanges(long seed) {
        Random random = new Random(seed);
        PlainLibrary library = new PlainLibrary(random);
        Fixture fixture = library.load();
        ItemsHandlers items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
        PlainRelatives relatives = new PlainRelatives(random, fixture.catalogue);
        for (int i = 0; i < QUERIES / 10; i++) {
            for (int query = 0; query < 4; query++) {
                new Question(random, library, seed).compare(items);
            }
            new Question(random, library, seed).compare(relatives);
            library.change(fixture);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRelativeFindsWhatLookingAtEveryTitleFinds(long seed) {
        Random random = new Random(seed);
        PlainLibrary library = new PlainLibrary(random);
        PlainRelatives relatives = new PlainRelatives(random, library.load().catalogue);
        for (int i = 0; i < QUERIES / 3; i++) {
            new Question(random, library, seed).compare(relatives);
        }
    }

    /** One query of somebody who sees some of the servers. */
    private static final class Question {
        private final Random random;
        private final long seed;
        private final Set<Integer> upstreams = new TreeSet<>();
        private final List<PlainTitle> seen;

        Question(Random random, PlainLibrary library, long seed) {
            this.random = random;
            this.seed = seed;
            IntStream.rangeClosed(1, 3).filter(u -> random.nextInt(3) > 0).forEach(upstreams::add);
            this.seen = library.titles.stream()
                    .flatMap(title -> title.seenFrom(upstreams).stream())
                    .toList();
        }

        void compare(PlainRelatives relatives) {
            StringBuilder query = new StringBuilder("Recursive=true");
            List<PlainTitle> found = found(query).toList();
            String text = "seed %d, servers %s, %s".formatted(seed, upstreams, query);
            relatives.compare(new PlainRelatives.Asked(caller(), seen, query.toString(), found, text));
        }

        private Caller caller() {
            return Fixture.caller(upstreams.stream().mapToInt(Integer::intValue).toArray());
        }

        /** What some pieces leave, which are put into the query. */
        private Stream<PlainTitle> found(StringBuilder query) {
            Stream<PlainTitle> left = seen.stream();
            List<Piece> pieces = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                Piece piece = piece();
                if (pieces.stream().noneMatch(known -> name(known).equals(name(piece)))) {
                    pieces.add(piece);
                }
            }
            for (Piece piece : pieces) {
                query.append('&').append(piece.query);
                if (!name(piece).equals("ExcludeItemTypes") || !includes(pieces)) {
                    left = left.filter(piece.fits);
                }
            }
            return left;
        }

        void compare(ItemsHandlers items) {
            Caller caller = caller();
            StringBuilder query = new StringBuilder("Recursive=true");
            List<PlainTitle> expected = found(query).sorted(order(query)).toList();
            int start = random.nextInt(4) == 0 ? random.nextInt(60) : 0;
            int limit = random.nextInt(5) == 0 ? 0 : random.nextInt(60);
            query.append("&StartIndex=").append(start).append("&Limit=").append(limit);

            JsonNode result = Fixture.ask(items::query, caller, query.toString());

            String asked = "seed %d, servers %s, %s".formatted(seed, upstreams, query);
            assertThat(result.path("TotalRecordCount").asInt()).as(asked).isEqualTo(expected.size());
            assertThat(result.path("Items").findValuesAsText("Id"))
                    .as(asked)
                    .isEqualTo(expected.stream()
                            .skip(start)
                            .limit(limit)
                            .map(title -> Integer.toString(title.id()))
                            .toList());
        }

        private static boolean includes(List<Piece> pieces) {
            return pieces.stream().anyMatch(piece -> name(piece).equals("IncludeItemTypes"));
        }

        private static String name(Piece piece) {
            return piece.query.substring(0, piece.query.indexOf('='));
        }

        private Piece piece() {
            return switch (random.nextInt(6)) {
                case 0 -> scope();
                case 1 -> personal();
                case 2 -> named();
                case 3 -> number();
                case 4 -> presence();
                default -> technical();
            };
        }

        private Piece scope() {
            return switch (random.nextInt(9)) {
                case 0 -> {
                    int view = one(PlainLibrary.VIEWS);
                    yield new Piece("ParentId=" + view, title -> title.view() == view);
                }
                case 1 -> new Piece("IncludeItemTypes=movie,Episode", kinds(ItemKind.MOVIE, ItemKind.EPISODE));
                case 2 -> new Piece("IncludeItemTypes=Series", kinds(ItemKind.SERIES));
                case 3 ->
                    new Piece(
                            "ExcludeItemTypes=Movie,Audio",
                            kinds(ItemKind.MOVIE, ItemKind.AUDIO).negate());
                case 4 -> new Piece("MediaTypes=Audio,Book", kinds(ItemKind.AUDIO));
                case 5 -> flag("IsFolder", kinds(ItemKind.SERIES));
                case 6 -> flag("IsMovie", kinds(ItemKind.MOVIE));
                case 7 -> new Piece("SeriesId=3000,3100", title -> title.series() == 3000 || title.series() == 3100);
                default -> {
                    Set<Integer> out = Set.of(200 + random.nextInt(30), 200 + random.nextInt(30) + 30);
                    yield new Piece(
                            "ExcludeItemIds="
                                    + out.stream().map(String::valueOf).collect(Collectors.joining(",")),
                            title -> !out.contains(title.id()));
                }
            };
        }

        private static Predicate<PlainTitle> kinds(ItemKind... kinds) {
            return title -> List.of(kinds).contains(title.kind());
        }

        private Piece flag(String name, Predicate<PlainTitle> those) {
            boolean wanted = random.nextBoolean();
            return new Piece(name + "=" + wanted, wanted ? those : those.negate());
        }

        private Piece personal() {
            return switch (random.nextInt(8)) {
                case 0 -> flag("IsFavorite", PlainTitle::favorite);
                case 1 -> new Piece("IsPlayed=true", this::played);
                case 2 -> new Piece("IsPlayed=false", this::unplayed);
                case 3 -> new Piece("Filters=IsResumable", this::resumable);
                case 4 -> new Piece("Filters=Likes", title -> title.opinion() >= 6.5);
                case 5 -> new Piece("Filters=Dislikes", title -> title.opinion() >= 0 && title.opinion() < 6.5);
                case 6 ->
                    new Piece(
                            "Filters=IsFavoriteOrLikes,IsNotFolder",
                            title -> title.kind() != ItemKind.SERIES && (title.favorite() || title.opinion() >= 6.5));
                default -> {
                    Instant least = Instant.parse("2026-01-01T00:00:00Z");
                    yield new Piece(
                            "MinDateLastSavedForUser=2026-01-01",
                            title -> title.saved()
                                            .filter(at -> !at.isBefore(least))
                                            .isPresent()
                                    || title.data()
                                            .filter(data -> !data.changed().isBefore(least))
                                            .isPresent());
                }
            };
        }

        private List<PlainTitle> episodes(PlainTitle series) {
            return seen.stream().filter(title -> title.series() == series.id()).toList();
        }

        private boolean played(PlainTitle title) {
            if (title.kind() != ItemKind.SERIES) {
                return title.played();
            }
            List<PlainTitle> episodes = episodes(title);
            return !episodes.isEmpty() && episodes.stream().allMatch(PlainTitle::played);
        }

        private Optional<Instant> seriesPlayed(PlainTitle title) {
            int series = seen.stream().anyMatch(other -> other.id() == title.series()) ? title.series() : title.id();
            return seen.stream()
                    .filter(other -> other.id() == series || other.series() == series)
                    .flatMap(other -> other.data().flatMap(UserData::lastPlayed).stream())
                    .max(Comparator.naturalOrder());
        }

        private boolean unplayed(PlainTitle title) {
            return title.kind() == ItemKind.SERIES
                    ? episodes(title).stream().anyMatch(episode -> !episode.played())
                    : !title.played();
        }

        private boolean resumable(PlainTitle title) {
            return title.kind() == ItemKind.SERIES
                    ? episodes(title).stream().anyMatch(PlainTitle::begun)
                    : title.begun();
        }

        private Piece named() {
            return switch (random.nextInt(8)) {
                case 0 -> any("Genres", "Genres", PlainLibrary.GENRES);
                case 1 -> anyId("GenreIds", "Genres", PlainLibrary.GENRES, PlainLibrary.FIRST_GENRE);
                case 2 -> any("Tags", "TagItems", PlainLibrary.TAGS);
                case 3 -> {
                    String tag = one(PlainLibrary.TAGS);
                    yield new Piece(
                            "ExcludeTags=" + tag,
                            title -> !title.names("TagItems").contains(tag));
                }
                case 4 -> any("Studios", "Studios", PlainLibrary.STUDIOS);
                case 5 -> anyId("StudioIds", "Studios", PlainLibrary.STUDIOS, PlainLibrary.FIRST_STUDIO);
                case 6 -> {
                    String person = one(PlainLibrary.PEOPLE);
                    String role = one(List.of("", "Actor", "Director"));
                    yield new Piece(
                            "Person=" + person.replace(' ', '+') + (role.isEmpty() ? "" : "&PersonTypes=" + role),
                            title -> title.did(person, role));
                }
                default ->
                    new Piece(
                            "AnyProviderIdEquals=IMDB.tt1,tmdb.TT2,imdb.tt3",
                            title -> Stream.of("imdb.tt1", "tmdb.tt2", "imdb.tt3")
                                    .anyMatch(title.providerIds()::contains));
            };
        }

        private Piece any(String name, String field, List<String> of) {
            String one = one(of);
            String other = one(of);
            return new Piece(
                    name + "=" + one.toUpperCase() + "%7C" + other + "%7CNone",
                    title -> title.names(field).contains(one)
                            || title.names(field).contains(other));
        }

        private Piece anyId(String name, String field, List<String> of, int first) {
            int one = random.nextInt(of.size());
            int other = random.nextInt(of.size());
            return new Piece(
                    name + "=" + (first + one) + "," + (first + other) + ",999999",
                    title -> title.names(field).contains(of.get(one))
                            || title.names(field).contains(of.get(other)));
        }

        private Piece number() {
            Instant date = Instant.parse("2023-06-01T00:00:00Z");
            return switch (random.nextInt(14)) {
                case 0 ->
                    new Piece(
                            "Years=1991,1994,x",
                            title -> title.number("ProductionYear")
                                    .filter(y -> y == 1991 || y == 1994)
                                    .isPresent());
                case 1 ->
                    new Piece(
                            "MinCommunityRating=5.5",
                            title -> title.decimal("CommunityRating")
                                    .filter(r -> r >= 5.5)
                                    .isPresent());
                case 2 ->
                    new Piece(
                            "MinCriticRating=60",
                            title -> title.decimal("CriticRating")
                                    .filter(r -> r >= 60)
                                    .isPresent());
                case 3 -> new Piece("MinPremiereDate=2023-06-01", title -> since(title.date("PremiereDate"), date));
                case 4 -> new Piece("MaxPremiereDate=2023-06-01", title -> until(title.date("PremiereDate"), date));
                case 5 -> new Piece("MinEndDate=2023-06-01T00:00:00Z", title -> since(title.date("EndDate"), date));
                case 6 ->
                    new Piece("MaxEndDate=2023-06-01T02:00:00%2B02:00", title -> until(title.date("EndDate"), date));
                case 7 -> new Piece("MinDateLastSaved=2023-06-01", title -> since(title.saved(), date));
                case 8 ->
                    new Piece(
                            "MaxOfficialRating=PG-13",
                            title -> title.age()
                                    .filter(age -> age >= 0 && age <= 13)
                                    .isPresent());
                case 9 ->
                    new Piece(
                            "MinOfficialRating=PG-13",
                            title -> title.age().filter(age -> age >= 13).isPresent());
                case 10 ->
                    new Piece(
                            "ParentIndexNumber=1",
                            title -> title.number("ParentIndexNumber").equals(Optional.of(1)));
                case 11 ->
                    new Piece(
                            "MinIndexNumber=2",
                            title -> title.number("IndexNumber")
                                    .filter(n -> n >= 2)
                                    .isPresent());
                case 12 ->
                    new Piece("NameStartsWithOrGreater=Cb", title -> title.key().compareTo("cb") >= 0);
                default -> new Piece("NameLessThan=D", title -> title.key().compareTo("d") < 0);
            };
        }

        private static boolean since(Optional<Instant> date, Instant least) {
            return date.filter(at -> !at.isBefore(least)).isPresent();
        }

        private static boolean until(Optional<Instant> date, Instant last) {
            return date.filter(at -> !at.isAfter(last)).isPresent();
        }

        private Piece presence() {
            return switch (random.nextInt(12)) {
                case 0 -> flag("HasOverview", title -> title.any("Overview"));
                case 1 -> flag("HasTrailer", title -> title.any("LocalTrailerCount"));
                case 2 -> flag("HasSpecialFeature", title -> title.any("SpecialFeatureCount"));
                case 3 -> flag("HasSubtitles", PlainTitle::hasSubtitles);
                case 4 -> flag("IsLocked", title -> title.any("LockData"));
                case 5 -> flag("HasOfficialRating", title -> title.age().isPresent());
                case 6 ->
                    flag("HasImdbId", title -> title.providerIds().stream().anyMatch(id -> id.startsWith("imdb")));
                case 7 -> flag("IsUnaired", title -> since(title.date("PremiereDate"), Fixture.NOW));
                case 8 -> flag("HasDuplicate", title -> title.documents().size() > 1);
                case 9 ->
                    new Piece(
                            "SeriesStatus=ended",
                            title -> title.first("Status", JsonNode::asText).equals(Optional.of("Ended")));
                case 10 ->
                    new Piece(
                            "AirDays=Monday,Friday",
                            title -> title.first("AirDays", days -> days.path(0).asText())
                                    .equals(Optional.of("Monday")));
                default -> new Piece("NameStartsWith=b", title -> title.key().startsWith("b"));
            };
        }

        private Piece technical() {
            return switch (random.nextInt(14)) {
                case 0 -> new Piece("Containers=mkv,avi", title -> title.hasContainer("mkv"));
                case 1 -> new Piece("VideoCodecs=HEVC", title -> title.hasStream("Video", "Codec", "hevc"));
                case 2 -> new Piece("AudioCodecs=ac3%7Cdts", title -> title.hasStream("Audio", "Codec", "ac3"));
                case 3 -> new Piece("AudioLayouts=5.1", title -> title.hasStream("Audio", "ChannelLayout", "5.1"));
                case 4 -> new Piece("SubtitleCodecs=srt", PlainTitle::hasSubtitles);
                case 5 -> new Piece("AudioLanguages=ger", title -> title.hasStream("Audio", "Language", "ger"));
                case 6 ->
                    new Piece("SubtitleLanguages=ger,fre", title -> title.hasStream("Subtitle", "Language", "ger"));
                case 7 -> flag("IsHD", title -> title.width() >= 1200 && title.width() < 3800);
                case 8 -> flag("Is4K", title -> title.width() >= 3800);
                case 9 -> new Piece("MinWidth=1280", title -> title.width() >= 1280);
                case 10 -> new Piece("MaxWidth=1280", title -> title.width() > 0 && title.width() <= 1280);
                case 11 -> new Piece("MinHeight=1080", title -> title.height() >= 1080);
                case 12 -> new Piece("MaxHeight=480", title -> title.height() > 0 && title.height() <= 480);
                default -> new Piece("VideoTypes=Iso", title -> title.hasContainer("iso"));
            };
        }

        private Comparator<PlainTitle> order(StringBuilder query) {
            List<String> keys = new ArrayList<>();
            List<String> directions = new ArrayList<>();
            Comparator<PlainTitle> all = Comparator.comparing(title -> 0);
            for (int i = random.nextInt(4); i > 0; i--) {
                Order order = oneOrder();
                boolean descending = random.nextBoolean();
                keys.add(order.key);
                directions.add(descending ? "Descending" : "Ascending");
                all = all.thenComparing(descending ? order.by.reversed() : order.by);
            }
            if (!keys.isEmpty()) {
                query.append("&SortBy=").append(String.join(",", keys));
                query.append("&SortOrder=").append(String.join(",", directions));
            }
            return (keys.contains("SortName") ? all : all.thenComparing(PlainTitle::key)).thenComparing(PlainTitle::id);
        }

        private Order oneOrder() {
            return switch (random.nextInt(20)) {
                case 17 -> new Order("IsPlayed", Comparator.comparing(this::played));
                case 18 -> new Order("IsUnplayed", Comparator.comparing(title -> !played(title)));
                case 19 -> order("SeriesDatePlayed", this::seriesPlayed);
                case 0 -> new Order("SortName", Comparator.comparing(PlainTitle::key));
                case 1 -> order("ProductionYear", title -> title.number("ProductionYear"));
                case 2 -> order("CommunityRating", title -> title.decimal("CommunityRating"));
                case 3 -> order("CriticRating", title -> title.decimal("CriticRating"));
                case 4 -> order("DateCreated", PlainTitle::created);
                case 5 -> order("DateLastSaved", PlainTitle::saved);
                case 6 -> order("PremiereDate", Question::premiere);
                case 7 -> order("Runtime", title -> title.number("RunTimeTicks"));
                case 8 -> order("Size", title -> Optional.of(title.size()));
                case 9 -> order("Resolution", title -> Optional.of(title.width() * title.height()));
                case 10 ->
                    order("OfficialRating", title -> Optional.of(title.age().orElse(-1)));
                case 11 -> order("ParentIndexNumber", title -> title.number("ParentIndexNumber"));
                case 12 -> order("IndexNumber", title -> title.number("IndexNumber"));
                case 13 -> new Order("IsFolder", Comparator.comparing(title -> title.kind() != ItemKind.SERIES));
                case 14 ->
                    order(
                            "PlayCount",
                            title -> Optional.of(
                                    title.data().map(UserData::playCount).orElse(0)));
                case 15 -> order("DatePlayed", title -> title.data().flatMap(UserData::lastPlayed));
                default -> new Order("IsFavorite", Comparator.comparing(title -> !title.favorite()));
            };
        }

        private static Optional<Instant> premiere(PlainTitle title) {
            return title.date("PremiereDate")
                    .or(() -> title.number("ProductionYear").map(year -> Instant.parse(year + "-01-01T00:00:00Z")));
        }

        /** What is unknown stands first. */
        private static <T extends Comparable<T>> Order order(String key, Function<PlainTitle, Optional<T>> value) {
            return new Order(
                    key,
                    Comparator.comparing(
                            title -> value.apply(title).orElse(null),
                            Comparator.nullsFirst(Comparator.<T>naturalOrder())));
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }
    }
}
