package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.embygateway.index.Copy;
import org.embygateway.index.MergedItem;
import org.embygateway.index.OwnList;
import org.embygateway.protocol.ArtistRole;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.rewrite.EmbyTables;
import org.embygateway.rewrite.ImageTag;
import org.embygateway.rewrite.MediaSourceRewrite;
import org.embygateway.rewrite.PublicLinks;
import org.embygateway.rewrite.Versions;

/**
 * One document out of those of an item's copies: the best copy's, with what it lacks from the others, the versions of
 * all, and every id, tag and name of a relative the gateway's own.
 *
 * <p>Emby API: {@code BaseItemDto}.
 */
final class DocumentMerge {
    private static final int MOST_PEOPLE = 200;

    private final String serverId;
    private final MediaSourceRewrite sources;

    DocumentMerge(String serverId) {
        this.serverId = serverId;
        this.sources = new MediaSourceRewrite(serverId);
    }

    /** A copy and its parsed document. */
    private record Source(Copy copy, ObjectNode document) {}

    /** @param item with its visible copies only */
    ObjectNode document(Lens lens, Row row, MergedItem item) {
        List<Source> copies = item.copies().stream()
                .filter(copy -> lens.sees(copy.upstream().value()))
                .map(copy -> new Source(
                        copy, RowReader.document(copy) instanceof ObjectNode object ? object : EmbyJson.object()))
                .toList();
        ObjectNode result = EmbyJson.object();
        result.put("Name", row.facts().name());
        result.put("ServerId", serverId);
        result.put("Id", Integer.toString(row.id()));
        copies.forEach(copy -> fill(result, EmbyTables.ITEM.clean(copy.document)));
        identity(result, row, copies);
        dates(result, row);
        links(result, copies);
        new Relatives(lens, row, new RowReader.Names(item), result).put();
        new ByNames(row, item, copies, result).put();
        ItemExtras.count(
                result,
                lens,
                row,
                copies.stream().map(Source::document).<JsonNode>map(d -> d).toList());
        versions(result, row, copies);
        Optional.ofNullable(lens.lists().own().get(row.id()))
                .map(OwnList::mediaType)
                .filter(type -> !type.isEmpty())
                .ifPresent(type -> result.put("MediaType", type));
        return result;
    }

    private static void fill(ObjectNode result, ObjectNode other) {
        for (Map.Entry<String, JsonNode> field : other.properties()) {
            JsonNode known = result.path(field.getKey());
            if (known.isMissingNode() || known.isEmpty() && known.isContainerNode()) {
                result.set(field.getKey(), field.getValue());
            } else if (field.getKey().equals("ProviderIds") && known instanceof ObjectNode ids) {
                field.getValue().properties().forEach(id -> ids.putIfAbsent(id.getKey(), id.getValue()));
            }
        }
    }

    private void identity(ObjectNode result, Row row, List<Source> copies) {
        ItemKind kind = row.kind();
        String mark = serverId + row.id();
        result.put("Type", kind.wireName());
        result.put("IsFolder", kind.isFolder());
        if (!kind.mediaType().isEmpty()) {
            result.put("MediaType", kind.mediaType());
        }
        StringBuilder content = new StringBuilder(mark);
        copies.forEach(copy -> content.append(' ').append(Arrays.hashCode(copy.copy.document())));
        result.put("Etag", Hex32.of(content.toString()));
        result.put("PresentationUniqueKey", Hex32.of("presentation " + mark));
        result.put("DisplayPreferencesId", Hex32.of("display " + mark));
        if (!row.isOwn()) {
            result.put("CanDelete", false);
        }
        result.put(
                "CanDownload",
                copies.stream()
                        .anyMatch(copy -> copy.document.path("CanDownload").asBoolean()));
        result.put("SupportsSync", false);
        result.put("Prefix", Text.prefix(row.facts().sortKey()));
        result.put(
                "SortName", row.facts().displaySortName(result.path("SortName").asText("")));
        if (kind == ItemKind.COLLECTION_FOLDER || kind == ItemKind.USER_VIEW) {
            result.put("Guid", Views.guid(serverId, row.id()));
            Views.describe(result, row);
        }
        result.remove("Genres");
    }

    private static void dates(ObjectNode result, Row row) {
        if (row.facts().created() != Facts.NO_DATE) {
            result.put(
                    "DateCreated",
                    EmbyJson.date(Instant.ofEpochMilli(row.facts().created())));
        } else {
            result.put("DateCreated", EmbyJson.date(Instant.EPOCH));
        }
    }

    private static void links(ObjectNode result, List<Source> copies) {
        for (String field : List.of("ExternalUrls", "RemoteTrailers")) {
            Map<String, ObjectNode> union = new LinkedHashMap<>();
            copies.forEach(copy -> copy.document.path(field).forEach(link -> {
                if (PublicLinks.isPublic(link)) {
                    ObjectNode shown = EmbyJson.object();
                    if (link.hasNonNull("Name")) {
                        shown.put("Name", link.path("Name").asText());
                    }
                    shown.put("Url", link.path("Url").asText());
                    union.putIfAbsent(link.path("Url").asText(), shown);
                }
            }));
            if (!union.isEmpty()) {
                result.putArray(field).addAll(union.values());
            }
        }
    }

    private void versions(ObjectNode result, Row row, List<Source> copies) {
        if (!row.kind().isPlayable()) {
            return;
        }
        List<ObjectNode> all = new ArrayList<>();
        copies.forEach(copy -> copy.copy
                .sources()
                .forEach(source -> all.add(sources.rewrite(
                        upstreamSource(copy, source), source.id(), copy.copy.upstream(), source.upstreamVersionId()))));
        all.sort(Versions.BEST_FIRST);
        Versions.name(all, row.facts().name());
        result.putArray("MediaSources").addAll(all);
        chapters(result, copies);
        if (!all.isEmpty()) {
            primary(result, all.getFirst());
            parts(result, all.getFirst().path("Id").asText(), copies);
        }
    }

    /** How many parts an item has it says of the first version. */
    private static void parts(ObjectNode result, String first, List<Source> copies) {
        result.remove("PartCount");
        copies.stream()
                .filter(copy -> copy.copy.sources().stream()
                        .anyMatch(source -> source.id().toString().equals(first)))
                .findFirst()
                .ifPresent(copy -> copyIfThere(copy.document, result, "PartCount"));
    }

    private static ObjectNode upstreamSource(Source copy, Copy.Source source) {
        for (JsonNode candidate : copy.document.path("MediaSources")) {
            if (candidate instanceof ObjectNode object
                    && object.path("Id").asText("").equals(source.upstreamSourceId())) {
                return object;
            }
        }
        ObjectNode bare = EmbyJson.object();
        if (source.size() > 0) {
            bare.put("Size", source.size());
        }
        bare.put("RunTimeTicks", source.runTimeTicks());
        copyIfThere(copy.document, bare, "Container", "Bitrate", "MediaStreams");
        return bare;
    }

    private static void copyIfThere(ObjectNode from, ObjectNode to, String... fields) {
        for (String field : fields) {
            if (from.hasNonNull(field)) {
                to.set(field, from.get(field));
            }
        }
    }

    private void chapters(ObjectNode result, List<Source> copies) {
        result.remove("Chapters");
        copies.stream()
                .filter(copy -> !copy.document.path("Chapters").isEmpty())
                .findFirst()
                .ifPresent(copy -> {
                    result.set("Chapters", EmbyTables.ITEM.clean(copy.document).path("Chapters"));
                    sources.tagChapters(copy.document, result, copy.copy.upstream(), copy.copy.upstreamItemId());
                });
    }

    /** What an item says of its file it says of the first version. */
    private static void primary(ObjectNode result, ObjectNode first) {
        copyIfThere(first, result, "Container", "Size", "Bitrate");
        if (first.path("RunTimeTicks").asLong() > 0) {
            result.set("RunTimeTicks", first.get("RunTimeTicks"));
        }
        if (!first.path("MediaStreams").isEmpty()) {
            result.set("MediaStreams", first.get("MediaStreams"));
        }
        for (JsonNode stream : first.path("MediaStreams")) {
            if (stream.path("Type").asText().equals("Video") && stream.has("Width")) {
                result.set("Width", stream.get("Width"));
                result.set("Height", stream.path("Height"));
            }
        }
    }

    /** Parents, their names, and the pictures they lend. */
    private final class Relatives {
        private final Lens lens;
        private final Row row;
        private final RowReader.Names names;
        private final ObjectNode result;

        Relatives(Lens lens, Row row, RowReader.Names names, ObjectNode result) {
            this.lens = lens;
            this.row = row;
            this.names = names;
            this.result = result;
        }

        void put() {
            Optional<Row> series = lens.find(row.series());
            Optional<Row> season = lens.find(row.season());
            Optional<Row> folder = lens.find(row.album());
            Optional<Row> album = folder.filter(found -> found.kind() == ItemKind.MUSIC_ALBUM);
            result.remove(List.of("SeriesName", "SeasonName"));
            series.ifPresent(found -> name("Series", found));
            season.ifPresent(found -> name("Season", found));
            album.ifPresent(found -> result.put("AlbumId", Integer.toString(found.id())));
            folder.filter(found -> found.kind() == ItemKind.GAME_SYSTEM)
                    .ifPresent(found ->
                            result.put("GameSystem", found.facts().name()).put("GameSystemId", found.id()));
            result.put(
                    "ParentId",
                    Integer.toString(season.or(() -> series)
                            .or(() -> folder)
                            .map(Row::id)
                            .orElseGet(this::view)));
            images(series.or(() -> folder));
            series.flatMap(found -> found.facts().images().find("Primary", 0))
                    .ifPresent(image ->
                            result.put("SeriesPrimaryImageTag", image.tag().toString()));
            album.flatMap(found -> found.facts().images().find("Primary", 0))
                    .ifPresent(image ->
                            result.put("AlbumPrimaryImageTag", image.tag().toString()));
            artists();
        }

        private void name(String what, Row relative) {
            result.put(what + "Name", relative.facts().name());
            result.put(what + "Id", Integer.toString(relative.id()));
        }

        private int view() {
            Optional<Integer> ofLists = lens.lists().view(row.kind());
            return Stream.concat(ofLists.stream(), row.views().stream())
                    .filter(view -> lens.find(view).isPresent())
                    .findFirst()
                    .orElse(Views.ROOT);
        }

        private void images(Optional<Row> parent) {
            ObjectNode tags = result.putObject("ImageTags");
            ArrayNode backdrops = result.putArray("BackdropImageTags");
            for (Images.Image image : row.facts().images().all()) {
                if (image.type().equals("Backdrop")) {
                    backdrops.add(image.tag().toString());
                } else {
                    tags.put(image.type(), image.tag().toString());
                }
            }
            parent.ifPresent(found -> {
                String id = Integer.toString(found.id());
                Images lent = found.facts().images();
                if (backdrops.isEmpty() && lent.has("Backdrop")) {
                    result.put("ParentBackdropItemId", id);
                    ArrayNode array = result.putArray("ParentBackdropImageTags");
                    lent.all().stream()
                            .filter(image -> image.type().equals("Backdrop"))
                            .forEach(image -> array.add(image.tag().toString()));
                }
                lend(lent, id, "Logo", tags);
                lend(lent, id, "Thumb", tags);
            });
        }

        private void lend(Images lent, String id, String type, ObjectNode own) {
            if (!own.has(type)) {
                lent.find(type, 0).ifPresent(image -> {
                    result.put("Parent" + type + "ItemId", id);
                    result.put("Parent" + type + "ImageTag", image.tag().toString());
                });
            }
        }

        private void artists() {
            pairs(ArtistRole.ARTIST, row.facts().artists());
            pairs(ArtistRole.ALBUM_ARTIST, row.facts().albumArtists());
            pairs(ArtistRole.COMPOSER, row.facts().composers());
        }

        private void pairs(ArtistRole role, List<String> artists) {
            if (artists.isEmpty()) {
                return;
            }
            ArrayNode pairs = result.putArray(role.field());
            for (String name : artists) {
                ObjectNode pair = pairs.addObject().put("Name", name);
                names.find(ItemKind.MUSIC_ARTIST, name).ifPresent(id -> pair.put("Id", id.toString()));
            }
        }
    }

    /** People, genres, studios and tags, each with the gateway's id. */
    private final class ByNames {
        private final Row row;
        private final List<Source> copies;
        private final ObjectNode result;
        private final RowReader.Names names;

        ByNames(Row row, MergedItem item, List<Source> copies, ObjectNode result) {
            this.row = row;

            this.copies = copies;
            this.result = result;
            this.names = new RowReader.Names(item);
        }

        void put() {
            if (row.kind().isByName()) {
                return;
            }
            Map<String, String> genres = union(RowReader.Names::genreNames);
            ArrayNode plain = result.putArray("Genres");
            genres.values().forEach(plain::add);
            items("GenreItems", genres, names::genre);
            items("Studios", union(RowReader.Names::studioNames), name -> names.find(ItemKind.STUDIO, name));
            items("TagItems", union(RowReader.Names::tagNames), name -> names.find(ItemKind.TAG, name));
            people();
        }

        private Map<String, String> union(Function<JsonNode, Set<String>> read) {
            Map<String, String> union = new LinkedHashMap<>();
            copies.forEach(copy -> read.apply(copy.document).forEach(name -> union.putIfAbsent(Text.fold(name), name)));
            return union;
        }

        private void items(String field, Map<String, String> wanted, Function<String, Optional<ItemId>> find) {
            ArrayNode array = result.putArray(field);
            wanted.values().forEach(name -> {
                ObjectNode pair = array.addObject().put("Name", name);
                find.apply(name).ifPresent(id -> pair.put("Id", id.value()));
            });
        }

        private void people() {
            ArrayNode people = result.putArray("People");
            Set<String> listed = new HashSet<>();
            for (Source copy : copies) {
                for (JsonNode person : copy.document.path("People")) {
                    String key = Text.fold(person.path("Name").asText("")) + "\n"
                            + person.path("Type").asText("");
                    if (people.size() < MOST_PEOPLE && listed.add(key)) {
                        people.add(person(copy.copy, person));
                    }
                }
            }
        }

        private ObjectNode person(Copy copy, JsonNode person) {
            ObjectNode shown = EmbyJson.object().put("Name", person.path("Name").asText(""));
            names.find(ItemKind.PERSON, person.path("Name").asText("")).ifPresent(id -> shown.put("Id", id.toString()));
            for (String field : List.of("Role", "Type")) {
                if (person.hasNonNull(field)) {
                    shown.put(field, person.path(field).asText());
                }
            }
            String tag = person.path("PrimaryImageTag").asText("");
            if (!tag.isEmpty() && shown.has("Id")) {
                String id = person.path("Id").asText("");
                shown.put(
                        "PrimaryImageTag",
                        ImageTag.of(serverId, copy.upstream(), id, "Primary", 0, tag)
                                .toString());
            }
            return shown;
        }
    }
}
