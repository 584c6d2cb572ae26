package org.embygateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Plays as the apps do: negotiates, then follows the URLs it was given without adding credentials of its own. */
record Player(TestClient client) {
    /** Plays Matroska files as they are. */
    static final String DIRECT = profile("mkv");

    /** Plays nothing as it is, so that everything has to be converted. */
    static final String CONVERTED = profile("avi");

    private static final Pattern QUOTED = Pattern.compile("URI=\"([^\"]*)\"");

    private static String profile(String container) {
        return """
                {"DeviceProfile":{"DirectPlayProfiles":[{"Container":"%s","Type":"Video"}],
                "TranscodingProfiles":[{"Container":"ts","Type":"Video","VideoCodec":"h264","AudioCodec":"aac","Protocol":"hls"}],
                "SubtitleProfiles":[{"Format":"vtt","Method":"External"}]}}""".formatted(container);
    }

    /** {@code PlaybackInfoResponse} for any version. */
    JsonNode negotiate(String item, String profile) {
        return client.post(
                        "/emby/Items/" + item + "/PlaybackInfo?UserId={me}&IsPlayback=true&AutoOpenLiveStream=true",
                        profile)
                .ok();
    }

    /** {@code PlaybackInfoResponse} for one version. */
    JsonNode negotiate(String item, String source, String profile) {
        return client.post(
                        "/emby/Items/" + item + "/PlaybackInfo?UserId={me}&IsPlayback=true&AutoOpenLiveStream=true"
                                + "&MediaSourceId=" + source,
                        profile)
                .ok();
    }

    static List<JsonNode> sources(JsonNode playbackInfo) {
        return StreamSupport.stream(playbackInfo.path("MediaSources").spliterator(), false)
                .toList();
    }

    static List<JsonNode> streams(JsonNode source, String type) {
        return StreamSupport.stream(source.path("MediaStreams").spliterator(), false)
                .filter(stream -> stream.path("Type").asText().equals(type))
                .toList();
    }

    /** A URL of a document, relative to the API's root. */
    String url(String given) {
        return given.startsWith("http") ? given : client.base() + "/emby" + given;
    }

    Answer fetch(String given) {
        return client.bare("GET", url(given), Map.of(), "");
    }

    /** The URLs of a playlist in full, those in attributes too. */
    static List<String> urls(Answer playlist) {
        List<String> urls = new ArrayList<>();
        for (String line : playlist.text().split("\\R")) {
            Matcher quoted = QUOTED.matcher(line);
            if (quoted.find()) {
                urls.add(quoted.group(1));
            } else if (!line.isBlank() && !line.replace("\uFEFF", "").startsWith("#")) {
                urls.add(line.trim());
            }
        }
        return urls.stream()
                .map(url -> URI.create(playlist.url()).resolve(url).toString())
                .toList();
    }

    /** What a playlist leads to, and the playlists below it; every answer of the way. */
    List<Answer> walk(String master) {
        List<Answer> answers = new ArrayList<>();
        walk(fetch(master), answers);
        return answers;
    }

    private void walk(Answer answer, List<Answer> answers) {
        answers.add(answer);
        if (isPlaylist(answer)) {
            urls(answer).forEach(url -> walk(fetch(url), answers));
        }
    }

    static boolean isPlaylist(Answer answer) {
        return answer.header("Content-Type").orElse("").contains("mpegurl");
    }
}
