package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.embygateway.index.Copy;
import org.embygateway.index.MergedItem;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.JsonExcerpt;
import org.embygateway.rewrite.EmbyTables;
import org.embygateway.rewrite.ImageTag;
import org.embygateway.rewrite.MediaSourceRewrite;
import org.embygateway.rewrite.PublicLinks;
import org.embygateway.rewrite.Versions;

/**
 * What a document says beyond its row, out of the documents of an item's copies: the best copy's, with what it lacks from
 * the others, the versions of all, and every id and tag the gateway's own. {@link RowFields} has the rest.
 *
 * <p>Emby API: {@code BaseItemDto}.
 */
final class DocumentMerge {
    private static final int MOST_PEOPLE = 200;

    private static final Set<String> OF_VERSIONS =
            Set.of("mediasources", "mediastreams", "size", "bitrate", "chapters", "partcount");

    /** What of documents is read for what is shown, in lower case, when that is not the field of the same name. */
    private static final Map<String, Set<String>> MADE_OF = madeOf();

    private static final Set<String> OF_NAMES = Set.of("genres", "genreitems", "studios", "tagitems", "people");

    private final String serverId;
    private final MediaSourceRewrite sources;

    DocumentMerge(String serverId) {
        this.serverId = serverId;
        this.sources = new MediaSourceRewrite(serverId);
    }

    private static Map<String, Set<String>> madeOf() {
        Map<String, Set<String>> madeOf = new HashMap<>();
        Set<String> versions = new HashSet<>(OF_VERSIONS);
        versions.add("container");
        OF_VERSIONS.forEach(field -> madeOf.put(field, versions));
        Set<String> genres = Set.of("genres", "genreitems");
        genres.forEach(field -> madeOf.put(field, genres));
        madeOf.put("tagitems", Set.of("tagitems", "tags"));
        return madeOf;
    }

    /** A copy and its parsed document, or what of it is needed. */
    private record Source(Copy copy, ObjectNode document) {}

    /** @param item with its visible copies only */
    ObjectNode everything(Lens lens, Row row, MergedItem item) {
        return new Making(lens, row, item, field -> true, RowReader::document).all();
    }

    /**
     * @param item likewise
     * @param wanted of {@link Projection#beyondRows}
     */
    ObjectNode some(Lens lens, Row row, MergedItem item, Set<String> wanted) {
        Set<String> read = new HashSet<>();
        wanted.forEach(field -> read.addAll(MADE_OF.getOrDefault(field, Set.of(field))));
        ObjectNode made = new Making(lens, row, item, wanted::contains, copy -> excerpt(copy, read)).all();
        ObjectNode result = EmbyJson.object();
        made.properties().forEach(field -> {
            if (wanted.contains(lower(field.getKey()))) {
                result.set(field.getKey(), field.getValue());
            }
        });
        return result;
    }

    /** Whether any of what is wanted tells of by-name items. */
    static boolean needsNames(Set<String> wanted) {
        return OF_NAMES.stream().anyMatch(wanted::contains);
    }

    private static JsonNode excerpt(Copy copy, Set<String> read) {
        try {
            return JsonExcerpt.fields(copy.document(), field -> read.contains(lower(field)));
        } catch (IOException e) {
            return EmbyJson.object();
        }
    }

    private static String lower(String field) {
        return field.toLowerCase(Locale.ROOT);
    }

    /** One document under way; what is not wanted of it is not made if it costs much. */
    private final class Making {
        private final Lens lens;
        private final Row row;
        private final MergedItem item;
        private final Predicate<String> wanted;
        private final List<Source> copies;
        private final ObjectNode result = EmbyJson.object();

        /** @param wanted of names in lower case */
        Making(Lens lens, Row row, MergedItem item, Predicate<String> wanted, Function<Copy, JsonNode> read) {
            this.lens = lens;
            this.row = row;
            this.item = item;
            this.wanted = wanted;
            this.copies = item.copies().stream()
                    .filter(copy -> lens.sees(copy.upstream().value()))
                    .map(copy -> new Source(
                            copy, read.apply(copy) instanceof ObjectNode object ? object : EmbyJson.object()))
                    .toList();
        }

        ObjectNode all() {
            copies.forEach(copy -> fill(result, EmbyTables.ITEM.clean(copy.document)));
            result.remove(Projection.OF_ROWS);
            identity();
            links(result, copies);
            if (!row.kind().isByName()) {
                new ByNames(item, copies, result).put(wanted);
            }
            ItemExtras.count(
                    result,
                    lens,
                    row,
                    copies.stream().map(Source::document).<JsonNode>map(d -> d).toList());
            if (row.kind().isPlayable() && OF_VERSIONS.stream().anyMatch(wanted)) {
                versions(result, row, copies);
            }
            return result;
        }

        private void identity() {
            if (wanted.test("etag")) {
                StringBuilder content = new StringBuilder(serverId + row.id());
                copies.forEach(copy -> content.append(' ').append(Arrays.hashCode(copy.copy.document())));
                result.put("Etag", Hex32.of(content.toString()));
            }
            result.put(
                    "SortName",
                    row.facts().displaySortName(result.path("SortName").asText("")));
            if (row.kind() == ItemKind.COLLECTION_FOLDER || row.kind() == ItemKind.USER_VIEW) {
                Views.describe(result, row);
            }
            lens.find(row.album())
                    .filter(folder -> folder.kind() == ItemKind.GAME_SYSTEM)
                    .ifPresent(system ->
                            result.put("GameSystem", system.facts().name()).put("GameSystemId", system.id()));
            result.remove("Genres");
        }
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
        List<ObjectNode> all = new ArrayList<>();
        copies.forEach(copy -> copy.copy
                .sources()
                .forEach(source -> all.add(sources.rewrite(
                        FirstVersion.source(copy.document, source),
                        source.id(),
                        copy.copy.upstream(),
                        source.upstreamVersionId()))));
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
        copyIfThere(first, result, "Size", "Bitrate");
        if (!first.path("MediaStreams").isEmpty()) {
            result.set("MediaStreams", first.get("MediaStreams"));
        }
    }

    /** People, genres, studios and tags, each with the gateway's id. */
    private final class ByNames {
        private final List<Source> copies;
        private final ObjectNode result;
        private final RowReader.Names names;

        ByNames(MergedItem item, List<Source> copies, ObjectNode result) {
            this.copies = copies;
            this.result = result;
            this.names = new RowReader.Names(item.byName());
        }

        void put(Predicate<String> wanted) {
            if (wanted.test("genres") || wanted.test("genreitems")) {
                Map<String, String> genres = union(RowReader.Names::genreNames);
                ArrayNode plain = result.putArray("Genres");
                genres.values().forEach(plain::add);
                items("GenreItems", genres, names::genre);
            }
            if (wanted.test("studios")) {
                items("Studios", union(RowReader.Names::studioNames), name -> names.find(ItemKind.STUDIO, name));
            }
            if (wanted.test("tagitems")) {
                items("TagItems", union(RowReader.Names::tagNames), name -> names.find(ItemKind.TAG, name));
            }
            if (wanted.test("people")) {
                people();
            }
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
