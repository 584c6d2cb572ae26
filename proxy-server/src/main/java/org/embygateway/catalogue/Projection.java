package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;

/**
 * Which fields of an item an answer shows. Lists show what Emby always sends, cheap scalars, and what {@code Fields}
 * asks for; details show everything.
 *
 * @param fields asked for, in lower case
 * @param excluded likewise, for details
 * @param imageTypes in lower case; empty for all
 * @param imageLimit how many backdrops
 */
record Projection(
        boolean detail,
        Set<String> fields,
        Set<String> excluded,
        boolean images,
        Set<String> imageTypes,
        int imageLimit,
        boolean userData) {

    private static final Set<String> ALWAYS = Set.of("""
            Name ServerId Id Guid RunTimeTicks IsFolder Type MediaType IndexNumber IndexNumberEnd ParentIndexNumber SeriesName
            SeriesId SeasonId SeasonName Album AlbumId AlbumArtist Artists ArtistItems AlbumArtists Composers CollectionType
            ProductionYear CommunityRating OfficialRating PremiereDate Status EndDate PrimaryImageAspectRatio ParentId
            SupportsResume ExtraType ChannelId ChannelName""".trim().split("\\s+"));

    private static final Set<String> IMAGES = Set.of(
            "ImageTags",
            "BackdropImageTags",
            "PrimaryImageItemId",
            "PrimaryImageTag",
            "ParentBackdropItemId",
            "ParentBackdropImageTags",
            "ParentLogoItemId",
            "ParentLogoImageTag",
            "ParentThumbItemId",
            "ParentThumbImageTag",
            "SeriesPrimaryImageTag",
            "AlbumPrimaryImageTag");

    /** What one value of {@code Fields} stands for when that is not the field of its name. */
    private static final Map<String, List<String>> MEANING = Map.of(
            "genres", List.of("Genres", "GenreItems"),
            "tags", List.of("TagItems"),
            "basicsyncinfo", List.of("SupportsSync"),
            "mediasources", List.of("MediaSources"),
            "videomediasources", List.of("MediaSources"),
            "videochapters", List.of("Chapters"),
            "filename", List.of("FileName"),
            "sharelevel", List.of("CanManageAccess"));

    /** What the gateway's own search shows. */
    static final Projection SEARCH =
            list(Params.of(Map.of("Fields", "Overview,OriginalTitle,ProviderIds,Genres,MediaSources")));

    /** Fields that go into lists only when asked for. */
    static Projection list(Params params) {
        return new Projection(
                false,
                fields(params, "Fields"),
                Set.of(),
                params.flag("EnableImages", true),
                Set.copyOf(lower(params.list("EnableImageTypes"))),
                params.number("ImageTypeLimit").orElse(Integer.MAX_VALUE),
                params.flag("EnableUserData", true));
    }

    static Projection detail(Params params) {
        Set<String> excluded = fields(params, "ExcludeFields");
        return new Projection(true, Set.of(), excluded, true, Set.of(), Integer.MAX_VALUE, true);
    }

    private static Set<String> fields(Params params, String name) {
        Set<String> fields = new HashSet<>();
        for (String value : lower(params.list(name))) {
            List<String> meaning = MEANING.getOrDefault(value, List.of());
            fields.addAll(meaning.isEmpty() ? List.of(value) : lower(meaning));
        }
        return Set.copyOf(fields);
    }

    private static List<String> lower(List<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    /** The same for equal projections, whatever the order in which a client writes its fields. */
    String key() {
        return "%s|%s|%s|%s|%s|%d"
                .formatted(
                        detail,
                        new TreeSet<>(fields),
                        new TreeSet<>(excluded),
                        images,
                        new TreeSet<>(imageTypes),
                        imageLimit);
    }

    boolean asks(String field) {
        return detail || fields.contains(field.toLowerCase(Locale.ROOT));
    }

    private boolean shows(String field) {
        if (IMAGES.contains(field)) {
            return images;
        }
        return ALWAYS.contains(field) || asks(field) && !excluded.contains(field.toLowerCase(Locale.ROOT));
    }

    ObjectNode of(ObjectNode full) {
        ObjectNode result = EmbyJson.object();
        for (Map.Entry<String, JsonNode> field : full.properties()) {
            if (shows(field.getKey())) {
                put(result, field.getKey(), field.getValue());
            }
        }
        return result;
    }

    /** The same of a document that has user data and counters already. */
    ObjectNode withPersonal(ObjectNode full) {
        ObjectNode result = of(full);
        for (String field : List.of("UserData", "ChildCount", "RecursiveItemCount")) {
            if (full.has(field) && (userData || !field.equals("UserData"))) {
                result.set(field, full.get(field));
            }
        }
        return result;
    }

    private void put(ObjectNode result, String name, JsonNode value) {
        switch (name) {
            case "ImageTags" -> result.set(name, tags((ObjectNode) value));
            case "BackdropImageTags" -> result.set(name, backdrops((ArrayNode) value));
            case "ParentBackdropItemId", "ParentBackdropImageTags" -> {
                if (showsImage("backdrop") && imageLimit > 0) {
                    result.set(name, value instanceof ArrayNode tags ? backdrops(tags) : value);
                }
            }
            case "ParentLogoItemId", "ParentLogoImageTag" -> putImage(result, name, value, "logo");
            case "ParentThumbItemId", "ParentThumbImageTag" -> putImage(result, name, value, "thumb");
            case "SeriesPrimaryImageTag", "AlbumPrimaryImageTag", "PrimaryImageItemId", "PrimaryImageTag" ->
                putImage(result, name, value, "primary");
            default -> result.set(name, value);
        }
    }

    private void putImage(ObjectNode result, String name, JsonNode value, String type) {
        if (showsImage(type)) {
            result.set(name, value);
        }
    }

    private boolean showsImage(String type) {
        return imageTypes.isEmpty() || imageTypes.contains(type);
    }

    private ObjectNode tags(ObjectNode all) {
        ObjectNode shown = EmbyJson.object();
        for (Map.Entry<String, JsonNode> tag : all.properties()) {
            if (showsImage(tag.getKey().toLowerCase(Locale.ROOT))) {
                shown.set(tag.getKey(), tag.getValue());
            }
        }
        return shown;
    }

    private ArrayNode backdrops(ArrayNode all) {
        ArrayNode shown = EmbyJson.MAPPER.createArrayNode();
        for (int i = 0; i < all.size() && i < imageLimit && showsImage("backdrop"); i++) {
            shown.add(all.get(i));
        }
        return shown;
    }
}
