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
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        flag("IsFolder", "IsFolder", "IsNotFolder").ifPresent(wanted -> kindsThat(ItemKind::isFolder, wanted));
        params.flag("IsMovie")
                .ifPresent(wanted -> kindsThat(kind -> kind == ItemKind.MOVIE || kind == ItemKind.TRAILER, wanted));
        params.flag("IsSeries").ifPresent(wanted -> kindsThat(kind -> kind == ItemKind.SERIES, wanted));
    }

    private void kindsThat(Predicate<ItemKind> those, boolean wanted) {
        add(lens.snapshot().ofKinds(those), wanted);
    }

    private void add(RoaringBitmap ids, boolean wanted) {
        conditions.add(Condition.ids(ids, wanted));
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
        return Condition.ids(lens.snapshot().ofKinds(kinds::contains));
    }

    private void personal() {
        Set<String> filters = new HashSet<>(lower(params.list("Filters")));
        flag("IsPlayed", "IsPlayed", "IsUnplayed").ifPresent(this::played);
        flag("IsFavorite", "IsFavorite", "").ifPresent(wanted -> add(user.favorite(), wanted));
        if (filters.contains("isresumable") || params.flag("IsResumable", false)) {
            conditions.add(Condition.ids(resumable()));
        }
        if (filters.contains("likes")) {
            conditions.add(Condition.ids(user.liked()));
        }
        if (filters.contains("dislikes")) {
            conditions.add(Condition.ids(user.disliked()));
        }
        if (filters.contains("isfavoriteorlikes")) {
            conditions.add(Condition.ids(RoaringBitmap.or(user.favorite(), user.liked())));
        }
    }

    /** A folder is played when everything below is and there is something below. */
    private void played(boolean wanted) {
        RoaringBitmap folders = lens.snapshot().ofKinds(ItemKind::isFolder);
        RoaringBitmap whole = user.playedFolders(lens);
        if (wanted) {
            conditions.add(Condition.ids(RoaringBitmap.or(RoaringBitmap.andNot(user.played(), folders), whole)));
            return;
        }
        RoaringBitmap others = RoaringBitmap.or(user.played(), folders);
        others.andNot(lens.parents());
        others.or(whole);
        conditions.add(Condition.notIds(others));
    }

    /** Of a series, whether an episode is. */
    private RoaringBitmap resumable() {
        RoaringBitmap resumable =
                RoaringBitmap.andNot(user.resumable(), lens.snapshot().ofKind(ItemKind.SERIES));
        RoaringBitmap series =
                Tree.above(lens, RoaringBitmap.and(resumable, lens.snapshot().ofKind(ItemKind.EPISODE)));
        series.and(lens.snapshot().ofKind(ItemKind.SERIES));
        resumable.or(series);
        return resumable;
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
        inside("OfficialRatings", Keys.OFFICIAL_RATING);
        inside("SeriesStatus", Keys.STATUS);
        inside("Albums", Keys.ALBUM);
        List<String> excluded = params.list("ExcludeItemIds");
        if (!excluded.isEmpty()) {
            conditions.add(Condition.notIds(ids.all(excluded)));
        }
        List<String> series = Stream.of("SeriesId", "LibrarySeriesId")
                .flatMap(n -> params.list(n).stream())
                .toList();
        below(series, Keys.OF_SERIES);
        below(params.list("AlbumIds"), Keys.TRACKS_OF_ALBUM);
        collectionTypes();
    }

    private void below(List<String> folders, Keys field) {
        if (!folders.isEmpty()) {
            conditions.add(
                    Condition.ids(any(field, Arrays.stream(ids.all(folders).toArray()))));
        }
    }

    private RoaringBitmap any(Keys field, IntStream values) {
        return lens.ofAny(values.mapToLong(field::of).toArray());
    }

    private void collectionTypes() {
        List<String> types = lower(params.list("CollectionTypes"));
        if (!types.isEmpty()) {
            conditions.add(Condition.ids(any(
                    Keys.VIEW,
                    Views.all(lens).stream()
                            .filter(view -> types.contains(view.facts().collectionType()))
                            .mapToInt(Row::id))));
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
            conditions.add(Condition.notIds(any(Keys.REF, out.stream().mapToInt(Integer::intValue))));
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
        return Condition.ids(lens.ofAny(byName.stream().mapToLong(Keys.REF::of).toArray()));
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
            conditions.add(Condition.ids(RoaringBitmap.or(by(Keys.ARTIST, any), by(Keys.ALBUM_ARTIST, any))));
        }
        if (params.has("AlbumArtistIds")) {
            conditions.add(Condition.ids(by(Keys.ALBUM_ARTIST, artistNames("AlbumArtistIds"))));
        }
        if (params.has("ContributingArtistIds")) {
            Set<String> names = artistNames("ContributingArtistIds");
            conditions.add(Condition.ids(RoaringBitmap.andNot(by(Keys.ARTIST, names), by(Keys.ALBUM_ARTIST, names))));
        }
        if (params.has("ExcludeArtistIds")) {
            Set<String> names = artistNames("ExcludeArtistIds");
            conditions.add(Condition.notIds(RoaringBitmap.or(by(Keys.ARTIST, names), by(Keys.ALBUM_ARTIST, names))));
        }
    }

    private RoaringBitmap by(Keys field, Set<String> texts) {
        RoaringBitmap all = new RoaringBitmap();
        texts.forEach(text -> all.or(lens.ofText(field, text)));
        return all;
    }

    private Set<String> artistNames(String param) {
        return idList(param).stream()
                .flatMap(id -> lens.find(id).stream())
                .map(row -> row.facts().folded())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Any of the wanted names among the item's; pipes or commas between them, compared without case and accents. */
    private void inside(String param, Keys field) {
        if (params.has(param)) {
            Set<String> wanted = params.pipeList(param).stream()
                    .flatMap(text -> Stream.of(text.split(",")))
                    .map(Filters::plain)
                    .collect(Collectors.toSet());
            conditions.add(Condition.ids(
                    field == Keys.ALBUM
                            ? by(field, wanted.stream().map(Text::fold).collect(Collectors.toSet()))
                            : lens.ofTexts(field, text -> wanted.contains(plain(text)))));
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
            conditions.add(Condition.ids(any(Keys.YEAR, years.stream().mapToInt(Integer::intValue))));
        }
        number("ParentIndexNumber", value -> range(SortKey.PARENT_INDEX_NUMBER, value, value));
        number("IndexNumber", value -> range(SortKey.INDEX_NUMBER, value, value));
        number("MinIndexNumber", value -> range(SortKey.INDEX_NUMBER, value, Long.MAX_VALUE));
        number("AiredDuringSeason", this::airedDuring);
        decimal("MinCommunityRating", SortKey.COMMUNITY_RATING);
        decimal("MinCriticRating", SortKey.CRITIC_RATING);
        dates("PremiereDate", SortKey.PREMIERED);
        dates("StartDate", SortKey.PREMIERED);
        dates("EndDate", SortKey.ENDED);
        date("MinDateLastSaved", min -> range(SortKey.DATE_SAVED, min, Long.MAX_VALUE));
        params.flag("IsUnaired")
                .ifPresent(wanted -> add(range(SortKey.PREMIERED, clock.millis(), Long.MAX_VALUE), wanted));
        ratings();
    }

    private RoaringBitmap range(SortKey key, long from, long to) {
        return lens.orders().range(key, from, to);
    }

    /** Episodes of the season, and specials that were aired in its time. */
    private RoaringBitmap airedDuring(int season) {
        RoaringBitmap specials = RoaringBitmap.and(
                range(SortKey.PARENT_INDEX_NUMBER, 0, 0), range(SortKey.AIRED_SEASON, season, season));
        return RoaringBitmap.or(specials, range(SortKey.PARENT_INDEX_NUMBER, season, season));
    }

    private void ratings() {
        params.text("MinOfficialRating").map(ParentalRating::of).ifPresent(min -> aged(age -> age >= min));
        params.text("MaxOfficialRating").map(ParentalRating::of).ifPresent(max -> aged(age -> age <= max));
        for (String name : List.of("HasOfficialRating", "HasParentalRating")) {
            params.flag(name).ifPresent(wanted -> add(lens.ofTexts(Keys.OFFICIAL_RATING, rating -> true), wanted));
        }
    }

    private void aged(IntPredicate test) {
        conditions.add(Condition.ids(lens.ofTexts(Keys.OFFICIAL_RATING, rating -> {
            int age = ParentalRating.of(rating);
            return age != ParentalRating.UNKNOWN && test.test(age);
        })));
    }

    private void number(String name, IntFunction<RoaringBitmap> set) {
        OptionalInt value = params.number(name);
        if (value.isPresent()) {
            conditions.add(Condition.ids(set.apply(value.getAsInt())));
        }
    }

    private void decimal(String name, SortKey rating) {
        params.text(name)
                .filter(text -> text.matches("-?\\d{1,9}(\\.\\d{1,9})?"))
                .ifPresent(text -> conditions.add(
                        Condition.ids(range(rating, SortKey.rating(Double.parseDouble(text)), Long.MAX_VALUE))));
    }

    private void dates(String name, SortKey key) {
        date("Min" + name, min -> range(key, min, Long.MAX_VALUE));
        date("Max" + name, max -> range(key, Facts.NO_DATE + 1, max));
    }

    private void date(String name, LongFunction<RoaringBitmap> set) {
        params.text(name)
                .map(Facts::date)
                .filter(value -> value != Facts.NO_DATE)
                .ifPresent(value -> conditions.add(Condition.ids(set.apply(value))));
    }

    private void presence() {
        has("HasSubtitles", Facts.Trait.SUBTITLES);
        has("HasTrailer", Facts.Trait.TRAILER);
        has("HasSpecialFeature", Facts.Trait.SPECIAL_FEATURE);
        has("HasThemeSong", Facts.Trait.THEME_SONG);
        has("HasThemeVideo", Facts.Trait.THEME_VIDEO);
        has("HasOverview", Facts.Trait.OVERVIEW);
        has("IsLocked", Facts.Trait.LOCKED);
        for (String provider : List.of("Imdb", "Tmdb", "Tvdb")) {
            params.flag("Has" + provider + "Id")
                    .ifPresent(wanted -> add(lens.ofText(Keys.PROVIDER, provider.toLowerCase(Locale.ROOT)), wanted));
        }
        Set<String> wanted = new HashSet<>(lower(params.list("AnyProviderIdEquals")));
        if (!wanted.isEmpty()) {
            RoaringBitmap perhaps = new RoaringBitmap();
            wanted.forEach(id -> perhaps.or(lens.snapshot().postings().get(Keys.providerId(id))));
            conditions.add(Condition.narrowed(
                    perhaps, row -> row.facts().providerIds().stream().anyMatch(wanted::contains)));
        }
        for (String type : params.list("ImageTypes")) {
            conditions.add(Condition.ids(lens.ofTexts(Keys.IMAGE, type::equalsIgnoreCase)));
        }
        specials();
    }

    private void has(String name, Facts.Trait trait) {
        params.flag(name).ifPresent(wanted -> add(lens.of(Keys.trait(trait)), wanted));
    }

    private void marked(String name, Keys.Mark mark) {
        params.flag(name).ifPresent(wanted -> add(lens.of(Keys.mark(mark)), wanted));
    }

    private void specials() {
        marked("IsSpecialSeason", Keys.Mark.SPECIAL_SEASON);
        marked("IsSpecialEpisode", Keys.Mark.SPECIAL_EPISODE);
        marked("IsStandaloneSpecial", Keys.Mark.STANDALONE_SPECIAL);
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
        inside("Containers", Keys.CONTAINER);
        inside("VideoCodecs", Keys.VIDEO_CODEC);
        inside("AudioCodecs", Keys.AUDIO_CODEC);
        inside("SubtitleCodecs", Keys.SUBTITLE_CODEC);
        inside("AudioLayouts", Keys.AUDIO_LAYOUT);
        inside("ExtendedVideoTypes", Keys.VIDEO_TYPE);
        inside("AudioLanguages", Keys.AUDIO_LANGUAGE);
        inside("SubtitleLanguages", Keys.SUBTITLE_LANGUAGE);
        marked("Is3D", Keys.Mark.THREE_D);
        marked("IsHD", Keys.Mark.HD);
        marked("Is4K", Keys.Mark.FOUR_K);
        number("MinWidth", min -> range(SortKey.WIDTH, min, Long.MAX_VALUE));
        number("MaxWidth", max -> range(SortKey.WIDTH, 1, max));
        number("MinHeight", min -> range(SortKey.HEIGHT, min, Long.MAX_VALUE));
        number("MaxHeight", max -> range(SortKey.HEIGHT, 1, max));
    }

    private void names() {
        params.text("NameStartsWith")
                .map(Text::fold)
                .ifPresent(start -> conditions.add(Condition.ids(
                        start.isEmpty()
                                ? lens.ofText(Keys.LETTER, "#")
                                : lens.orders().named(start, Optional.of(start + Character.MAX_VALUE)))));
        params.text("NameStartsWithOrGreater")
                .map(Text::fold)
                .ifPresent(least -> conditions.add(Condition.ids(lens.orders().named(least, Optional.empty()))));
        params.text("NameLessThan")
                .map(Text::fold)
                .ifPresent(bound -> conditions.add(Condition.ids(lens.orders().named("", Optional.of(bound)))));
        params.text("SearchTerm").ifPresent(term -> conditions.add(search(lens, term)));
    }

    /** Items that fit a search; a term without letters and digits fits none. */
    static Condition search(Lens lens, String text) {
        return Condition.ids(lens.finder().find(text).all());
    }

    private static List<String> lower(List<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }
}
