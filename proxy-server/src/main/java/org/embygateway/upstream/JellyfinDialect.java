package org.embygateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Headers;

/**
 * Jellyfin 10.8 and newer: one authorisation header that every version takes, DELETE instead of {@code POST …/Delete},
 * no Emby-only routes, and none of the enum values that its strict model binding would refuse.
 */
final class JellyfinDialect implements Dialect {
    private static final Pattern ORIGINAL = Pattern.compile("(?i)(/Videos/[^/]+)/original(\\.\\w+)?");
    private static final Pattern USER_DATA = Pattern.compile("(?i)/Users/([^/]+)/Items/([^/]+)/UserData");
    private static final Pattern EMBY_DATE = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(\\d{2})");
    private static final Set<String> FIELDS = lower(
            "AirTime CanDelete CanDownload ChannelInfo Chapters Trickplay ChildCount CumulativeRunTimeTicks CustomRating"
                    + " DateCreated DateLastMediaAdded DisplayPreferencesId Etag ExternalUrls Genres ItemCounts"
                    + " MediaSourceCount MediaSources OriginalTitle Overview ParentId Path People PlayAccess"
                    + " ProductionLocations ProviderIds PrimaryImageAspectRatio RecursiveItemCount Settings SeriesStudio"
                    + " SortName SpecialEpisodeNumbers Studios Taglines Tags RemoteTrailers MediaStreams SeasonUserData"
                    + " DateLastRefreshed DateLastSaved RefreshState ChannelImage EnableMediaSourceDisplay Width Height"
                    + " ExtraIds LocalTrailerCount IsHD SpecialFeatureCount");
    private static final Set<String> SORTS = lower(
            "Default AiredEpisodeOrder Album AlbumArtist Artist DateCreated OfficialRating DatePlayed PremiereDate"
                    + " StartDate SortName Name Random Runtime CommunityRating ProductionYear PlayCount CriticRating"
                    + " IsFolder IsUnplayed IsPlayed SeriesSortName VideoBitRate AirTime Studio IsFavoriteOrLiked"
                    + " DateLastContentAdded SeriesDatePlayed ParentIndexNumber IndexNumber");
    private static final Set<String> TYPES = lower(
            "AggregateFolder Audio AudioBook BasePluginFolder Book BoxSet Channel CollectionFolder Episode Folder Genre"
                    + " LiveTvChannel LiveTvProgram Movie MusicAlbum MusicArtist MusicGenre MusicVideo Person Photo"
                    + " PhotoAlbum Playlist Program Recording Season Series Studio Trailer TvChannel UserView Video Year");

    private static Set<String> lower(String words) {
        return Stream.of(words.toLowerCase(Locale.ROOT).split(" ")).collect(Collectors.toSet());
    }

    @Override
    public UpstreamRequest translate(UpstreamRequest request) {
        String method = request.method();
        String path = request.path();
        if (method.equals("POST") && path.toLowerCase(Locale.ROOT).endsWith("/delete")) {
            method = "DELETE";
            path = path.substring(0, path.length() - "/delete".length());
        }
        Map<String, String> query = translated(request.query());
        Matcher userData = USER_DATA.matcher(path);
        if (userData.matches()) {
            path = "/UserItems/" + userData.group(2) + "/UserData";
            query.put("userId", userData.group(1));
        }
        Optional<byte[]> json = path.toLowerCase(Locale.ROOT).startsWith("/sessions/playing")
                ? request.json().map(JellyfinDialect::withoutQueue)
                : request.json();
        return new UpstreamRequest(method, path, query, json, request.headers(), request.limit());
    }

    private static Map<String, String> translated(Map<String, String> query) {
        Map<String, String> result = new LinkedHashMap<>();
        query.forEach((name, value) -> {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "fields" -> putKnown(result, name, value, FIELDS);
                case "sortby" -> putKnown(result, name, value, SORTS);
                case "includeitemtypes", "excludeitemtypes" -> putKnown(result, name, value, TYPES);
                case "dateplayed" -> result.put(name, isoDate(value));
                default -> result.put(name, value);
            }
        });
        return result;
    }

    /** A list of which nothing is known is left out; an empty one would be refused. */
    private static void putKnown(Map<String, String> into, String name, String list, Set<String> known) {
        Predicate<String> isKnown = word -> known.contains(word.trim().toLowerCase(Locale.ROOT));
        String kept = Stream.of(list.split(",")).filter(isKnown).collect(Collectors.joining(","));
        if (!kept.isEmpty()) {
            into.put(name, kept);
        }
    }

    private static String isoDate(String value) {
        Matcher date = EMBY_DATE.matcher(value);
        return date.matches() ? date.replaceFirst("$1-$2-$3T$4:$5:$6Z") : value;
    }

    /** A queue entry that is no GUID of this server makes it refuse the whole report. */
    private static byte[] withoutQueue(byte[] json) {
        try {
            JsonNode body = EmbyJson.read(json);
            if (body instanceof ObjectNode object && object.has("NowPlayingQueue")) {
                return EmbyJson.write(object.without(List.of("NowPlayingQueue")));
            }
            return json;
        } catch (IOException e) {
            return json;
        }
    }

    @Override
    public Headers credentials(OutboundIdentity identity, String deviceId, String token) {
        return Headers.of("Authorization", "MediaBrowser " + identity.credentials(deviceId, token));
    }

    @Override
    public MediaPlace media(String path, Map<String, String> query, String token) {
        Map<String, String> full = new LinkedHashMap<>(query);
        full.put("ApiKey", token);
        if (path.equals("/embywebsocket")) {
            return new MediaPlace("/socket", full);
        }
        Matcher original = ORIGINAL.matcher(path);
        if (!original.matches()) {
            return new MediaPlace(path, full);
        }
        full.put("static", "true");
        String container = original.group(2) == null ? "" : original.group(2);
        return new MediaPlace(original.group(1) + "/stream" + container, full);
    }
}
