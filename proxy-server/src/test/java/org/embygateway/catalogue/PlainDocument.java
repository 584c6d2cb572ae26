package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.embygateway.index.Copy;
import org.embygateway.index.MergedItem;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.rewrite.ImageTag;

/**
 * What an item's document says by its copies' documents, as plainly as possible: the first copy that knows something says
 * it. Without what depends on the person and on what documents say of files.
 */
final class PlainDocument {
    private final Map<ItemId, MergedItem> items;
    private final Set<Integer> upstreams;
    private final Map<String, Function<JsonNode, Optional<JsonNode>>> scalars;

    /** @param scalars how the fields read that are taken from one copy; empty for what is unknown */
    PlainDocument(
            Map<ItemId, MergedItem> items,
            Set<Integer> upstreams,
            Map<String, Function<JsonNode, Optional<JsonNode>>> scalars) {
        this.items = items;
        this.upstreams = upstreams;
        this.scalars = scalars;
    }

    private List<Copy> copies(MergedItem item) {
        return item.copies().stream()
                .filter(copy -> upstreams.contains(copy.upstream().value()))
                .toList();
    }

    private Optional<MergedItem> visible(Optional<ItemId> id) {
        return id.map(items::get).filter(item -> !copies(item).isEmpty());
    }

    private static ObjectNode document(Copy copy) {
        try {
            return (ObjectNode) EmbyJson.read(copy.document());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when nobody says it. */
    Optional<JsonNode> first(MergedItem item, String field) {
        return copies(item).stream()
                .map(copy -> scalars.get(field).apply(document(copy).path(field)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    ObjectNode of(MergedItem item, Optional<ItemId> folder) {
        ObjectNode result = EmbyJson.object();
        result.put("ServerId", Fixture.SERVER);
        result.put("Id", item.id().toString());
        result.put("Type", item.kind().wireName());
        result.put("IsFolder", item.kind().isFolder());
        result.put("CanDelete", false);
        result.put("SupportsSync", false);
        scalars.keySet().forEach(field -> first(item, field).ifPresent(value -> result.set(field, value)));
        if (!item.kind().mediaType().isEmpty()) {
            result.put("MediaType", item.kind().mediaType());
        }
        result.put("CanDownload", says(item, "CanDownload", true));
        if (says(item, "SupportsResume", true) || says(item, "SupportsResume", false)) {
            result.put("SupportsResume", says(item, "SupportsResume", true));
        }
        artists(item, result);
        relatives(item, folder, result);
        return result;
    }

    private boolean says(MergedItem item, String field, boolean value) {
        return copies(item).stream()
                .map(copy -> document(copy).path(field))
                .anyMatch(said -> said.isBoolean() && said.asBoolean() == value);
    }

    private void artists(MergedItem item, ObjectNode result) {
        List<String> artists = firstNames(item, document -> {
            Set<String> names = new LinkedHashSet<>();
            document.path("Artists").forEach(name -> names.add(name.asText()));
            document.path("ArtistItems").forEach(pair -> names.add(name(pair)));
            return List.copyOf(names);
        });
        if (!artists.isEmpty()
                || Set.of(ItemKind.AUDIO, ItemKind.MUSIC_ALBUM, ItemKind.MUSIC_VIDEO)
                        .contains(item.kind())) {
            ArrayNode array = result.putArray("Artists");
            artists.forEach(array::add);
        }
        pairs(item, result, "ArtistItems", artists);
        for (String field : List.of("AlbumArtists", "Composers")) {
            pairs(item, result, field, firstNames(item, document -> {
                List<String> names = new ArrayList<>();
                document.path(field).forEach(pair -> names.add(name(pair)));
                return names;
            }));
        }
    }

    private static String name(JsonNode pair) {
        return pair.path("Name").asText();
    }

    private List<String> firstNames(MergedItem item, Function<JsonNode, List<String>> read) {
        return copies(item).stream()
                .map(copy -> read.apply(document(copy)))
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static void pairs(MergedItem item, ObjectNode result, String field, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        ArrayNode array = result.putArray(field);
        for (String name : names) {
            ObjectNode pair = array.addObject().put("Name", name);
            item.byName().stream()
                    .filter(ref -> ref.kind() == ItemKind.MUSIC_ARTIST
                            && Text.fold(ref.name()).equals(Text.fold(name)))
                    .findFirst()
                    .ifPresent(ref -> pair.put("Id", ref.id().toString()));
        }
    }

    private void relatives(MergedItem item, Optional<ItemId> folderId, ObjectNode result) {
        Optional<MergedItem> series = visible(item.series());
        Optional<MergedItem> season = visible(item.season());
        Optional<MergedItem> folder = visible(folderId);
        Optional<MergedItem> album = folder.filter(found -> found.kind() == ItemKind.MUSIC_ALBUM);
        series.ifPresent(found -> named(result, "Series", found));
        season.ifPresent(found -> named(result, "Season", found));
        album.ifPresent(found -> result.put("AlbumId", found.id().toString()));
        result.put(
                "ParentId",
                season.or(() -> series)
                        .or(() -> folder)
                        .map(found -> found.id().toString())
                        .orElseGet(() -> item.views().stream()
                                .filter(view -> visible(Optional.of(view)).isPresent())
                                .findFirst()
                                .map(ItemId::toString)
                                .orElse(Integer.toString(Views.ROOT))));
        Map<String, List<String>> own = images(item);
        ObjectNode tags = result.putObject("ImageTags");
        own.forEach((type, all) -> {
            if (!type.equals("Backdrop")) {
                tags.put(type, all.getFirst());
            }
        });
        array(result, "BackdropImageTags", own.getOrDefault("Backdrop", List.of()));
        series.or(() -> folder).ifPresent(parent -> lent(own, parent, result));
        series.ifPresent(found -> primary(result, "SeriesPrimaryImageTag", found));
        album.ifPresent(found -> primary(result, "AlbumPrimaryImageTag", found));
    }

    private void named(ObjectNode result, String what, MergedItem relative) {
        result.put(what + "Id", relative.id().toString());
        result.set(what + "Name", first(relative, "Name").orElseThrow());
    }

    private void primary(ObjectNode result, String field, MergedItem of) {
        Optional.ofNullable(images(of).get("Primary")).ifPresent(tags -> result.put(field, tags.getFirst()));
    }

    private static void array(ObjectNode result, String field, List<String> texts) {
        ArrayNode array = result.putArray(field);
        texts.forEach(array::add);
    }

    private void lent(Map<String, List<String>> own, MergedItem parent, ObjectNode result) {
        images(parent).forEach((type, tags) -> {
            if (Set.of("Backdrop", "Logo", "Thumb").contains(type) && !own.containsKey(type)) {
                result.put("Parent" + type + "ItemId", parent.id().toString());
                if (type.equals("Backdrop")) {
                    array(result, "ParentBackdropImageTags", tags);
                } else {
                    result.put("Parent" + type + "ImageTag", tags.getFirst());
                }
            }
        });
    }

    /** By type those of the first copy that has any. */
    private Map<String, List<String>> images(MergedItem item) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Copy copy : copies(item)) {
            ObjectNode document = document(copy);
            Map<String, List<String>> mine = new LinkedHashMap<>();
            document.path("ImageTags")
                    .properties()
                    .forEach(tag -> mine.put(tag.getKey(), List.of(tag(copy, tag.getKey(), 0, tag.getValue()))));
            List<String> backdrops = new ArrayList<>();
            document.path("BackdropImageTags")
                    .forEach(tag -> backdrops.add(tag(copy, "Backdrop", backdrops.size(), tag)));
            if (!backdrops.isEmpty()) {
                mine.put("Backdrop", backdrops);
            }
            mine.forEach(all::putIfAbsent);
        }
        return all;
    }

    private static String tag(Copy copy, String type, int index, JsonNode upstreamTag) {
        return ImageTag.of(Fixture.SERVER, copy.upstream(), copy.upstreamItemId(), type, index, upstreamTag.asText())
                .toString();
    }

    private static final Set<String> ALWAYS = Set.of("""
            Name ServerId Id RunTimeTicks IsFolder Type MediaType IndexNumber IndexNumberEnd ParentIndexNumber SeriesName
            SeriesId SeasonId SeasonName Album AlbumId AlbumArtist Artists ArtistItems AlbumArtists Composers CollectionType
            ProductionYear CommunityRating OfficialRating PremiereDate Status EndDate PrimaryImageAspectRatio ParentId
            SupportsResume ExtraType ChannelName""".trim().split("\\s+"));

    private static final Map<String, String> TYPES = Map.of(
            "ParentBackdropItemId", "backdrop",
            "ParentBackdropImageTags", "backdrop",
            "ParentLogoItemId", "logo",
            "ParentLogoImageTag", "logo",
            "ParentThumbItemId", "thumb",
            "ParentThumbImageTag", "thumb",
            "SeriesPrimaryImageTag", "primary",
            "AlbumPrimaryImageTag", "primary",
            "ImageTags", "",
            "BackdropImageTags", "");

    /** What a list shows of a document. */
    static ObjectNode projected(ObjectNode full, Params params) {
        Set<String> fields = new HashSet<>();
        params.list("Fields").forEach(field -> {
            fields.add(field.toLowerCase(Locale.ROOT));
            switch (field.toLowerCase(Locale.ROOT)) {
                case "basicsyncinfo" -> fields.add("supportssync");
                case "genres" -> fields.add("genreitems");
                default -> {}
            }
        });
        Set<String> types = new HashSet<>();
        params.list("EnableImageTypes").forEach(type -> types.add(type.toLowerCase(Locale.ROOT)));
        int limit = params.number("ImageTypeLimit").orElse(Integer.MAX_VALUE);
        ObjectNode shown = EmbyJson.object();
        full.properties().forEach(field -> {
            String name = field.getKey();
            if (TYPES.containsKey(name)) {
                if (params.flag("EnableImages", true)) {
                    image(name, field.getValue(), types, limit).ifPresent(value -> shown.set(name, value));
                }
            } else if (ALWAYS.contains(name) || fields.contains(name.toLowerCase(Locale.ROOT))) {
                shown.set(name, field.getValue());
            }
        });
        return shown;
    }

    private static Optional<JsonNode> image(String name, JsonNode value, Set<String> types, int limit) {
        if (value instanceof ObjectNode tags) {
            ObjectNode some = EmbyJson.object();
            tags.properties().forEach(tag -> {
                if (isShown(tag.getKey().toLowerCase(Locale.ROOT), types)) {
                    some.set(tag.getKey(), tag.getValue());
                }
            });
            return Optional.of(some);
        }
        boolean backdrop = name.contains("Backdrop");
        boolean shown = isShown(backdrop ? "backdrop" : TYPES.get(name), types);
        if (name.equals("BackdropImageTags")) {
            return Optional.of(cut(value, shown ? limit : 0));
        }
        return !shown || backdrop && limit <= 0
                ? Optional.empty()
                : Optional.of(value instanceof ArrayNode ? cut(value, limit) : value);
    }

    private static boolean isShown(String type, Set<String> types) {
        return types.isEmpty() || types.contains(type);
    }

    private static ArrayNode cut(JsonNode tags, int limit) {
        ArrayNode some = EmbyJson.MAPPER.createArrayNode();
        for (int i = 0; i < tags.size() && i < limit; i++) {
            some.add(tags.get(i));
        }
        return some;
    }
}
