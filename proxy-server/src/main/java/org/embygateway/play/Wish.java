package org.embygateway.play;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Headers;
import org.embygateway.upstream.UpstreamRequest;

/**
 * What a client asks of {@code PlaybackInfo} or {@code LiveStreams/Open}: options in the query, in the body or in both
 * (the body wins), with every id taken out, so that what is left can be put to an upstream as it is.
 *
 * <p>Emby API: {@code PlaybackInfoRequest}, {@code LiveStreamRequest}.
 */
record Wish(String method, Params fields, Map<String, String> query, ObjectNode body) {
    /** Ids, credentials, and what the gateway decides itself. */
    private static final Set<String> OURS = Set.of(
            "api_key",
            "apikey",
            "userid",
            "mediasourceid",
            "livestreamid",
            "opentoken",
            "playsessionid",
            "currentplaysessionid",
            "id",
            "itemid",
            "deviceid",
            "serverid",
            "isplayback",
            "autoopenlivestream");

    static Wish of(Call call) {
        ObjectNode body = EmbyJson.object();
        call.json().properties().forEach(field -> {
            if (!isOurs(field.getKey())) {
                body.set(field.getKey(), field.getValue());
            }
        });
        return new Wish(call.method().equals("POST") ? "POST" : "GET", call.fields(), passing(call.query()), body);
    }

    /** A wish for nothing but facts. */
    static Wish facts() {
        return new Wish("GET", Params.NONE, Map.of(), EmbyJson.object());
    }

    private static Map<String, String> passing(Params query) {
        Map<String, String> passing = new LinkedHashMap<>();
        query.all().forEach((name, values) -> {
            if (!isOurs(name)) {
                values.stream().filter(v -> !v.isEmpty()).findFirst().ifPresent(v -> passing.put(name, v));
            }
        });
        return passing;
    }

    private static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OURS.contains(lower) || lower.startsWith("x-emby-") || lower.startsWith("x-mediabrowser-");
    }

    /** The same without the tracks that it names. */
    Wish withoutTracks() {
        Map<String, String> passing = new LinkedHashMap<>(query);
        passing.keySet().removeIf(Wish::isTrack);
        ObjectNode rest = body.deepCopy();
        rest.remove(rest.properties().stream()
                .map(Map.Entry::getKey)
                .filter(Wish::isTrack)
                .toList());
        return new Wish(method, fields, passing, rest);
    }

    private static boolean isTrack(String name) {
        return name.equalsIgnoreCase("AudioStreamIndex") || name.equalsIgnoreCase("SubtitleStreamIndex");
    }

    /** An id that a client named; the words that scripts send for nothing count as nothing. */
    Optional<String> id(String name) {
        return fields.text(name).filter(v -> !v.equalsIgnoreCase("null") && !v.equalsIgnoreCase("undefined"));
    }

    boolean isPlayback() {
        return fields.flag("IsPlayback", false) || fields.flag("AutoOpenLiveStream", false);
    }

    /** Whether what comes out may be played, for all the client says: many do not say. */
    boolean mayBePlayed() {
        return fields.flag("IsPlayback", true);
    }

    /** The most bits per second that the client wants; empty when it does not say. */
    OptionalLong maxBitrate() {
        OptionalLong asked = fields.longNumber("MaxStreamingBitrate");
        long profile = body.path("DeviceProfile").path("MaxStreamingBitrate").asLong();
        return asked.isPresent() || profile <= 0 ? asked : OptionalLong.of(profile);
    }

    /**
     * The request to an upstream.
     *
     * @param ids in the upstream's names; they go into query and body, since servers differ in where they look
     * @param user the account's user id there
     */
    UpstreamRequest request(String path, Map<String, String> ids, String user, Duration limit) {
        Map<String, String> asked = new LinkedHashMap<>(query);
        asked.put("UserId", "{user}");
        asked.putAll(ids);
        if (method.equals("GET")) {
            return UpstreamRequest.get(path, asked, limit);
        }
        ObjectNode sent = body.deepCopy();
        sent.put("UserId", user);
        ids.forEach(sent::put);
        return new UpstreamRequest("POST", path, asked, Optional.of(EmbyJson.write(sent)), Headers.NONE, limit);
    }

    /** As {@link #request}, with the word whether playback will start. */
    UpstreamRequest playbackInfo(String path, Map<String, String> ids, String user, boolean playback, Duration limit) {
        boolean open = playback && fields.flag("AutoOpenLiveStream", false);
        Map<String, String> told = new LinkedHashMap<>(query);
        told.put("IsPlayback", Boolean.toString(playback));
        told.put("AutoOpenLiveStream", Boolean.toString(open));
        ObjectNode sent = body.deepCopy();
        sent.put("IsPlayback", playback);
        sent.put("AutoOpenLiveStream", open);
        return new Wish(method, fields, told, sent).request(path, ids, user, limit);
    }
}
