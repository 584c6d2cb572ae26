package org.embygateway.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ArtistRole;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemKind;

/**
 * Reads a {@code BaseItemDto} of an upstream and believes as little as possible: fields of the wrong type count as
 * absent, and an item without an id, a name or a kind we know is no item.
 */
final class ItemParser {
    private static final int MOST_NAMES = 500;
    private static final int LONGEST_ID = 256;
    /** What Emby has words for; Jellyfin has more. */
    private static final Set<String> EXTRA_TYPES = Set.of(
            "AdditionalPart",
            "BehindTheScenes",
            "Clip",
            "DeletedScene",
            "Interview",
            "Sample",
            "Scene",
            "ThemeSong",
            "ThemeVideo",
            "Trailer");

    private static final Map<ItemKind, String> EXTRA_TYPE = Map.of(
            ItemKind.LOCAL_TRAILER, "Trailer",
            ItemKind.THEME_SONG, "ThemeSong",
            ItemKind.THEME_VIDEO, "ThemeVideo",
            ItemKind.ADDITIONAL_PART, "AdditionalPart");

    private static final List<String> NOT_OF_EXTRAS = List.of(
            "ProviderIds",
            "People",
            "Genres",
            "GenreItems",
            "Studios",
            "TagItems",
            "Tags",
            "SeriesId",
            "AlbumId",
            "Artists",
            "ArtistItems",
            "AlbumArtist",
            "AlbumArtists",
            "Composers",
            "UserData");

    private static final Set<ItemKind> BY_ARTISTS = Set.of(ItemKind.AUDIO, ItemKind.MUSIC_ALBUM, ItemKind.MUSIC_VIDEO);

    private ItemParser() {}

    /** A library of {@code /Users/{u}/Views}; Emby calls them CollectionFolder or UserView. */
    static Optional<UpstreamItem> library(Entry entry) {
        return read(entry, ItemKind.COLLECTION_FOLDER, "");
    }

    static Optional<UpstreamItem> item(Entry entry, String libraryId) {
        return ItemKind.named(text(entry.said(), "Type"))
                .filter(kind -> !isPlaceholder(entry.said(), kind))
                .flatMap(kind -> read(entry, kind, kind.isByName() ? "" : libraryId));
    }

    /**
     * What comes with an item or version. Who and what it is about is left out: it would show in lists of people and
     * genres, where there is no such thing as an extra.
     */
    static Optional<UpstreamItem> extra(JsonNode dto, ItemKind kind, String owner) {
        String said = text(dto, "ExtraType");
        String type = EXTRA_TYPES.contains(said) ? said : EXTRA_TYPE.getOrDefault(kind, "Clip");
        if (!(dto instanceof ObjectNode object)
                || kind == ItemKind.SPECIAL_FEATURE && EXTRA_TYPE.containsValue(type)
                || isPlaceholder(dto, kind)) {
            return Optional.empty();
        }
        ObjectNode extra = object.deepCopy().without(NOT_OF_EXTRAS);
        extra.put("ParentId", owner).put("ExtraType", type);
        return read(new Entry(extra, EmbyJson.write(extra)), kind, "");
    }

    /** Episodes known from a metadata provider that the server does not have. */
    private static boolean isPlaceholder(JsonNode dto, ItemKind kind) {
        return kind.isPlayable() && text(dto, "LocationType").equalsIgnoreCase("Virtual");
    }

    private static Optional<UpstreamItem> read(Entry entry, ItemKind kind, String libraryId) {
        JsonNode dto = entry.said();
        String id = id(dto, "Id");
        String name = text(dto, "Name");
        if (id.isEmpty() || name.isBlank()) {
            return Optional.empty();
        }
        Optional<Instant> premiere = date(dto, "PremiereDate");
        return Optional.of(new UpstreamItem(
                id,
                kind,
                libraryId,
                name,
                number(dto, "ProductionYear", 1, 9999),
                amount(dto, "RunTimeTicks"),
                providerIds(dto),
                id(dto, "ParentId"),
                id(dto, kind == ItemKind.AUDIO ? "AlbumId" : "SeriesId"),
                id(dto, "SeasonId"),
                number(dto, "IndexNumber", 0, Integer.MAX_VALUE),
                number(dto, "IndexNumberEnd", 0, Integer.MAX_VALUE),
                number(dto, "ParentIndexNumber", 0, Integer.MAX_VALUE),
                number(dto, "RecursiveItemCount", 1, Integer.MAX_VALUE),
                premiere.map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC)),
                kind == ItemKind.COLLECTION_FOLDER ? text(dto, "CollectionType").toLowerCase(Locale.ROOT) : "",
                sources(dto, id, kind),
                byName(dto, kind),
                entry.document(),
                dto));
    }

    static String text(JsonNode dto, String field) {
        JsonNode value = dto.path(field);
        return value.isTextual() ? value.textValue().trim() : "";
    }

    /** Ids are text; where Emby writes them as numbers, the number. */
    static String id(JsonNode dto, String field) {
        JsonNode value = dto.path(field);
        String id =
                value.isTextual() || value.isIntegralNumber() ? value.asText().trim() : "";
        return id.length() > LONGEST_ID ? "" : id;
    }

    private static OptionalInt number(JsonNode dto, String field, int least, int most) {
        JsonNode value = dto.path(field);
        return value.isIntegralNumber()
                        && value.canConvertToInt()
                        && value.intValue() >= least
                        && value.intValue() <= most
                ? OptionalInt.of(value.intValue())
                : OptionalInt.empty();
    }

    private static long amount(JsonNode dto, String field) {
        JsonNode value = dto.path(field);
        return value.isNumber() && value.canConvertToLong() ? Math.max(0, value.longValue()) : 0;
    }

    /** Empty for Emby's "never", the year 1, too. */
    private static Optional<Instant> date(JsonNode dto, String field) {
        String text = text(dto, field);
        if (text.isEmpty() || text.startsWith("0001-")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text.endsWith("Z") || text.contains("+") ? text : text + "Z"));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> providerIds(JsonNode dto) {
        if (!dto.has("ProviderIds")) {
            return Map.of(); // of most people, genres and studios: none have any
        }
        Map<String, String> ids = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : dto.path("ProviderIds").properties()) {
            String value =
                    entry.getValue().isValueNode() ? entry.getValue().asText("").trim() : "";
            if (!value.isEmpty() && !value.equals("0") && !value.equals("null")) {
                ids.put(entry.getKey().trim().toLowerCase(Locale.ROOT), value);
            }
        }
        return ids;
    }

    private static List<UpstreamItem.Source> sources(JsonNode dto, String itemId, ItemKind kind) {
        if (!kind.isPlayable()) {
            return List.of();
        }
        Map<String, UpstreamItem.Source> sources = new LinkedHashMap<>();
        for (JsonNode source : dto.path("MediaSources")) {
            String id = id(source, "Id");
            if (!id.isEmpty()) {
                sources.putIfAbsent(
                        id,
                        new UpstreamItem.Source(
                                id,
                                version(source, id, itemId),
                                amount(source, "Size"),
                                amount(source, "RunTimeTicks")));
            }
        }
        return List.copyOf(sources.values());
    }

    /** Emby 4.9 says it, or has it in the source's id; Jellyfin's source id is the version's item id. */
    private static String version(JsonNode source, String sourceId, String itemId) {
        String said = id(source, "ItemId");
        if (!said.isEmpty()) {
            return said;
        }
        if (sourceId.startsWith("mediasource_")) {
            return sourceId.substring("mediasource_".length());
        }
        return Hex32.isValid(itemId) && Hex32.isValid(sourceId) ? sourceId : itemId;
    }

    private static List<UpstreamItem.ByName> byName(JsonNode dto, ItemKind kind) {
        List<UpstreamItem.ByName> names = new ArrayList<>();
        for (JsonNode person : dto.path("People")) {
            add(names, ItemKind.PERSON, person, text(person, "Type"));
        }
        addAll(names, genre(kind), dto.path("GenreItems"), dto.path("Genres"), "");
        addAll(names, ItemKind.STUDIO, dto.path("Studios"), dto.path("Studios"), "");
        addAll(names, ItemKind.TAG, dto.path("TagItems"), dto.path("Tags"), "");
        if (BY_ARTISTS.contains(kind)) {
            addArtists(names, dto);
        }
        return names.size() > MOST_NAMES ? names.subList(0, MOST_NAMES) : names;
    }

    /** Genres of music and of games are of their own kinds. */
    private static ItemKind genre(ItemKind of) {
        return switch (of) {
            case AUDIO, MUSIC_ALBUM, MUSIC_ARTIST -> ItemKind.MUSIC_GENRE;
            case GAME, GAME_SYSTEM -> ItemKind.GAME_GENRE;
            default -> ItemKind.GENRE;
        };
    }

    /** Artists are named once in each role. */
    private static void addArtists(List<UpstreamItem.ByName> into, JsonNode dto) {
        addAll(
                into,
                dto,
                ArtistRole.ALBUM_ARTIST,
                EmbyJson.MAPPER.createArrayNode().add(text(dto, "AlbumArtist")));
        addAll(into, dto, ArtistRole.ARTIST, dto.path("Artists"));
        addAll(into, dto, ArtistRole.COMPOSER, dto.path("Composers"));
    }

    private static void addAll(List<UpstreamItem.ByName> into, JsonNode dto, ArtistRole role, JsonNode plain) {
        addAll(into, ItemKind.MUSIC_ARTIST, dto.path(role.field()), plain, role.wireName());
    }

    /** Entries with ids, else the plain names. */
    private static void addAll(
            List<UpstreamItem.ByName> into, ItemKind kind, JsonNode entries, JsonNode plain, String role) {
        int before = into.size();
        for (JsonNode entry : entries) {
            add(into, kind, entry, role);
        }
        if (into.size() == before) {
            for (JsonNode name : plain) {
                if (name.isTextual() && !name.textValue().isBlank()) {
                    into.add(new UpstreamItem.ByName(kind, name.textValue().trim(), "", role, Map.of()));
                }
            }
        }
    }

    private static void add(List<UpstreamItem.ByName> into, ItemKind kind, JsonNode entry, String role) {
        String name = text(entry, "Name");
        if (!name.isEmpty()) {
            into.add(new UpstreamItem.ByName(kind, name, id(entry, "Id"), role, providerIds(entry)));
        }
    }
}
