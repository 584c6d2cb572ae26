package org.embygateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.route.Route;

/**
 * Calls rows of the route table as a client would: with ids of a film, a series and a session that exist, and with the
 * bodies and parameters that a row cannot do without.
 */
final class ContractWalk {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Map<String, String> USUAL = usual();
    private static final Map<String, String> QUERIES = queries();
    private static final Map<String, String> BODIES = bodies();

    private final TestClient client;
    private final String film;
    private final String series;
    private final String session;
    private final String source;
    private final String converting;

    /** What is done to lists, not to films. */
    private static final Set<String> OF_LISTS =
            Set.of("POST /Items/{Id}", "POST /Items/{Id}/MakePublic", "POST /Items/{Id}/MakePrivate");

    private static final Set<String> DELETING = Set.of("DELETE /Items/{Id}", "POST /Items/{Id}/Delete");

    private final String list;
    private final String entry;
    private final String collection;

    ContractWalk(TestClient client, String film, String series) {
        this.client = client;
        this.film = film;
        this.series = series;
        this.list = made("Playlists");
        this.entry = client.items("/emby/Playlists/" + list + "/Items")
                .getFirst()
                .path("PlaylistItemId")
                .asText();
        this.collection = made("Collections");
        this.session = client.get("/emby/Sessions?DeviceId=" + client.device())
                .ok()
                .at("/0/Id")
                .asText();
        JsonNode playing = new Player(client).negotiate(film, Player.CONVERTED).at("/MediaSources/0");
        this.source = playing.path("Id").asText();
        this.converting = playing.path("TranscodingUrl").asText().replaceFirst("^[^?]*\\?", "");
    }

    /** A new list with the film. */
    private String made(String kind) {
        return client.post("/emby/" + kind + "?Name=Walk&Ids=" + film, "")
                .ok()
                .path("Id")
                .asText();
    }

    /** The answer of a row, asked once. */
    Answer call(Route route) {
        String template = route.template();
        String about = DELETING.contains(template) ? "{doomed}" : OF_LISTS.contains(template) ? "{list}" : "{Id}";
        String path =
                filled(route.pattern().text().replace("/**", "/index.html").replace("{Id}", about));
        String query = filled(QUERIES.getOrDefault(template, isConversion(path) ? converting : ""));
        String url = prefix(path) + path + (query.isEmpty() ? "" : "?" + query);
        String body = filled(Optional.ofNullable(BODIES.get(template)).orElse(""));
        Map<String, String> type = body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json");
        return client.send(route.method(), url, type, body);
    }

    private static boolean isConversion(String path) {
        return path.startsWith("/Videos/") && (path.contains(".m3u8") || path.contains("/hls"));
    }

    private static String prefix(String path) {
        boolean own =
                List.of("/auth/", "/media/", "/progress/", "/admin/").stream().anyMatch(path::startsWith);
        return own && !path.startsWith("/auth/keys") ? "" : "/emby";
    }

    private String filled(String template) {
        Matcher parameter = PARAMETER.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (parameter.find()) {
            String value = value(parameter.group(1), template);
            parameter.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return parameter.appendTail(filled).toString();
    }

    private String value(String name, String template) {
        return switch (name) {
            case "me", "UserId" -> client.userId();
            case "device" -> client.device();
            case "Id" -> id(template);
            case "ItemId" -> template.startsWith("/Playlists/") ? entry : film;
            case "list" -> list;
            case "doomed" -> made("Playlists");
            case "MediaSourceId", "source" -> source;
            case "film" -> film;
            case "Name" -> name(template);
            default -> USUAL.getOrDefault(name, "1");
        };
    }

    private String id(String template) {
        if (template.startsWith("/Users/{Id}")) {
            return client.userId();
        }
        if (template.startsWith("/Sessions/")) {
            return session;
        }
        if (template.startsWith("/DisplayPreferences/")) {
            return "usersettings";
        }
        if (template.startsWith("/admin/servers/") || template.startsWith("/admin/merges/overrides/")) {
            return "1";
        }
        if (template.startsWith("/Playlists/")) {
            return list;
        }
        if (template.startsWith("/Collections/")) {
            return collection;
        }
        return template.startsWith("/Shows/") ? series : film;
    }

    private static String name(String template) {
        if (template.startsWith("/Persons/")) {
            return "Michael Mann";
        }
        return template.startsWith("/Studios/") ? "Walk Studio" : "Action";
    }

    private static Map<String, String> usual() {
        Map<String, String> usual = new TreeMap<>();
        usual.put("Type", "Primary");
        usual.put("Index", "0");
        usual.put("Tag", "x");
        usual.put("Format", "vtt");
        usual.put("MaxWidth", "200");
        usual.put("MaxHeight", "200");
        usual.put("PercentPlayed", "0");
        usual.put("UnPlayedCount", "0");
        usual.put("Container", "mkv");
        usual.put("StreamFileName", "stream.mkv");
        usual.put("PlaylistId", "main");
        usual.put("SegmentId", "0");
        usual.put("SegmentContainer", "ts");
        usual.put("StartPositionTicks", "0");
        usual.put("Command", "Pause");
        usual.put("Key", "metadata");
        usual.put("DisplayPreferencesId", "usersettings");
        usual.put("TrackType", "Audio");
        return usual;
    }

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("GET /DisplayPreferences/{Id}", "UserId={me}&Client=emby");
        queries.put("POST /DisplayPreferences/{DisplayPreferencesId}", "UserId={me}&Client=emby");
        queries.put("POST /Collections", "Name=Walk&Ids={film}");
        queries.put("POST /Playlists", "Name=Walk&Ids={film}");
        queries.put("GET /Playlists/{Id}/AddToPlaylistInfo", "Ids={film}");
        queries.put("DELETE /Items", "Ids={doomed}");
        queries.put("POST /Items/Delete", "Ids={doomed}");
        queries.put("GET /Search/Hints", "SearchTerm=Heat&UserId={me}");
        queries.put("GET /media/search", "q=Heat");
        queries.put("GET /Items/{Id}/ThumbnailSet", "Width=320");
        queries.put("GET /Playback/BitrateTest", "Size=1000");
        queries.put("GET /Devices/Info", "Id={device}");
        queries.put("GET /Videos/{Id}/stream", "Static=true&MediaSourceId={source}");
        queries.put("GET /Videos/{Id}/stream.{Container}", "Static=true&MediaSourceId={source}");
        queries.put("GET /Videos/{Id}/{StreamFileName}", "Static=true&MediaSourceId={source}");
        queries.put("POST /LiveStreams/Close", "LiveStreamId=1");
        queries.put("DELETE /Videos/ActiveEncodings", "DeviceId={device}");
        queries.put("POST /Videos/ActiveEncodings/Delete", "DeviceId={device}");
        queries.put("GET /Items", "UserId={me}&Recursive=true&IncludeItemTypes=Movie");
        queries.put("GET /Users/{UserId}/Items", "Recursive=true&IncludeItemTypes=Movie,Series&Fields=" + FIELDS);
        queries.put("POST /Users/{UserId}/Items/{Id}/Rating", "Likes=true");
        queries.put("POST /Users/{UserId}/Items/{Id}/HideFromResume", "Hide=true");
        queries.put("POST /Sessions/{Id}/Playing", "PlayCommand=PlayNow&ItemIds={film}");
        queries.put("POST /Sessions/{Id}/Message", "Text=Hello&Header=Walk");
        queries.put("POST /Sessions/Playing/Ping", "PlaySessionId=walk");
        return queries;
    }

    private static final String FIELDS = "Overview,Genres,People,Studios,MediaSources,MediaStreams,ProviderIds,Path,"
            + "DateCreated,SortName,ChildCount,RecursiveItemCount,Chapters,ExternalUrls,PrimaryImageAspectRatio,Tags";

    private static Map<String, String> bodies() {
        String report =
                "{\"ItemId\":\"{film}\",\"MediaSourceId\":\"{source}\",\"PlaySessionId\":\"walk\",\"PositionTicks\":10}";
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("POST /Users/AuthenticateByName", "{\"Username\":\"root\",\"Pw\":\"correct horse\"}");
        bodies.put("POST /Users/New", "{\"Name\":\"Walker\"}");
        bodies.put("POST /Users/{Id}/Authenticate", "{\"Pw\":\"correct horse\"}");
        bodies.put("POST /Items/{Id}", "{\"Name\":\"Walked\"}");
        bodies.put("POST /Items/Access", "{\"ItemIds\":[\"{list}\"],\"UserIds\":[\"{me}\"],\"ItemAccess\":\"Read\"}");
        bodies.put("POST /Items/Shared/Leave", "{\"ItemIds\":[\"{list}\"],\"UserId\":\"{me}\"}");
        bodies.put("POST /auth/login", "{\"username\":\"root\",\"password\":\"correct horse\"}");
        bodies.put("POST /Items/{Id}/PlaybackInfo", Player.DIRECT);
        bodies.put("POST /Sessions/Playing", report);
        bodies.put("POST /Sessions/Playing/Progress", report);
        bodies.put("POST /Sessions/Playing/Stopped", report);
        bodies.put("POST /Sessions/Capabilities/Full", "{\"PlayableMediaTypes\":[\"Video\"]}");
        bodies.put("POST /Sessions/{Id}/Command", "{\"Name\":\"GoHome\"}");
        bodies.put("POST /DisplayPreferences/{DisplayPreferencesId}", "{\"Id\":\"usersettings\",\"CustomPrefs\":{}}");
        bodies.put("POST /UserSettings/{UserId}", "{\"a\":\"b\"}");
        bodies.put("POST /UserSettings/{UserId}/Partial", "{\"a\":\"c\"}");
        bodies.put("POST /Users/{UserId}/TypedSettings/{Key}", "{\"a\":1}");
        bodies.put("POST /Users/{Id}/Configuration", "{\"PlayDefaultAudioTrack\":true}");
        bodies.put("POST /Users/{Id}/Configuration/Partial", "{\"PlayDefaultAudioTrack\":false}");
        bodies.put("POST /Users/{UserId}/Items/{ItemId}/UserData", "{\"IsFavorite\":true}");
        bodies.put("POST /progress/report", "{\"itemId\":\"{film}\",\"positionTicks\":10,\"event\":\"progress\"}");
        bodies.put("POST /Sync/Data", "{\"LocalItemIds\":[]}");
        bodies.put("POST /Sync/{ItemId}/Status", "{}");
        bodies.put("POST /Sync/OfflineActions", "[]");
        bodies.put("POST /Users/ForgotPassword", "{\"EnteredUsername\":\"root\"}");
        bodies.put("POST /Users/ForgotPassword/Pin", "{\"Pin\":\"1\"}");
        bodies.put("PATCH /admin/servers/{Id}", "{\"priority\":1}");
        bodies.put(
                "PUT /admin/servers/{Id}",
                "{\"name\":\"elsewhere\",\"url\":\"http://127.0.0.1:1\",\"username\":\"viewer\"}");
        bodies.put("POST /admin/servers", "{\"name\":\"incomplete\"}");
        bodies.put("POST /admin/servers/test", "{\"url\":\"http://127.0.0.1:1\",\"username\":\"viewer\"}");
        return bodies;
    }
}
