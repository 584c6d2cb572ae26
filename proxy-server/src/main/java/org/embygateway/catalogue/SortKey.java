package org.embygateway.catalogue;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** The values of {@code SortBy}. What is unknown of an item stands first in ascending order. */
enum SortKey {
    SORT_NAME(texts(Facts::sortKey), "SortName"),
    NAME(texts(Facts::folded), "Name"),
    ORIGINAL_TITLE(texts(Facts::original), "OriginalTitle"),
    ALBUM(texts(facts -> Text.fold(facts.album())), "Album"),
    ALBUM_ARTIST(texts(facts -> first(facts.albumArtists())), "AlbumArtist"),
    ARTIST(texts(facts -> first(facts.artists())), "Artist"),
    SERIES_SORT_NAME(
            context -> Comparator.comparing(row -> seriesKey(context.lens(), row)),
            "SeriesSortName",
            "SeriesName",
            "SeriesSortNameOrSortName"),
    PARENT_INDEX_NUMBER(numbers(Facts::parentNumber), "ParentIndexNumber"),
    INDEX_NUMBER(numbers(Facts::number), "IndexNumber", "SortIndexNumberEpisode"),
    SORT_PARENT_INDEX_NUMBER(numbers(SortKey::placedSeason), "SortParentIndexNumber"),
    SORT_INDEX_NUMBER(numbers(SortKey::placedNumber), "SortIndexNumber"),
    AIRED_EPISODE_ORDER(context -> AiredOrder.COMPARATOR, "AiredEpisodeOrder"),
    PREMIERE_DATE(longs(SortKey::premiere), "PremiereDate", "StartDate", "LastContentPremiereDate"),
    PRODUCTION_YEAR(numbers(Facts::year), "ProductionYear"),
    RUNTIME(longs(Facts::runTime), "Runtime"),
    SIZE(longs(Facts::size), "Size"),
    BITRATE(numbers(Facts::bitrate), "TotalBitrate", "VideoBitRate", "Bitrate"),
    RESOLUTION(longs(facts -> (long) facts.tech().width() * facts.tech().height()), "Resolution"),
    COMMUNITY_RATING(doubles(facts -> rating(facts.communityRating())), "CommunityRating"),
    CRITIC_RATING(doubles(facts -> rating(facts.criticRating())), "CriticRating"),
    OFFICIAL_RATING(numbers(facts -> ParentalRating.of(facts.officialRating())), "OfficialRating"),
    DATE_CREATED(longs(Facts::created), "DateCreated"),
    DATE_LAST_CONTENT_ADDED(
            context -> Comparator.comparingLong(row -> newestContent(context.lens(), row)), "DateLastContentAdded"),
    DATE_SAVED(longs(Facts::saved), "DateLastSaved", "DateModified", "DateLastActivity"),
    CONTAINER(texts(facts -> first(facts.tech().containers())), "Container"),
    VIDEO_CODEC(texts(facts -> first(facts.tech().videoCodecs())), "VideoCodec"),
    AUDIO_CODEC(texts(facts -> first(facts.tech().audioCodecs())), "AudioCodec"),
    IS_FOLDER(context -> Comparator.comparing(row -> !row.kind().isFolder()), "IsFolder"),
    DATE_PLAYED(context -> Comparator.comparingLong(row -> context.user().lastPlayed(row.id())), true, "DatePlayed"),
    SERIES_DATE_PLAYED(
            context -> Comparator.comparingLong(row -> seriesPlayed(context, row)), true, "SeriesDatePlayed"),
    PLAY_COUNT(
            context ->
                    Comparator.comparingInt(row -> context.user().of(row.id()).playCount()),
            true,
            "PlayCount"),
    IS_PLAYED(context -> Comparator.comparing(row -> context.user().isPlayed(row.id())), true, "IsPlayed"),
    IS_UNPLAYED(context -> Comparator.comparing(row -> !context.user().isPlayed(row.id())), true, "IsUnplayed"),
    IS_FAVORITE(
            context -> Comparator.comparing(row -> !context.user().of(row.id()).favorite()),
            true,
            "IsFavorite",
            "IsFavoriteOrLiked"),
    RANDOM(context -> Comparator.comparingLong(row -> mixed(context.seed(), row.id())), true, "Random");

    static final Comparator<Row> BY_ID = Comparator.comparingInt(Row::id);

    private static final Map<String, SortKey> BY_NAME = new HashMap<>();

    static {
        for (SortKey key : values()) {
            key.names.forEach(name -> BY_NAME.put(name.toLowerCase(Locale.ROOT), key));
        }
    }

    private final Function<Sort.Context, Comparator<Row>> comparator;
    private final boolean personal;
    private final List<String> names;

    SortKey(Function<Sort.Context, Comparator<Row>> comparator, String... names) {
        this(comparator, false, names);
    }

    SortKey(Function<Sort.Context, Comparator<Row>> comparator, boolean personal, String... names) {
        this.comparator = comparator;
        this.personal = personal;
        this.names = List.of(names);
    }

    static Optional<SortKey> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    Comparator<Row> comparator(Sort.Context context) {
        return comparator.apply(context);
    }

    /** Whether the order is another for every person or every time. */
    boolean isPersonal() {
        return personal;
    }

    private static Function<Sort.Context, Comparator<Row>> texts(Function<Facts, String> value) {
        return context -> Comparator.comparing(row -> value.apply(row.facts()));
    }

    private static Function<Sort.Context, Comparator<Row>> numbers(ToIntFunction<Facts> value) {
        return context -> Comparator.comparingInt(row -> value.applyAsInt(row.facts()));
    }

    private static Function<Sort.Context, Comparator<Row>> longs(ToLongFunction<Facts> value) {
        return context -> Comparator.comparingLong(row -> value.applyAsLong(row.facts()));
    }

    private static Function<Sort.Context, Comparator<Row>> doubles(ToDoubleFunction<Facts> value) {
        return context -> Comparator.comparingDouble(row -> value.applyAsDouble(row.facts()));
    }

    private static String first(List<String> names) {
        return names.isEmpty() ? "" : Text.fold(names.getFirst());
    }

    private static double rating(float value) {
        return Float.isNaN(value) ? -1 : value;
    }

    /** The first of January of its year for what has no date. */
    static long premiere(Facts facts) {
        return facts.premiere() != Facts.NO_DATE || facts.year() < 1 || facts.year() > 9999
                ? facts.premiere()
                : LocalDate.of(facts.year(), 1, 1).toEpochDay() * 86_400_000L;
    }

    private static int placedSeason(Facts facts) {
        return facts.airedSeason() == Facts.NO_NUMBER ? facts.parentNumber() : facts.airedSeason();
    }

    private static int placedNumber(Facts facts) {
        return facts.airedNumber() == Facts.NO_NUMBER ? facts.number() : facts.airedNumber();
    }

    private static String seriesKey(Lens lens, Row row) {
        return row.series() == 0
                ? row.facts().sortKey()
                : lens.find(row.series()).orElse(row).facts().sortKey();
    }

    private static long newestContent(Lens lens, Row row) {
        long newest = row.facts().created();
        var children = Tree.leaves(lens, row).getIntIterator();
        while (children.hasNext()) {
            newest = Math.max(newest, lens.row(children.next()).facts().created());
        }
        return newest;
    }

    private static long seriesPlayed(Sort.Context context, Row row) {
        long last = context.user().lastPlayed(row.id());
        var children = Tree.leaves(context.lens(), row).getIntIterator();
        while (children.hasNext()) {
            last = Math.max(last, context.user().lastPlayed(children.next()));
        }
        return last;
    }

    private static long mixed(long seed, int id) {
        long mixed = (seed + id) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 32;
    }
}
