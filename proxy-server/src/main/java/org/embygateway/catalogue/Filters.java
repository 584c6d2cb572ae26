package org.embygateway.catalogue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/**
 * The conditions that a request's parameters name.
 *
 * <p>Emby API: {@code BaseItemsRequest}. Lists mean any of their members, different parameters all of them; a parameter
 * that is absent, empty or unknown filters nothing.
 */
final class Filters {
    private static final Map<String, ItemKind> OTHER_NAMES = Map.of(
            "livetvchannel", ItemKind.TV_CHANNEL, "livetvprogram", ItemKind.PROGRAM, "tvprogram", ItemKind.PROGRAM);
    private static final double LIKED = 6.5;

    private final Params params;
    private final Lens lens;
    private final UserState user;
    private final Ids ids;
    private final Clock clock;
    private final List<Condition> conditions = new ArrayList<>();

    private Filters(Params params, Lens lens, UserState user, Ids ids, Clock clock) {
        this.params = params;
        this.lens = lens;
        this.user = user;
        this.ids = ids;
        this.clock = clock;
    }

    /** All conditions but that of the scope. */
    static List<Condition> of(Params params, Lens lens, UserState user, Ids ids, Clock clock) {
        Filters filters = new Filters(params, lens, user, ids, clock);
        filters.types();
        filters.personal();
        filters.named();
        filters.numbers();
        filters.presence();
        filters.technical();
        filters.names();
        return filters.conditions;
    }

    /** The kinds that {@code IncludeItemTypes} names; empty when it is absent. */
    static Optional<Set<ItemKind>> kinds(Params params, String name) {
        List<String> names = params.list(name);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Set<ItemKind> kinds = EnumSet.noneOf(ItemKind.class);
        for (String kind : names) {
            Optional.ofNullable(OTHER_NAMES.get(kind.toLowerCase(Locale.ROOT)))
                    .or(() -> ItemKind.named(kind))
                    .ifPresent(kinds::add);
        }
        return Optional.of(kinds);
    }

    private void types() {
        Optional<Set<ItemKind>> included = kinds(params, "IncludeItemTypes");
        included.ifPresentOrElse(
                this::kindsIn,
                () -> kinds(params, "ExcludeItemTypes").ifPresent(excluded -> kindsIn(without(excluded))));
        List<String> media = lower(params.list("MediaTypes"));
        if (!media.isEmpty()) {
            kindsIn(Stream.of(ItemKind.values())
                    .filter(kind -> media.contains(kind.mediaType().toLowerCase(Locale.ROOT)))
                    .collect(Collectors.toSet()));
        }
        flag("IsFolder", "IsFolder", "IsNotFolder")
                .ifPresent(
                        wanted -> conditions.add(Condition.of(row -> row.kind().isFolder() == wanted)));
        params.flag("IsMovie")
                .ifPresent(wanted -> conditions.add(Condition.of(
                        row -> (row.kind() == ItemKind.MOVIE || row.kind() == ItemKind.TRAILER) == wanted)));
        params.flag("IsSeries")
                .ifPresent(wanted -> conditions.add(Condition.of(row -> row.kind() == ItemKind.SERIES == wanted)));
    }

    private static Set<ItemKind> without(Set<ItemKind> excluded) {
        Set<ItemKind> rest = EnumSet.allOf(ItemKind.class);
        rest.removeAll(excluded);
        return rest;
    }

    private void kindsIn(Set<ItemKind> kinds) {
        conditions.add(kinds(lens, kinds));
    }

    static Condition kinds(Lens lens, Set<ItemKind> kinds) {
        RoaringBitmap among = new RoaringBitmap();
        kinds.forEach(kind -> among.or(lens.snapshot().ofKind(kind)));
        return Condition.ids(among);
    }

    private void personal() {
        Set<String> filters = new HashSet<>(lower(params.list("Filters")));
        flag("IsPlayed", "IsPlayed", "IsUnplayed").ifPresent(this::played);
        flag("IsFavorite", "IsFavorite", "").ifPresent(wanted -> marked(user.favorite(), wanted));
        if (filters.contains("isresumable") || params.flag("IsResumable", false)) {
            conditions.add(resumable());
        }
        if (filters.contains("likes")) {
            conditions.add(Condition.of(row -> rating(row) >= LIKED));
        }
        if (filters.contains("dislikes")) {
            conditions.add(Condition.of(row -> rating(row) >= 0 && rating(row) < LIKED));
        }
        if (filters.contains("isfavoriteorlikes")) {
            conditions.add(Condition.of(row -> user.favorite().contains(row.id()) || rating(row) >= LIKED));
        }
    }

    private double rating(Row row) {
        return user.of(row.id()).rating().orElse(-1);
    }

    private void marked(RoaringBitmap marked, boolean wanted) {
        conditions.add(wanted ? Condition.ids(marked) : Condition.of(row -> !marked.contains(row.id())));
    }

    /** A folder is played when everything below is and there is something below. */
    private void played(boolean wanted) {
        RoaringBitmap played = user.played();
        boolean onlyLeaves = kinds(params, "IncludeItemTypes")
                .filter(kinds -> kinds.stream().noneMatch(ItemKind::isFolder))
                .isPresent();
        if (onlyLeaves) {
            conditions.add(Condition.ids(wanted ? played : RoaringBitmap.andNot(lens.visible(), played)));
            return;
        }
        conditions.add(Condition.of(row -> {
            if (!row.kind().isFolder()) {
                return played.contains(row.id()) == wanted;
            }
            RoaringBitmap leaves = Tree.leaves(lens, row);
            int unplayed = leaves.getCardinality() - RoaringBitmap.andCardinality(leaves, played);
            return wanted ? unplayed == 0 && !leaves.isEmpty() : unplayed > 0;
        }));
    }

    private Condition resumable() {
        RoaringBitmap resumable = user.resumable();
        return Condition.of(row -> row.kind() == ItemKind.SERIES
                ? RoaringBitmap.intersects(Tree.leaves(lens, row), resumable)
                : resumable.contains(row.id()));
    }

    /** A truth value, or its two words in {@code Filters}. */
    private Optional<Boolean> flag(String name, String yes, String no) {
        List<String> filters = lower(params.list("Filters"));
        if (filters.contains(yes.toLowerCase(Locale.ROOT))) {
            return Optional.of(true);
        }
        if (!no.isEmpty() && filters.contains(no.toLowerCase(Locale.ROOT))) {
            return Optional.of(false);
        }
        return params.flag(name);
    }

    private void named() {
        byName("Genres", ItemKind.GENRE, ItemKind.MUSIC_GENRE);
        byName("Tags", ItemKind.TAG);
        byName("Studios", ItemKind.STUDIO);
        byIds("GenreIds");
        byIds("TagIds");
        byIds("StudioIds");
        excluded("ExcludeTags", idsNamed("ExcludeTags", ItemKind.TAG));
        excluded("ExcludeTagIds", idList("ExcludeTagIds"));
        people();
        musicians();
        inside("OfficialRatings", facts -> List.of(facts.officialRating()));
        inside("SeriesStatus", facts -> List.of(facts.status()));
        inside("Albums", facts -> List.of(facts.album()));
        List<String> excluded = params.list("ExcludeItemIds");
        if (!excluded.isEmpty()) {
            RoaringBitmap out = ids.all(excluded);
            conditions.add(Condition.of(row -> !out.contains(row.id())));
        }
        List<String> series = Stream.of("SeriesId", "LibrarySeriesId")
                .flatMap(n -> params.list(n).stream())
                .toList();
        if (!series.isEmpty()) {
            RoaringBitmap wanted = ids.all(series);
            conditions.add(Condition.of(row -> row.series() > 0 && wanted.contains(row.series())));
        }
        List<String> albums = params.list("AlbumIds");
        if (!albums.isEmpty()) {
            RoaringBitmap wanted = ids.all(albums);
            conditions.add(Condition.of(row -> row.album() > 0 && wanted.contains(row.album())));
        }
        if (params.has("ListItemIds")) {
            conditions.add(Condition.none());
        }
        collectionTypes();
    }

    private void collectionTypes() {
        List<String> types = lower(params.list("CollectionTypes"));
        if (!types.isEmpty()) {
            conditions.add(Condition.of(row -> row.views().stream()
                    .anyMatch(view -> lens.find(view)
                            .filter(found -> types.contains(found.facts().collectionType()))
                            .isPresent())));
        }
    }

    private List<Integer> idsNamed(String param, ItemKind... kinds) {
        Set<String> names = params.pipeList(param).stream().map(Text::fold).collect(Collectors.toSet());
        List<Integer> found = new ArrayList<>();
        if (!names.isEmpty()) {
            for (ItemKind kind : kinds) {
                RoaringBitmap candidates = RoaringBitmap.and(lens.snapshot().ofKind(kind), lens.visible());
                candidates.forEach((int id) -> {
                    if (names.contains(lens.row(id).facts().folded())) {
                        found.add(id);
                    }
                });
            }
        }
        return found;
    }

    private void byName(String param, ItemKind... kinds) {
        if (params.has(param)) {
            conditions.add(naming(lens, idsNamed(param, kinds)));
        }
    }

    private void byIds(String param) {
        if (params.has(param)) {
            conditions.add(naming(lens, idList(param)));
        }
    }

    private void excluded(String param, List<Integer> out) {
        if (params.has(param)) {
            conditions.add(Condition.of(row -> out.stream().noneMatch(row.facts()::hasRef)));
        }
    }

    private List<Integer> idList(String param) {
        List<String> texts = Stream.of(params.list(param), params.pipeList(param))
                .flatMap(List::stream)
                .filter(text -> !text.contains("|") && !text.contains(","))
                .distinct()
                .toList();
        return Arrays.stream(ids.all(texts).toArray()).boxed().toList();
    }

    /** Items that name one of these. */
    static Condition naming(Lens lens, List<Integer> byName) {
        RoaringBitmap among = new RoaringBitmap();
        byName.forEach(id -> among.or(lens.snapshot().postings().get(Keys.REF.of(id))));
        return Condition.of(among, row -> byName.stream().anyMatch(row.facts()::hasRef));
    }

    private void people() {
        Set<String> roles = new HashSet<>(lower(params.list("PersonTypes")));
        List<Integer> people = new ArrayList<>(idList("PersonIds"));
        people.addAll(idsNamed("Person", ItemKind.PERSON));
        if (!params.has("PersonIds") && !params.has("Person")) {
            return;
        }
        Condition naming = naming(lens, people);
        conditions.add(
                roles.isEmpty()
                        ? naming
                        : Condition.narrowed(
                                naming.among().orElseThrow(),
                                row -> row.facts().refs().stream()
                                        .anyMatch(ref -> people.contains(
                                                        ref.id().value())
                                                && roles.contains(ref.role().toLowerCase(Locale.ROOT)))));
    }

    private void musicians() {
        Set<String> any = artistNames("ArtistIds");
        any.addAll(params.pipeList("Artists").stream().map(Text::fold).toList());
        if (params.has("ArtistIds") || params.has("Artists")) {
            conditions.add(Condition.of(row -> hasArtist(row, any) || hasAlbumArtist(row, any)));
        }
        artists("AlbumArtistIds", Filters::hasAlbumArtist);
        artists("ContributingArtistIds", (row, names) -> hasArtist(row, names) && !hasAlbumArtist(row, names));
        artists("ExcludeArtistIds", (row, names) -> !hasArtist(row, names) && !hasAlbumArtist(row, names));
    }

    private void artists(String param, BiPredicate<Row, Set<String>> test) {
        if (params.has(param)) {
            Set<String> names = artistNames(param);
            conditions.add(Condition.of(row -> test.test(row, names)));
        }
    }

    private Set<String> artistNames(String param) {
        return idList(param).stream()
                .flatMap(id -> lens.find(id).stream())
                .map(row -> row.facts().folded())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean hasArtist(Row row, Set<String> names) {
        return row.facts().artists().stream().map(Text::fold).anyMatch(names::contains);
    }

    private static boolean hasAlbumArtist(Row row, Set<String> names) {
        return row.facts().albumArtists().stream().map(Text::fold).anyMatch(names::contains);
    }

    /** Any of the wanted names among the item's; pipes or commas between them, compared without case and accents. */
    private void inside(String param, Function<Facts, List<String>> values) {
        if (params.has(param)) {
            Set<String> wanted = params.pipeList(param).stream()
                    .flatMap(text -> Stream.of(text.split(",")))
                    .map(Filters::plain)
                    .collect(Collectors.toSet());
            conditions.add(Condition.of(row ->
                    values.apply(row.facts()).stream().map(Filters::plain).anyMatch(wanted::contains)));
        }
    }

    private static String plain(String text) {
        return text.trim().toLowerCase(Locale.ROOT);
    }

    private void numbers() {
        List<Integer> years = params.list("Years").stream()
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::valueOf)
                .toList();
        if (params.has("Years")) {
            RoaringBitmap among = new RoaringBitmap();
            years.forEach(year -> among.or(lens.snapshot().postings().get(Keys.YEAR.of(year))));
            conditions.add(Condition.of(among, row -> years.contains(row.facts().year())));
        }
        number("ParentIndexNumber", value -> row -> row.facts().parentNumber() == value);
        number("IndexNumber", value -> row -> row.facts().number() == value);
        number("MinIndexNumber", value -> row -> row.facts().number() >= value);
        number(
                "AiredDuringSeason",
                value -> row -> row.facts().parentNumber() == value
                        || AiredOrder.isSpecial(row.facts()) && row.facts().airedSeason() == value);
        decimal("MinCommunityRating", min -> row -> row.facts().communityRating() >= min);
        decimal("MinCriticRating", min -> row -> row.facts().criticRating() >= min);
        dates("PremiereDate", Facts::premiere);
        dates("StartDate", Facts::premiere);
        dates("EndDate", Facts::end);
        date("MinDateLastSaved", min -> row -> row.facts().saved() >= min);
        params.flag("IsUnaired").ifPresent(wanted -> {
            long now = clock.millis();
            conditions.add(Condition.of(row -> row.facts().premiere() >= now == wanted));
        });
        ratings();
    }

    private void ratings() {
        params.text("MinOfficialRating")
                .map(ParentalRating::of)
                .ifPresent(min ->
                        conditions.add(Condition.of(row -> age(row) >= min && age(row) != ParentalRating.UNKNOWN)));
        params.text("MaxOfficialRating")
                .map(ParentalRating::of)
                .ifPresent(max ->
                        conditions.add(Condition.of(row -> age(row) <= max && age(row) != ParentalRating.UNKNOWN)));
        for (String name : List.of("HasOfficialRating", "HasParentalRating")) {
            params.flag(name)
                    .ifPresent(wanted -> conditions.add(
                            Condition.of(row -> row.facts().officialRating().isEmpty() != wanted)));
        }
    }

    private static int age(Row row) {
        return ParentalRating.of(row.facts().officialRating());
    }

    private void number(String name, Function<Integer, Predicate<Row>> test) {
        OptionalInt value = params.number(name);
        if (value.isPresent()) {
            conditions.add(Condition.of(test.apply(value.getAsInt())));
        }
    }

    private void decimal(String name, Function<Double, Predicate<Row>> test) {
        params.text(name)
                .filter(text -> text.matches("-?\\d{1,9}(\\.\\d{1,9})?"))
                .ifPresent(text -> conditions.add(Condition.of(test.apply(Double.valueOf(text)))));
    }

    private void dates(String name, ToLongFunction<Facts> value) {
        date("Min" + name, min -> row -> value.applyAsLong(row.facts()) >= min);
        date(
                "Max" + name,
                max -> row -> value.applyAsLong(row.facts()) != Facts.NO_DATE && value.applyAsLong(row.facts()) <= max);
    }

    private void date(String name, Function<Long, Predicate<Row>> test) {
        params.text(name)
                .map(Facts::date)
                .filter(value -> value != Facts.NO_DATE)
                .ifPresent(value -> conditions.add(Condition.of(test.apply(value))));
    }

    private void presence() {
        has("HasSubtitles", Facts.Trait.SUBTITLES);
        has("HasTrailer", Facts.Trait.TRAILER);
        has("HasSpecialFeature", Facts.Trait.SPECIAL_FEATURE);
        has("HasThemeSong", Facts.Trait.THEME_SONG);
        has("HasThemeVideo", Facts.Trait.THEME_VIDEO);
        has("HasOverview", Facts.Trait.OVERVIEW);
        has("IsLocked", Facts.Trait.LOCKED);
        hasId("HasImdbId", "imdb.");
        hasId("HasTmdbId", "tmdb.");
        hasId("HasTvdbId", "tvdb.");
        Set<String> wanted = new HashSet<>(lower(params.list("AnyProviderIdEquals")));
        if (!wanted.isEmpty()) {
            conditions.add(
                    Condition.of(row -> row.facts().providerIds().stream().anyMatch(wanted::contains)));
        }
        List<String> images = params.list("ImageTypes");
        if (!images.isEmpty()) {
            conditions.add(
                    Condition.of(row -> images.stream().allMatch(row.facts().images()::has)));
        }
        specials();
    }

    private void has(String name, Facts.Trait trait) {
        params.flag(name)
                .ifPresent(wanted ->
                        conditions.add(Condition.of(row -> row.facts().traits().contains(trait) == wanted)));
    }

    private void hasId(String name, String provider) {
        params.flag(name)
                .ifPresent(wanted -> conditions.add(Condition.of(
                        row -> row.facts().providerIds().stream().anyMatch(id -> id.startsWith(provider)) == wanted)));
    }

    private void specials() {
        params.flag("IsSpecialSeason")
                .ifPresent(wanted -> conditions.add(Condition.of(
                        row -> (row.kind() == ItemKind.SEASON && row.facts().number() == 0) == wanted)));
        params.flag("IsSpecialEpisode")
                .ifPresent(wanted -> conditions.add(Condition.of(
                        row -> (row.kind() == ItemKind.EPISODE && AiredOrder.isSpecial(row.facts())) == wanted)));
        params.flag("IsStandaloneSpecial")
                .ifPresent(wanted -> conditions.add(Condition.of(row -> (row.kind() == ItemKind.EPISODE
                                && AiredOrder.isSpecial(row.facts())
                                && row.facts().airedSeason() <= 0)
                        == wanted)));
        for (String virtual : List.of("IsVirtualItem", "IsMissing", "IsVirtualUnaired", "IsPlaceHolder")) {
            if (params.flag(virtual, false)) {
                conditions.add(Condition.none());
            }
        }
        if (lower(params.list("LocationTypes")).equals(List.of("virtual"))) {
            conditions.add(Condition.none());
        }
    }

    private void technical() {
        inside("Containers", facts -> facts.tech().containers());
        inside("VideoCodecs", facts -> facts.tech().videoCodecs());
        inside("AudioCodecs", facts -> facts.tech().audioCodecs());
        inside("SubtitleCodecs", facts -> facts.tech().subtitleCodecs());
        inside("AudioLayouts", facts -> facts.tech().audioLayouts());
        inside("ExtendedVideoTypes", facts -> facts.tech().extendedVideoTypes());
        inside("AudioLanguages", facts -> facts.tech().audioLanguages());
        inside("SubtitleLanguages", facts -> facts.tech().subtitleLanguages());
        params.flag("Is3D")
                .ifPresent(wanted ->
                        conditions.add(Condition.of(row -> row.facts().tech().is3d() == wanted)));
        params.flag("IsHD")
                .ifPresent(wanted ->
                        conditions.add(Condition.of(row -> row.facts().tech().isHd() == wanted)));
        params.flag("Is4K")
                .ifPresent(wanted ->
                        conditions.add(Condition.of(row -> row.facts().tech().is4k() == wanted)));
        number("MinWidth", min -> row -> row.facts().tech().width() >= min);
        number(
                "MaxWidth",
                max -> row ->
                        row.facts().tech().width() > 0 && row.facts().tech().width() <= max);
        number("MinHeight", min -> row -> row.facts().tech().height() >= min);
        number(
                "MaxHeight",
                max -> row ->
                        row.facts().tech().height() > 0 && row.facts().tech().height() <= max);
    }

    private void names() {
        params.text("NameStartsWith").ifPresent(text -> {
            String wanted = Text.fold(text);
            conditions.add(Condition.of(row -> wanted.isEmpty()
                    ? Text.prefix(row.facts().sortKey()).equals("#")
                    : row.facts().sortKey().startsWith(wanted)));
        });
        params.text("NameStartsWithOrGreater").map(Text::fold).ifPresent(least -> {
            int first = lens.orders().firstFrom(least);
            int[] ranks = lens.orders().ranks();
            conditions.add(Condition.of(row -> ranks[row.id()] >= first));
        });
        params.text("NameLessThan").map(Text::fold).ifPresent(bound -> {
            int first = lens.orders().firstFrom(bound);
            int[] ranks = lens.orders().ranks();
            conditions.add(Condition.of(row -> ranks[row.id()] < first));
        });
        params.text("SearchTerm").ifPresent(term -> conditions.add(search(lens, term)));
    }

    /** Titles that fit a search; a term without letters and digits fits none. */
    static Condition search(Lens lens, String text) {
        TitleIndex.Term term = TitleIndex.Term.of(text);
        return term.text().isEmpty()
                ? Condition.none()
                : Condition.narrowed(
                        lens.snapshot().titles().candidates(term.text()),
                        row -> term.rank(row.facts()) != TitleIndex.NO_MATCH);
    }

    private static List<String> lower(List<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }
}
