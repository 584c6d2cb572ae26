package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.embygateway.index.MergedItem;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.junit.jupiter.api.Test;

/** What is written from rows is what the documents say, whatever they say, and the same as in whole documents. */
class RowFieldsTest {
    /** Known, but nothing to be shown. */
    private static final String HIDDEN = "hidden";

    private static final String UNKNOWN = "";

    /** What servers say, and what is shown of it. */
    private static final Map<String, String[][]> SAID = new LinkedHashMap<>();

    static {
        String[][] texts = {
            {"\"Some\"", "\"Some\""},
            {"\"\"", UNKNOWN},
            {"\"Zwölf \\\"Monde\\\" \\\\ 12\"", "\"Zwölf \\\"Monde\\\" \\\\ 12\""},
            {"\"流浪地球 𝕏\"", "\"流浪地球 𝕏\""},
            {"\"a\\u0000b\\nc\\u001f\"", "\"a\\u0000b\\nc\\u001f\""},
            {"null", UNKNOWN}
        };
        for (String field : List.of(
                "OfficialRating",
                "Status",
                "Album",
                "AlbumArtist",
                "ExtraType",
                "ChannelName",
                "MediaType",
                "CollectionType")) {
            SAID.put(field, texts);
        }
        SAID.put("Name", new String[][] {texts[0], texts[2], texts[3], texts[4]});
        String[][] dates = {
            {"\"2024-05-15T09:52:52.5898360Z\"", "\"2024-05-15T09:52:52.5890000Z\""},
            {"\"1999-03-31\"", "\"1999-03-31T00:00:00.0000000Z\""},
            {"\"2010-01-01T01:00:00+01:00\"", "\"2010-01-01T00:00:00.0000000Z\""},
            {"\"1899-12-31T23:59:59.9990000Z\"", "\"1899-12-31T23:59:59.9990000Z\""},
            {"\"0001-01-01T00:00:00.0000000Z\"", "\"0001-01-01T00:00:00.0000000Z\""},
            {"\"2000-02-29T10:11:12\"", "\"2000-02-29T10:11:12.0000000Z\""},
            {"\"+12024-02-29T10:11:12Z\"", "\"+12024-02-29T10:11:12.0000000Z\""},
            {"\"2001-02-29\"", UNKNOWN},
            {"\"soon\"", UNKNOWN},
            {"17", UNKNOWN}
        };
        SAID.put("PremiereDate", dates);
        SAID.put("EndDate", dates);
        String[][] ratings = {
            {"7.3", "7.3"},
            {"8", "8"},
            {"0", "0"},
            {"-1.5", "-1.5"},
            {"8.123456789", "8.123457"},
            {"1.0E9", "1000000000"},
            {"1.0E40", UNKNOWN},
            {"\"7\"", UNKNOWN}
        };
        SAID.put("CommunityRating", ratings);
        SAID.put("CriticRating", ratings);
        String[][] places = {
            {"3", "3"},
            {"0", "0"},
            {"-1", "-1"},
            {"2147483647", "2147483647"},
            {"2147483648", UNKNOWN},
            {"\"5\"", UNKNOWN}
        };
        SAID.put("IndexNumber", places);
        SAID.put("IndexNumberEnd", places);
        SAID.put("ParentIndexNumber", places);
        SAID.put("ProductionYear", new String[][] {
            {"1999", "1999"}, {"0", UNKNOWN}, {"\"2001\"", "2001"}, {"-5", HIDDEN}, {"\"x\"", UNKNOWN}
        });
        SAID.put("RunTimeTicks", new String[][] {
            {"72000000000", "72000000000"},
            {"9223372036854775807", "9223372036854775807"},
            {"0", UNKNOWN},
            {"-7", HIDDEN},
            {"\"x\"", UNKNOWN}
        });
        SAID.put("PrimaryImageAspectRatio", new String[][] {
            {"0.6666666666666666", "0.6666666666666666"},
            {"1", "1"},
            {"1.0E-7", "1.0E-7"},
            {"123456789012345678901234567890", "1.2345678901234568E29"},
            {"\"1.5\"", UNKNOWN}
        });
    }

    private static final List<String> ARTISTS = List.of("Nova", "Zwölf", "新月", "Unknown to the index");
    private static final int FIRST_ARTIST = 700;

    /** The upstreams' id of what lies in a folder's, and which that is. */
    private static final Map<Integer, Integer> FOLDERS = Map.of(301, 300, 302, 300, 401, 400);

    private static final Map<String, Function<JsonNode, Optional<JsonNode>>> SCALARS = scalars();

    private static Map<String, Function<JsonNode, Optional<JsonNode>>> scalars() {
        Map<String, Function<JsonNode, Optional<JsonNode>>> scalars = new HashMap<>();
        SAID.forEach((field, all) -> {
            Map<String, String> shown = Arrays.stream(all)
                    .collect(Collectors.toMap(said -> json(said[0]).toString(), said -> said[1]));
            scalars.put(field, said -> switch (shown.getOrDefault(said.toString(), UNKNOWN)) {
                case UNKNOWN -> Optional.empty();
                case HIDDEN -> Optional.of(NullNode.getInstance());
                default -> Optional.of(json(shown.get(said.toString())));
            });
        });
        return scalars;
    }

    private static JsonNode json(String text) {
        return Fixture.parse("{\"Value\":" + text.replace('\'', '’') + "}").path("Value");
    }

    /** A library that is made up. */
    private static final class Library {
        private final Fixture fixture = new Fixture();
        private final Random random;

        Library(long seed) {
            random = new Random(seed);
            fixture.view(10, "Films", "movies", 1, 2, 3, 4);
            fixture.view(11, "Shows", "tvshows", 1, 2, 3, 4);
            fixture.view(12, "Music", "music", 1, 2, 3, 4);
            fixture.view(13, "Home", "homevideos", 1, 2, 3, 4);
            for (int i = 0; i < ARTISTS.size() - 1; i++) {
                fixture.item(FIRST_ARTIST + i, ItemKind.MUSIC_ARTIST, ARTISTS.get(i))
                        .add();
            }
            for (int id = 100; id < 104; id++) {
                add(id, ItemKind.MOVIE, 10);
            }
            add(200, ItemKind.SERIES, 11);
            add(201, ItemKind.SEASON, 11).series(200).add();
            for (int id = 210; id < 213; id++) {
                add(id, ItemKind.EPISODE, 11).series(200).season(201).add();
            }
            add(213, ItemKind.EPISODE, 11).series(200).add();
            add(300, ItemKind.MUSIC_ALBUM, 12);
            add(301, ItemKind.AUDIO, 12);
            add(302, ItemKind.AUDIO, 12);
            add(303, ItemKind.MUSIC_VIDEO, 12);
            add(400, ItemKind.PHOTO_ALBUM, 13);
            add(401, ItemKind.PHOTO, 13);
            add(500, ItemKind.PLAYLIST, 13);
            add(501, ItemKind.BOX_SET, 13);
            add(502, ItemKind.PERSON, 13);
            add(503, ItemKind.TV_CHANNEL, 13);
            fixture.load();
        }

        private Fixture.Item add(int id, ItemKind kind, int view) {
            Fixture.Item item = fixture.item(id, kind, "Item " + id).views(view);
            for (int upstream = 1; upstream <= 3; upstream++) {
                for (int copies = random.nextInt(3); copies > 0; copies--) {
                    item.on(upstream, Fixture.library(view), document(id));
                }
            }
            item.on(4, Fixture.library(view), document(id));
            for (int i = 0; i < ARTISTS.size() - 1; i++) {
                item.by("Artist", FIRST_ARTIST + i, ARTISTS.get(i));
            }
            item.names(ItemKind.GENRE, 900, "Drama");
            item.add();
            return item;
        }

        private String document(int id) {
            List<String> fields = new ArrayList<>();
            SAID.forEach((field, all) -> {
                if (field.equals("Name") || random.nextInt(3) > 0) {
                    fields.add("\"" + field + "\":" + all[random.nextInt(all.length)][0]);
                }
            });
            for (String flag : List.of("SupportsResume", "CanDownload")) {
                if (random.nextBoolean()) {
                    fields.add("\"%s\":%s".formatted(flag, random.nextBoolean()));
                }
            }
            if (FOLDERS.containsKey(id)) {
                String library = Fixture.library(FOLDERS.get(id));
                fields.add("\"%s\":\"%s\"".formatted(id == 401 ? "ParentId" : "AlbumId", library));
            }
            some(fields, "Artists", ARTISTS, "\"%s\"");
            for (String field : List.of("ArtistItems", "AlbumArtists", "Composers")) {
                some(fields, field, ARTISTS, "{\"Name\":\"%s\",\"Id\":\"7\"}");
            }
            some(fields, "Genres", List.of("Drama", "drama", "Odd"), "\"%s\"");
            some(fields, "BackdropImageTags", List.of("b1", "b2", "b3"), "\"%s\"");
            fields.add("\"ImageTags\":{%s}"
                    .formatted(List.of("Primary", "Logo", "Thumb", "Banner").stream()
                            .filter(type -> random.nextBoolean())
                            .map(type -> "\"%s\":\"t%d\"".formatted(type, random.nextInt(9)))
                            .collect(Collectors.joining(","))));
            fields.add("\"Overview\":\"It happens.\",\"SortName\":\"Item\"");
            fields.add("\"People\":[{\"Name\":\"Someone\",\"Type\":\"Actor\"}]");
            fields.add("\"MediaSources\":[%s]"
                    .formatted(IntStream.range(0, random.nextInt(3))
                            .mapToObj(this::source)
                            .collect(Collectors.joining(","))));
            return "{" + String.join(",", fields).replace('\'', '’') + "}";
        }

        private void some(List<String> fields, String field, List<String> values, String form) {
            if (random.nextBoolean()) {
                fields.add(values.stream()
                        .filter(value -> random.nextInt(3) == 0)
                        .map(form::formatted)
                        .collect(Collectors.joining(",", "\"" + field + "\":[", "]")));
            }
        }

        private String source(int number) {
            int[] sizes = {0, 720, 1080, 2160};
            String[] ranges = {"\"SDR\"", "\"HDR\"", "null"};
            String video = "{\"Type\":\"Video\",\"Width\":%d,\"Height\":%d,\"VideoRange\":%s}"
                    .formatted(sizes[random.nextInt(4)] * 2, sizes[random.nextInt(4)], ranges[random.nextInt(3)]);
            String container = new String[] {"\"mkv\"", "\"mov,mp4\"", "\"\""}[random.nextInt(3)];
            return "{\"Id\":\"s%d\",\"Container\":%s,\"Bitrate\":%d,\"RunTimeTicks\":%d,\"MediaStreams\":[%s]}"
                    .formatted(
                            number,
                            container,
                            random.nextInt(2) * 8_000_000L * 1000,
                            random.nextInt(3) * 1_000_000L,
                            random.nextBoolean() ? video : "");
        }

        String query() {
            List<String> pairs = new ArrayList<>();
            List<String> fields = new ArrayList<>(List.of(
                    "BasicSyncInfo",
                    "CanDelete",
                    "CanDownload",
                    "primaryimageaspectratio",
                    "DateCreated",
                    "CriticRating",
                    "Status",
                    "ChannelInfo",
                    "Path"));
            fields.removeIf(field -> random.nextBoolean());
            if (random.nextBoolean()) {
                List<String> beyond = new ArrayList<>(List.of(
                        "Overview", "Genres", "People", "MediaSources", "SortName", "Etag", "Size", "MediaStreams"));
                beyond.removeIf(field -> random.nextInt(3) > 0);
                fields.addAll(beyond);
            }
            if (!fields.isEmpty()) {
                pairs.add("Fields=" + String.join(",", fields));
            }
            String[] types = {"Primary", "primary,Backdrop,Thumb", "Logo", "Banner,Backdrop"};
            if (random.nextBoolean()) {
                pairs.add("EnableImageTypes=" + types[random.nextInt(types.length)]);
            }
            if (random.nextBoolean()) {
                pairs.add("ImageTypeLimit=" + (random.nextInt(4) - 1));
            }
            if (random.nextInt(4) == 0) {
                pairs.add("EnableImages=" + random.nextBoolean());
            }
            return String.join("&", pairs);
        }

        int[] upstreams() {
            int[][] some = {{1, 2, 3, 4}, {1}, {2}, {2, 3}, {1, 3, 4}, {4}};
            return some[random.nextInt(some.length)];
        }
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void areThoseOfTheDocuments(@ForAll long seed) {
        Library library = new Library(seed);
        for (int round = 0; round < 4; round++) {
            int[] upstreams = library.upstreams();
            String query = library.query();
            Params params = Params.parse(query);
            Visitor visitor = library.fixture.catalogue.visitor(Fixture.caller(upstreams));
            List<Row> rows = Arrays.stream(visitor.lens().visible().toArray())
                    .filter(id -> id >= 100 && id < FIRST_ARTIST)
                    .mapToObj(visitor.lens()::row)
                    .toList();
            Documents documents = library.fixture.catalogue.documents();
            List<ObjectNode> listed = documents.listed(visitor, rows, Projection.list(params));
            List<ObjectNode> full = documents.full(visitor, rows);
            PlainDocument plain = new PlainDocument(
                    library.fixture.index.items,
                    Arrays.stream(upstreams).boxed().collect(Collectors.toSet()),
                    SCALARS);
            for (int i = 0; i < rows.size(); i++) {
                String what = "item %d for %s with %s".formatted(rows.get(i).id(), Arrays.toString(upstreams), query);
                ObjectNode shown = plain(withoutPersonal(listed.get(i)));
                assertThat(shown).as(what).isEqualTo(plain(PlainDocument.projected(full.get(i), params)));
                MergedItem item =
                        library.fixture.index.items.get(new ItemId(rows.get(i).id()));
                ObjectNode expected = expected(plain, item, visitor.lens());
                file(plain, item, full.get(i), expected);
                assertThat(ofDocuments(shown, expected))
                        .as(what)
                        .isEqualTo(plain(PlainDocument.projected(expected, params)));
            }
        }
    }

    private static ObjectNode expected(PlainDocument plain, MergedItem item, Lens lens) {
        Optional<ItemId> folder =
                Optional.ofNullable(FOLDERS.get(item.id().value())).map(ItemId::new);
        ObjectNode expected = plain.of(item, folder);
        lens.lists().view(item.kind()).ifPresent(view -> expected.put("ParentId", view.toString()));
        return (ObjectNode) expected.removeNulls();
    }

    /** The run time is that of the first version when it has one. */
    private static void file(PlainDocument plain, MergedItem item, ObjectNode full, ObjectNode expected) {
        JsonNode first = full.path("MediaSources").path(0);
        if (first.path("RunTimeTicks").asLong() > 0) {
            expected.set("RunTimeTicks", first.get("RunTimeTicks"));
        }
        String container = first.path("Container").asText("");
        if (!container.isEmpty()) {
            assertThat(full.path("Container").asText()).isEqualTo(container);
        }
        JsonNode video = first.path("MediaStreams").path(0);
        if (video.path("Width").asInt() > 0) {
            assertThat(full.path("Width").asInt()).isEqualTo(video.path("Width").asInt());
            assertThat(full.path("Height").asInt())
                    .isEqualTo(video.path("Height").asInt());
        }
    }

    private static ObjectNode withoutPersonal(ObjectNode listed) {
        listed.remove(List.of("UserData", "CanEditItems", "PrimaryImageItemId", "PrimaryImageTag"));
        return listed;
    }

    /** Without what documents beyond rows add, and what the plain document leaves out. */
    private static ObjectNode ofDocuments(ObjectNode shown, ObjectNode expected) {
        shown.remove(List.of(
                "DateCreated",
                "Overview",
                "Genres",
                "GenreItems",
                "People",
                "MediaSources",
                "SortName",
                "Etag",
                "Size",
                "MediaStreams"));
        return shown;
    }

    /** With numbers that are equal when they say the same. */
    private static ObjectNode plain(ObjectNode object) {
        ObjectNode result = EmbyJson.object();
        object.properties().forEach(field -> result.set(field.getKey(), plain(field.getValue())));
        return result;
    }

    private static JsonNode plain(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> plain(object);
            case ArrayNode array -> {
                ArrayNode result = EmbyJson.MAPPER.createArrayNode();
                array.forEach(element -> result.add(plain(element)));
                yield result;
            }
            default ->
                value.isNumber()
                        ? EmbyJson.object().numberNode(value.decimalValue().stripTrailingZeros())
                        : value;
        };
    }

    @Test
    void usualListsReadNoDocument() {
        Library library = new Library(1);
        int before = library.fixture.index.reads;
        JsonNode page = Fixture.ask(
                new ItemsHandlers(library.fixture.catalogue, ReadThrough.NONE)::query,
                Fixture.caller(1, 2, 3, 4),
                "Recursive=true&Fields=BasicSyncInfo,CanDelete,PrimaryImageAspectRatio,ProgramPrimaryImageAspectRatio,"
                        + "ProductionYear,Status,EndDate,Prefix,PremiereDate,Container,PresentationUniqueKey,Path,"
                        + "DateCreated,CommunityRating,OfficialRating,CriticRating,Width,Height,ChildCount,ShareLevel");

        assertThat(page.path("Items")).isNotEmpty();
        assertThat(library.fixture.index.reads).isEqualTo(before);
    }

    @Test
    void textsAreEscapedAndHalfCharactersReplaced() {
        String text = "a\"b\\c\n\t\u0001\u007f é 流 𝕏 \ud800x\udc00";
        JsonNode read =
                new JsonText(1).open('{').anyName(text).text(text).close('}').tree();
        String whole = "a\"b\\c\n\t\u0001\u007f é 流 𝕏 ?x?";

        assertThat(read.path(whole).asText()).isEqualTo(whole);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void numbersAndDatesAreWrittenAsTheyAre(@ForAll long number, @ForAll double real, @ForAll float rating) {
        JsonNode read = new JsonText(1)
                .open('[')
                .number(number)
                .number(Long.MIN_VALUE)
                .number(real)
                .number(rating)
                .date(number >> 12)
                .close(']')
                .tree();

        assertThat(read.path(0).asLong()).isEqualTo(number);
        assertThat(read.path(1).asLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(read.path(2).asDouble()).isEqualTo(real);
        assertThat(read.path(3).floatValue()).isEqualTo(rating);
        assertThat(read.path(4).asText()).isEqualTo(EmbyJson.date(java.time.Instant.ofEpochMilli(number >> 12)));
        assertThat(Set.of(read.size())).containsExactly(5);
    }
}
