package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.embygateway.protocol.Params;

/** The addresses that a negotiated media source carries: from the root, without {@code /emby}, with the token. */
final class MediaUrls {
    private final SimWorld world;
    private final SimSession session;
    private final String item;
    private final SimVersion version;
    private final String playSession;

    MediaUrls(SimWorld world, SimSession session, SimItem item, SimVersion version, String playSession) {
        this.world = world;
        this.session = session;
        this.item = item.id();
        this.version = version;
        this.playSession = playSession;
    }

    private String source() {
        return world.face().sourceId(version.number());
    }

    private String common() {
        String key = world.face().isJellyfin() ? "ApiKey" : "api_key";
        return "DeviceId=" + encoded(session.identity.deviceId()) + "&MediaSourceId=" + source() + "&PlaySessionId="
                + playSession + "&" + key + "=" + session.token;
    }

    String original() {
        return world.face().isJellyfin()
                ? "/Videos/" + item + "/stream." + version.container() + "?Static=true&" + common()
                : "/videos/" + item + "/original." + version.container() + "?" + common();
    }

    String master(Params options, JsonNode profile) {
        StringBuilder url = new StringBuilder("/videos/")
                .append(item)
                .append("/master.m3u8?")
                .append(common());
        url.append("&VideoCodec=")
                .append(encoded(Exchange.member(profile, "VideoCodec").asText("h264")));
        url.append("&AudioCodec=")
                .append(encoded(Exchange.member(profile, "AudioCodec").asText("aac")));
        url.append("&VideoBitrate=3000000&AudioBitrate=128000");
        url.append("&AudioStreamIndex=")
                .append(options.number("AudioStreamIndex").orElse(1));
        url.append("&TranscodingMaxAudioChannels=2&SegmentContainer=ts&SegmentLength=3&MinSegments=1");
        url.append("&BreakOnNonKeyFrames=True");
        options.number("SubtitleStreamIndex").ifPresent(i -> {
            if (i >= 0) {
                url.append("&SubtitleStreamIndexes=").append(i).append("&ManifestSubtitles=vtt&SubtitleMethod=Hls");
            }
        });
        options.longNumber("StartTimeTicks")
                .ifPresent(t -> url.append("&StartTimeTicks=").append(t));
        return url.append("&h264-profile=high&h264-level=41&TranscodeReasons=ContainerNotSupported")
                .toString();
    }

    String subtitle(int index, String format) {
        String key = world.face().isJellyfin() ? "ApiKey" : "api_key";
        return "/Videos/" + item + "/" + source() + "/Subtitles/" + index + "/0/Stream." + format + "?" + key + "="
                + session.token;
    }

    String attachment(int index) {
        return "/Videos/" + item + "/" + source() + "/Attachments/" + index + "/Stream.ttf";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
