package org.embygateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The fields without which the TV app stops, or loses a part of a page, by kind of answer. A dot goes into an object,
 * {@code []} into every element of an array.
 */
final class NeededFields {
    private static final List<Row> TABLE = List.of(
            row("GET", "/system/info(/public)?", "Id", "Version", "ServerName", "LocalAddress", "WanAddress"),
            row(
                    "POST",
                    "/users/authenticatebyname",
                    "AccessToken",
                    "ServerId",
                    "User.Id",
                    "User.Name",
                    "User.Policy",
                    "User.Configuration",
                    "User.ServerId"),
            row("GET", "/users/(?!public)[^/]+", "Id", "Name", "ServerId", "Policy", "Configuration"),
            row("GET", "/system/endpoint", "IsInNetwork", "IsLocal"),
            row(
                    "GET",
                    "/users/[^/]+/views",
                    "Items[].Id",
                    "Items[].ServerId",
                    "Items[].ImageTags",
                    "Items[].Name",
                    "Items[].Type",
                    "Items[].CollectionType",
                    "TotalRecordCount"),
            row("GET", "/users/[^/]+/items/latest", "[].Id", "[].ServerId"),
            row("GET", "/users/[^/]+/items(/resume)?", "Items[].Id", "Items[].ServerId", "Items[].Type"),
            row("GET", "/shows/(nextup|[^/]+/seasons|[^/]+/episodes)", "Items[].Id", "Items[].ServerId"),
            row(
                    "GET",
                    "/shows/[^/]+/episodes",
                    "Items[].MediaType",
                    "Items[].SeriesId",
                    "Items[].SeasonId",
                    "Items[].IndexNumber",
                    "Items[].ParentIndexNumber"),
            row("GET", "/items/[^/]+/similar", "Items[].Id", "Items[].ServerId"),
            row("GET", "/users/[^/]+/items/[^/]+/intros", "Items", "TotalRecordCount"),
            row(
                    "GET",
                    "/items/[^/]+/thememedia",
                    "ThemeVideosResult.Items",
                    "ThemeVideosResult.OwnerId",
                    "ThemeSongsResult.Items",
                    "ThemeSongsResult.OwnerId"),
            row("GET", "/(genres|studios|tags|persons|artists)", "Items[].Name", "Items[].Id"),
            row("GET", "/itemtypes", "Items[].Name"),
            row("GET", "/items/prefixes", "[].Name"),
            row("GET", "/livetv/programs", "Items"),
            row("GET", "/movies/recommendations", "[].Items"),
            row("GET", "/displaypreferences/usersettings", "CustomPrefs"),
            row(
                    "POST",
                    "/items/[^/]+/playbackinfo",
                    "PlaySessionId",
                    "MediaSources[].Id",
                    "MediaSources[].MediaStreams[].Type",
                    "MediaSources[].SupportsDirectStream",
                    "MediaSources[].Container",
                    "MediaSources[].RunTimeTicks",
                    "MediaSources[].Protocol"),
            row(
                    "POST",
                    "/users/[^/]+/(favoriteitems|playeditems)/[^/]+(/delete)?",
                    "Played",
                    "IsFavorite",
                    "PlaybackPositionTicks",
                    "PlayCount"));

    private static final List<Judged> JUDGED = List.of(
            judged("GET", "/users/[^/]+/items/[^/]+", path -> !isList(path), NeededFields::detail),
            judged("POST", "/items/[^/]+/playbackinfo", path -> true, NeededFields::playable),
            judged("GET", "/users/[^/]+/items(/resume)?", path -> true, NeededFields::queue),
            judged("GET", "/shows/(nextup|[^/]+/episodes)", path -> true, NeededFields::queue),
            judged("GET", "/users/[^/]+/views", path -> true, NeededFields::pictures),
            judged("GET", "/users/[^/]+/items", NeededFields::isCounted, (answer, faults) -> {
                if (!answer.path("TotalRecordCount").isInt()) {
                    faults.add("TotalRecordCount");
                }
            }));

    private NeededFields() {}

    private record Row(String method, Pattern path, List<String> fields) {}

    private record Judged(
            String method, Pattern path, Predicate<String> which, BiConsumer<JsonNode, List<String>> judge) {}

    /** What the app would miss in the answer to that request; the path is without {@code /emby}. */
    static List<String> missing(String method, String target, JsonNode answer) {
        String path = target.replaceFirst("\\?.*", "").toLowerCase(Locale.ROOT);
        List<String> missing = new ArrayList<>();
        TABLE.stream()
                .filter(row ->
                        row.method().equals(method) && row.path().matcher(path).matches())
                .flatMap(row -> row.fields().stream())
                .filter(field -> !has(
                        answer,
                        List.of(field.replace("[]", ".[]")
                                .replaceFirst("^\\.", "")
                                .split("\\."))))
                .forEach(missing::add);
        JUDGED.stream()
                .filter(row ->
                        row.method().equals(method) && row.path().matcher(path).matches())
                .filter(row -> row.which().test(target.toLowerCase(Locale.ROOT)))
                .forEach(row -> row.judge().accept(answer, missing));
        return missing;
    }

    private static Row row(String method, String path, String... fields) {
        return new Row(method, Pattern.compile(path), List.of(fields));
    }

    private static Judged judged(
            String method, String path, Predicate<String> which, BiConsumer<JsonNode, List<String>> judge) {
        return new Judged(method, Pattern.compile(path), which, judge);
    }

    private static boolean isList(String target) {
        return Stream.of("resume", "latest", "root").anyMatch(target.replaceFirst("\\?.*", "")::endsWith);
    }

    private static boolean isCounted(String target) {
        return !target.contains("enabletotalrecordcount=false");
    }

    private static boolean has(JsonNode node, List<String> path) {
        if (path.isEmpty()) {
            return !node.isMissingNode() && !node.isNull();
        }
        List<String> rest = path.subList(1, path.size());
        if (!path.getFirst().equals("[]")) {
            return has(node.path(path.getFirst()), rest);
        }
        boolean all = node.isArray();
        for (JsonNode element : node) {
            all &= has(element, rest);
        }
        return all;
    }

    private static void detail(JsonNode item, List<String> missing) {
        Stream.of("Id", "ServerId", "Type", "Name")
                .filter(name -> item.path(name).asText().isEmpty())
                .forEach(missing::add);
        String type = item.path("Type").asText();
        mediaType(item, missing);
        if ((type.equals("Movie") || type.equals("Episode") || type.equals("Series"))
                && item.path("DateCreated").asText().isEmpty()) {
            missing.add("DateCreated");
        }
        if (type.equals("CollectionFolder") && item.path("Subviews").isEmpty()) {
            missing.add("Subviews");
        }
    }

    /** What a play queue is made of. */
    private static void queue(JsonNode list, List<String> missing) {
        list.path("Items").forEach(item -> mediaType(item, missing));
    }

    private static void mediaType(JsonNode item, List<String> missing) {
        boolean video = List.of("Movie", "Episode").contains(item.path("Type").asText());
        if (video && !item.path("MediaType").asText().equals("Video")) {
            missing.add("MediaType of " + item.path("Name"));
        }
    }

    private static void playable(JsonNode answer, List<String> missing) {
        for (JsonNode source : answer.path("MediaSources")) {
            boolean direct = source.path("SupportsDirectStream").asBoolean();
            boolean transcoded = source.path("SupportsTranscoding").asBoolean() && source.has("TranscodingUrl");
            if (!direct && !transcoded) {
                missing.add("SupportsDirectStream or TranscodingUrl");
            }
            for (JsonNode stream : source.path("MediaStreams")) {
                if (stream.path("DeliveryMethod").asText().equals("External") && !stream.has("DeliveryUrl")) {
                    missing.add("DeliveryUrl of subtitle " + stream.path("Index"));
                }
            }
        }
    }

    private static void pictures(JsonNode views, List<String> missing) {
        for (JsonNode view : views.path("Items")) {
            if (!view.path("ImageTags").isObject()) {
                missing.add("ImageTags as an object");
            }
        }
    }
}
