package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;

/**
 * What queries ask of an item: read from one copy's document, or merged from several. Dates are milliseconds since 1970,
 * {@link #NO_DATE} when unknown; numbers of seasons and episodes are {@link #NO_NUMBER}, ratings NaN, texts empty.
 */
record Facts(
        String name,
        String folded,
        String original,
        String sortKey,
        int year,
        long premiere,
        long end,
        long created,
        long saved,
        float communityRating,
        float criticRating,
        String officialRating,
        long runTime,
        long size,
        int bitrate,
        int number,
        int numberEnd,
        int parentNumber,
        int airedSeason,
        int airedNumber,
        String status,
        String collectionType,
        String album,
        String upstreamAlbum,
        List<String> albumArtists,
        List<String> artists,
        List<String> composers,
        Airing airing,
        Set<String> providerIds,
        Set<Trait> traits,
        Tech tech,
        List<Ref> refs,
        Images images,
        Shown shown) {

    static final long NO_DATE = Long.MIN_VALUE;
    static final int NO_NUMBER = Integer.MIN_VALUE;

    /** What people keep in folders that say something. */
    static final Set<ItemKind> LIE_IN_FOLDERS = Set.of(
            ItemKind.VIDEO, ItemKind.PHOTO, ItemKind.PHOTO_ALBUM, ItemKind.FOLDER, ItemKind.GAME, ItemKind.GAME_SYSTEM);

    /** Nothing known. */
    static final Facts NONE = new Facts(
            "",
            "",
            "",
            "",
            0,
            NO_DATE,
            NO_DATE,
            NO_DATE,
            NO_DATE,
            Float.NaN,
            Float.NaN,
            "",
            0,
            0,
            0,
            NO_NUMBER,
            NO_NUMBER,
            NO_NUMBER,
            NO_NUMBER,
            NO_NUMBER,
            "",
            "",
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            Airing.NONE,
            Set.of(),
            Set.of(),
            Tech.NONE,
            List.of(),
            Images.NONE,
            Shown.NONE);

    /** A by-name item that the item names; role is what a person does, else empty. */
    record Ref(ItemKind kind, ItemId id, String role) {}

    /** What an item has or is. */
    enum Trait {
        SUBTITLES,
        TRAILER,
        SPECIAL_FEATURE,
        OVERVIEW,
        LOCKED,
        DOWNLOADABLE,
        RESUMABLE,
        NOT_RESUMABLE;

        /** Whether items are found by it; else it is only shown. */
        boolean isAsked() {
            return ordinal() <= LOCKED.ordinal();
        }
    }

    /** Of an item that no document tells of. */
    static Facts named(ItemKind kind, String name) {
        return of(EmbyJson.object(), kind, name, List.of(), Images.NONE, Shown.NONE);
    }

    static Facts of(JsonNode document, ItemKind kind, String itemName, List<Ref> refs, Images images, Shown shown) {
        String name = document.path("Name").asText(itemName);
        String folded = Text.fold(name);
        String key = Text.sortKey(sortName(document, kind, name));
        return new Facts(
                name,
                folded,
                Text.fold(document.path("OriginalTitle").asText("")),
                key.equals(folded) ? folded : key,
                document.path("ProductionYear").asInt(0),
                date(document, "PremiereDate"),
                date(document, "EndDate"),
                date(document, "DateCreated"),
                date(document, "DateLastSaved"),
                rating(document, "CommunityRating"),
                rating(document, "CriticRating"),
                document.path("OfficialRating").asText("").intern(),
                document.path("RunTimeTicks").asLong(0),
                size(document),
                bitrate(document),
                number(document, "IndexNumber"),
                number(document, "IndexNumberEnd"),
                number(document, "ParentIndexNumber"),
                number(document, "SortParentIndexNumber"),
                number(document, "SortIndexNumber"),
                document.path("Status").asText("").intern(),
                document.path("CollectionType").asText("").intern(),
                document.path("Album").asText(""),
                document.path(LIE_IN_FOLDERS.contains(kind) || kind.isExtra() ? "ParentId" : "AlbumId")
                        .asText(""),
                names(document, "AlbumArtists"),
                artists(document),
                names(document, "Composers"),
                Airing.of(document),
                providerIds(document),
                traits(document),
                Tech.of(document),
                refs,
                images,
                shown);
    }

    /** Numbers in front of the names of episodes and tracks are an upstream's way of ordering them, not a name. */
    private static String sortName(JsonNode document, ItemKind kind, String name) {
        String forced = document.path("ForcedSortName").asText("");
        String given = document.path("SortName").asText("");
        boolean numbered = kind == ItemKind.EPISODE || kind == ItemKind.SEASON || kind == ItemKind.AUDIO;
        return !forced.isBlank() ? forced : numbered || given.isBlank() ? name : given;
    }

    private static long size(JsonNode document) {
        return document.path("Size")
                .asLong(document.path("MediaSources").path(0).path("Size").asLong(0));
    }

    private static int bitrate(JsonNode document) {
        return document.path("Bitrate")
                .asInt(document.path("MediaSources").path(0).path("Bitrate").asInt(0));
    }

    static long date(JsonNode document, String field) {
        String text = document.path(field).asText("");
        return text.isEmpty() ? NO_DATE : date(text);
    }

    /** Milliseconds since 1970 of an ISO date with or without a time and a zone; {@link #NO_DATE} when it is none. */
    static long date(String text) {
        OptionalLong usual = usualDate(text);
        if (usual.isPresent()) {
            return usual.getAsLong();
        }
        try {
            String timed = text.length() <= 10 ? text + "T00:00:00Z" : text;
            boolean hasZone = timed.endsWith("Z") || timed.matches(".*[+-]\\d\\d:?\\d\\d$");
            return hasZone
                    ? OffsetDateTime.parse(timed).toInstant().toEpochMilli()
                    : Instant.parse(timed + "Z").toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            return NO_DATE;
        }
    }

    /** The form that servers write, {@code 2024-05-15T09:52:52.5898360Z}; a start parses hundreds of thousands. */
    private static OptionalLong usualDate(String text) {
        if (text.length() != 28 || text.charAt(10) != 'T' || text.charAt(19) != '.' || text.charAt(27) != 'Z') {
            return OptionalLong.empty();
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        int millis = digits(text, 20, 3);
        boolean fits = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
        if (!fits || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || millis < 0) {
            return OptionalLong.empty();
        }
        long seconds = ((LocalDate.of(year, month, day).toEpochDay() * 24 + hour) * 60 + minute) * 60 + second;
        return OptionalLong.of(seconds * 1000 + millis);
    }

    /** Minus one when there are others than digits. */
    private static int digits(String text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static float rating(JsonNode document, String field) {
        JsonNode value = document.path(field);
        float rating = value.isNumber() ? value.floatValue() : Float.NaN;
        return Float.isInfinite(rating) ? Float.NaN : rating;
    }

    private static int number(JsonNode document, String field) {
        JsonNode value = document.path(field);
        return value.canConvertToInt() && value.isNumber() ? value.intValue() : NO_NUMBER;
    }

    static List<String> names(JsonNode document, String field) {
        List<String> names = new ArrayList<>();
        document.path(field)
                .forEach(pair -> names.add(pair.path("Name").asText("").intern()));
        return List.copyOf(names);
    }

    static List<String> artists(JsonNode document) {
        Set<String> names = new LinkedHashSet<>();
        document.path("Artists").forEach(name -> names.add(name.asText().intern()));
        names.addAll(names(document, "ArtistItems"));
        return List.copyOf(names);
    }

    private static Set<String> providerIds(JsonNode document) {
        Set<String> ids = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> id : document.path("ProviderIds").properties()) {
            String value = id.getValue().asText("").trim();
            if (!value.isEmpty() && !value.equals("0")) {
                ids.add((id.getKey() + "." + value).toLowerCase(Locale.ROOT));
            }
        }
        return Set.copyOf(ids);
    }

    private static Set<Trait> traits(JsonNode document) {
        Set<Trait> traits = new LinkedHashSet<>();
        if (document.path("LocalTrailerCount").asInt() > 0
                || !document.path("RemoteTrailers").isEmpty()) {
            traits.add(Trait.TRAILER);
        }
        if (document.path("SpecialFeatureCount").asInt() > 0) {
            traits.add(Trait.SPECIAL_FEATURE);
        }
        if (!document.path("Overview").asText("").isEmpty()) {
            traits.add(Trait.OVERVIEW);
        }
        if (document.path("LockData").asBoolean()) {
            traits.add(Trait.LOCKED);
        }
        if (document.path("CanDownload").asBoolean()) {
            traits.add(Trait.DOWNLOADABLE);
        }
        if (document.path("SupportsResume").isBoolean()) {
            traits.add(document.path("SupportsResume").asBoolean() ? Trait.RESUMABLE : Trait.NOT_RESUMABLE);
        }
        if (document.path("HasSubtitles").asBoolean() || hasSubtitleStream(document)) {
            traits.add(Trait.SUBTITLES);
        }
        return Set.copyOf(traits);
    }

    private static boolean hasSubtitleStream(JsonNode document) {
        List<JsonNode> lists = new ArrayList<>();
        lists.add(document.path("MediaStreams"));
        document.path("MediaSources").forEach(source -> lists.add(source.path("MediaStreams")));
        for (JsonNode streams : lists) {
            for (JsonNode stream : streams) {
                if (stream.path("Type").asText().equals("Subtitle")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** This copy's facts, with what it lacks from another; what an item has counts when any copy has it. */
    Facts filledFrom(Facts other) {
        return new Facts(
                name,
                folded,
                original.isEmpty() ? other.original : original,
                sortKey,
                year == 0 ? other.year : year,
                premiere == NO_DATE ? other.premiere : premiere,
                end == NO_DATE ? other.end : end,
                created == NO_DATE
                        ? other.created
                        : other.created == NO_DATE ? created : Math.min(created, other.created),
                Math.max(saved, other.saved),
                Float.isNaN(communityRating) ? other.communityRating : communityRating,
                Float.isNaN(criticRating) ? other.criticRating : criticRating,
                officialRating.isEmpty() ? other.officialRating : officialRating,
                runTime == 0 ? other.runTime : runTime,
                size == 0 ? other.size : size,
                bitrate == 0 ? other.bitrate : bitrate,
                number == NO_NUMBER ? other.number : number,
                numberEnd == NO_NUMBER ? other.numberEnd : numberEnd,
                parentNumber == NO_NUMBER ? other.parentNumber : parentNumber,
                airedSeason == NO_NUMBER ? other.airedSeason : airedSeason,
                airedNumber == NO_NUMBER ? other.airedNumber : airedNumber,
                status.isEmpty() ? other.status : status,
                collectionType.isEmpty() ? other.collectionType : collectionType,
                album.isEmpty() ? other.album : album,
                upstreamAlbum,
                albumArtists.isEmpty() ? other.albumArtists : albumArtists,
                artists.isEmpty() ? other.artists : artists,
                composers.isEmpty() ? other.composers : composers,
                airing.equals(Airing.NONE) ? other.airing : airing,
                union(providerIds, other.providerIds),
                union(traits, other.traits),
                tech.with(other.tech),
                List.copyOf(union(new LinkedHashSet<>(refs), other.refs)),
                images.filledFrom(other.images),
                shown.filledFrom(other.shown));
    }

    private static <T> Set<T> union(Set<T> one, Collection<T> other) {
        if (one.containsAll(other)) {
            return one;
        }
        Set<T> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return Collections.unmodifiableSet(all);
    }

    static Facts merged(List<Facts> parts) {
        Facts facts = parts.getFirst();
        for (Facts part : parts.subList(1, parts.size())) {
            facts = facts.filledFrom(part);
        }
        return facts;
    }

    Facts withLists(
            List<String> newAlbumArtists,
            List<String> newArtists,
            Set<String> newProviderIds,
            Set<Trait> newTraits,
            Tech newTech,
            List<Ref> newRefs,
            Images newImages,
            List<String> newComposers,
            Airing newAiring,
            Shown newShown) {
        return new Facts(
                name,
                folded,
                original,
                sortKey,
                year,
                premiere,
                end,
                created,
                saved,
                communityRating,
                criticRating,
                officialRating,
                runTime,
                size,
                bitrate,
                number,
                numberEnd,
                parentNumber,
                airedSeason,
                airedNumber,
                status,
                collectionType,
                album,
                upstreamAlbum,
                newAlbumArtists,
                newArtists,
                newComposers,
                newAiring,
                newProviderIds,
                newTraits,
                newTech,
                newRefs,
                newImages,
                newShown);
    }

    /** With the people, genres, studios and tags as they are merged now. */
    Facts withRefs(List<Ref> newRefs, Shown.ArtistIds artistIds) {
        return withLists(
                albumArtists,
                artists,
                providerIds,
                traits,
                tech,
                newRefs,
                images,
                composers,
                airing,
                shown.withArtistIds(artistIds));
    }

    /** Only what the name itself says. */
    Facts nameOnly() {
        return named(ItemKind.TAG, name);
    }

    /** What a document shows as the name it is sorted by. */
    String displaySortName(String given) {
        return given.isBlank() || !Text.sortKey(given).equals(sortKey) ? name : given;
    }
}
