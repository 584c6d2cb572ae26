package org.embygateway.catalogue;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;
import org.embygateway.protocol.ItemKind;

/**
 * The values of {@code SortBy}, and some without a name that only ranges are taken from. What is unknown of an item
 * stands first in ascending order.
 */
enum SortKey {
    SORT_NAME(text((context, row) -> row.sortKey()), "SortName"),
    NAME(text((context, row) -> row.folded()), "Name"),
    ORIGINAL_TITLE(texts(Facts::original), "OriginalTitle"),
    ALBUM(texts(facts -> Text.fold(facts.album())), "Album"),
    ALBUM_ARTIST(texts(facts -> first(facts.albumArtists())), "AlbumArtist"),
    ARTIST(texts(facts -> first(facts.artists())), "Artist"),
    COMPOSER(texts(facts -> first(facts.composers())), "Composer"),
    STUDIO(text((context, row) -> named(context.lens(), row, ref -> ref.kind() == ItemKind.STUDIO)), "Studio"),
    DIRECTOR(text((context, row) -> named(context.lens(), row, SortKey::isDirector)), "Director"),
    SEASON_NAME(text((context, row) -> seasonName(context.lens(), row)), "SeasonName"),
    GAME_SYSTEM(text((context, row) -> gameSystem(context.lens(), row)), "GameSystem"),
    PREFIX(text((context, row) -> Text.prefix(row.sortKey())), "Prefix"),
    SERIES_SORT_NAME(
            text((context, row) -> seriesKey(context.lens(), row)),
            "SeriesSortName",
            "SeriesName",
            "SeriesSortNameOrSortName"),
    PARENT_INDEX_NUMBER(numbers(Facts::parentNumber), "ParentIndexNumber"),
    INDEX_NUMBER(numbers(Facts::number), "IndexNumber", "SortIndexNumberEpisode"),
    SORT_PARENT_INDEX_NUMBER(numbers(SortKey::placedSeason), "SortParentIndexNumber"),
    SORT_INDEX_NUMBER(numbers(SortKey::placedNumber), "SortIndexNumber"),
    AIRED_EPISODE_ORDER(AiredOrder.VALUES, false, "AiredEpisodeOrder"),
    PREMIERE_DATE(longs(SortKey::premiere), "PremiereDate", "StartDate"),
    LAST_CONTENT_PREMIERE_DATE(
            number((context, row) -> newest(context.lens(), row, SortKey::premiere)), "LastContentPremiereDate"),
    PRODUCTION_YEAR(numbers(Facts::year), "ProductionYear"),
    RUNTIME(longs(Facts::runTime), "Runtime"),
    SIZE(longs(Facts::size), "Size"),
    BITRATE(numbers(Facts::bitrate), "TotalBitrate", "VideoBitRate", "Bitrate"),
    FRAME_RATE(sizes(tech -> rating(tech.frameRate())), "Framerate"),
    AIR_TIME(texts(facts -> facts.airing().time()), "AirTime"),
    RESOLUTION(sizes(tech -> (long) tech.width() * tech.height()), "Resolution"),
    COMMUNITY_RATING(longs(facts -> rating(facts.communityRating())), "CommunityRating"),
    CRITIC_RATING(longs(facts -> rating(facts.criticRating())), "CriticRating"),
    OFFICIAL_RATING(numbers(facts -> ParentalRating.of(facts.officialRating())), "OfficialRating"),
    DATE_CREATED(longs(Facts::created), "DateCreated"),
    DATE_LAST_CONTENT_ADDED(
            number((context, row) -> newest(context.lens(), row, Facts::created)), "DateLastContentAdded"),
    DATE_SAVED(longs(Facts::saved), "DateLastSaved", "DateModified", "DateLastActivity"),
    CONTAINER(texts(facts -> first(facts.tech().containers())), "Container"),
    VIDEO_CODEC(texts(facts -> first(facts.tech().videoCodecs())), "VideoCodec"),
    AUDIO_CODEC(texts(facts -> first(facts.tech().audioCodecs())), "AudioCodec"),
    IS_SPECIAL_EPISODE(
            number((context, row) -> row.kind() == ItemKind.EPISODE && AiredOrder.isSpecial(row.scalars()) ? 1 : 0),
            "IsSpecialEpisode"),
    IS_FOLDER(number((context, row) -> row.kind().isFolder() ? 0 : 1), "IsFolder"),
    DATE_PLAYED(personal((context, row) -> context.user().lastPlayed(row.id())), true, "DatePlayed"),
    SERIES_DATE_PLAYED(personal(SortKey::seriesPlayed), true, "SeriesDatePlayed"),
    PLAY_COUNT(personal((context, row) -> context.user().of(row.id()).playCount()), true, "PlayCount"),
    IS_PLAYED(personal((context, row) -> isPlayed(context, row) ? 1 : 0), true, "IsPlayed"),
    IS_UNPLAYED(personal((context, row) -> isPlayed(context, row) ? 0 : 1), true, "IsUnplayed"),
    IS_FAVORITE(personal((context, row) -> context.user().of(row.id()).favorite() ? 0 : 1), true, "IsFavorite"),
    IS_FAVORITE_OR_LIKED(
            personal((context, row) -> context.user().of(row.id()).favorite()
                            || context.user().liked().contains(row.id())
                    ? 0
                    : 1),
            true,
            "IsFavoriteOrLiked"),
    /** What is known of no item, and paths of files, which would tell where they lie: the name decides. */
    UNKNOWN(
            number((context, row) -> 0),
            "Filename",
            "Path",
            "Players",
            "IpAddress",
            "ChannelNumber",
            "DefaultChannelOrder"),
    RANDOM(personal((context, row) -> mixed(context.seed(), row.id())), true, "Random"),
    /** Many servers leave it out where there is one disc: then it is the first. */
    DISC(numbers(facts -> Math.max(1, facts.parentNumber()))),
    PREMIERED(longs(Facts::premiere)),
    ENDED(longs(Facts::end)),
    AIRED_SEASON(numbers(Facts::airedSeason)),
    WIDTH(sizes(Tech::width)),
    HEIGHT(sizes(Tech::height));

    static final Comparator<Row> BY_ID = Comparator.comparingInt(Row::id);

    private static final Map<String, SortKey> BY_NAME = new HashMap<>();

    static {
        for (SortKey key : values()) {
            key.names.forEach(name -> BY_NAME.put(name.toLowerCase(Locale.ROOT), key));
        }
    }

    /** What items are compared by: a number, or a text char by char. */
    sealed interface Value {
        record Number(ToLongBiFunction<Sort.Context, Row> of) implements Value {}

        record Text(BiFunction<Sort.Context, Row, String> of) implements Value {}

        default Comparator<Row> comparator(Sort.Context context) {
            return switch (this) {
                case Number(var of) -> Comparator.comparingLong(row -> of.applyAsLong(context, row));
                case Text(var of) -> Comparator.comparing(row -> of.apply(context, row));
            };
        }
    }

    private final List<Value> compared;
    private final boolean personal;
    private final List<String> names;

    SortKey(Value value, String... names) {
        this(List.of(value), false, names);
    }

    SortKey(List<Value> compared, boolean personal, String... names) {
        this.compared = compared;
        this.personal = personal;
        this.names = List.of(names);
    }

    static Optional<SortKey> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** As values of {@code SortBy}. */
    List<String> names() {
        return names;
    }

    /** The first decides, then the next. */
    List<Value> compared() {
        return compared;
    }

    Comparator<Row> comparator(Sort.Context context) {
        return compared.stream()
                .map(value -> value.comparator(context))
                .reduce(Comparator::thenComparing)
                .orElse(BY_ID);
    }

    /** Whether the order is another for every person or every time. */
    boolean isPersonal() {
        return personal;
    }

    private static Value number(ToLongBiFunction<Sort.Context, Row> of) {
        return new Value.Number(of);
    }

    private static List<Value> personal(ToLongBiFunction<Sort.Context, Row> of) {
        return List.of(new Value.Number(of));
    }

    private static Value text(BiFunction<Sort.Context, Row, String> of) {
        return new Value.Text(of);
    }

    private static Value texts(Function<Facts, String> value) {
        return text((context, row) -> value.apply(row.facts()));
    }

    /** Of facts that are no lists. */
    private static Value numbers(ToIntFunction<Facts> value) {
        return number((context, row) -> value.applyAsInt(row.scalars()));
    }

    private static Value longs(ToLongFunction<Facts> value) {
        return number((context, row) -> value.applyAsLong(row.scalars()));
    }

    private static Value sizes(ToLongFunction<Tech> value) {
        return number((context, row) -> value.applyAsLong(row.facts().tech()));
    }

    private static String first(List<String> names) {
        return names.isEmpty() ? "" : Text.fold(names.getFirst());
    }

    /** A number in the order of ratings; the least for none. */
    static long rating(double value) {
        if (Double.isNaN(value)) {
            return Long.MIN_VALUE;
        }
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
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
                ? row.sortKey()
                : lens.find(row.series()).orElse(row).sortKey();
    }

    private static boolean isDirector(Facts.Ref ref) {
        return ref.kind() == ItemKind.PERSON && ref.role().equalsIgnoreCase("Director");
    }

    /** The name of the first of its by-name items that fits; empty for none. */
    private static String named(Lens lens, Row row, Predicate<Facts.Ref> which) {
        return row.facts().refs().stream()
                .filter(which)
                .flatMap(ref -> lens.find(ref.id().value()).stream())
                .map(Row::folded)
                .findFirst()
                .orElse("");
    }

    private static String seasonName(Lens lens, Row row) {
        return row.season() == 0 ? "" : lens.find(row.season()).map(Row::folded).orElse("");
    }

    private static String gameSystem(Lens lens, Row row) {
        return row.kind() == ItemKind.GAME && row.album() > 0
                ? lens.find(row.album()).map(Row::folded).orElse("")
                : "";
    }

    /** Of what plays below, the latest; its own when nothing does. */
    private static long newest(Lens lens, Row row, ToLongFunction<Facts> date) {
        long newest = date.applyAsLong(row.scalars());
        var children = Tree.leaves(lens, row).getIntIterator();
        while (children.hasNext()) {
            newest = Math.max(newest, date.applyAsLong(lens.row(children.next()).scalars()));
        }
        return newest;
    }

    private static boolean isPlayed(Sort.Context context, Row row) {
        return row.kind().isFolder()
                ? context.user().playedFolders(context.lens()).contains(row.id())
                : context.user().isPlayed(row.id());
    }

    /** Of everything that belongs to a series the same; of what belongs to none when it was played itself. */
    private static long seriesPlayed(Sort.Context context, Row one) {
        Row row = context.lens().find(one.series()).orElse(one);
        long last = context.user().lastPlayed(row.id());
        var children = Tree.leaves(context.lens(), row).getIntIterator();
        while (children.hasNext()) {
            last = Math.max(last, context.user().lastPlayed(children.next()));
        }
        return last;
    }

    static long mixed(long seed, int id) {
        long mixed = (seed + id) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 32;
    }
}
