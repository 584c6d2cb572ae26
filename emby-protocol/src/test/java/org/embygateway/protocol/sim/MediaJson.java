package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.embygateway.protocol.EmbyJson;

/** Writes the media sources, streams and chapters of an item. */
final class MediaJson {
    private final SimWorld world;
    private final SimItem item;

    MediaJson(SimWorld world, SimItem item) {
        this.world = world;
        this.item = item;
    }

    String fileName(SimVersion version) {
        String which = version.hasPicture() ? " - " + version.name() : "";
        return item.name.replace('/', '-') + which + "." + version.container();
    }

    String path(SimVersion version) {
        return world.mediaRoot() + "/" + item.name.replace('/', '-') + "/" + fileName(version);
    }

    /** As details and lists show it: all ways of playing are open. */
    ObjectNode source(SimVersion version) {
        ObjectNode json = EmbyJson.object();
        json.put("Protocol", "File")
                .put("Id", world.face().sourceId(version.number()))
                .put("Path", path(version))
                .put("Type", "Default")
                .put("Container", version.container())
                .put("Size", version.content().size())
                .put("Name", version.name())
                .put("IsRemote", false)
                .put("HasMixedProtocols", false)
                .put("RunTimeTicks", version.duration().toNanos() / 100)
                .put("SupportsTranscoding", true)
                .put("SupportsDirectStream", true)
                .put("SupportsDirectPlay", true)
                .put("IsInfiniteStream", false)
                .put("RequiresOpening", false)
                .put("RequiresClosing", false)
                .put("RequiresLooping", false)
                .put("SupportsProbing", false);
        json.set("MediaStreams", streams(version));
        json.putArray("Formats");
        json.put("Bitrate", version.bitrate());
        json.putObject("RequiredHttpHeaders");
        json.put("AddApiKeyToDirectStreamUrl", false)
                .put("ReadAtNativeFramerate", false)
                .put("DefaultAudioStreamIndex", version.hasPicture() ? 1 : 0);
        if (world.face() == Face.EMBY_4_9) {
            json.put("ItemId", world.face().itemId(version.number()));
            json.set("Chapters", chapters());
        }
        if (world.face().isJellyfin()) {
            json.put("ETag", version.content().tag());
        }
        json.putObject("SimulatedExtra")
                .put("Level", version.height())
                .putArray("Marks")
                .add(1)
                .add("two");
        return json;
    }

    ArrayNode streams(SimVersion version) {
        ArrayNode streams = EmbyJson.MAPPER.createArrayNode();
        if (version.hasPicture()) {
            streams.add(video(version));
        }
        streams.add(audio(version));
        for (int i = 0; i < version.dubs().size(); i++) {
            streams.add(dub(version, i));
        }
        for (int i = 0; i < version.subtitles().size(); i++) {
            streams.add(subtitle(version, i));
        }
        for (int i = 0; i < version.fonts().size(); i++) {
            streams.add(stream(version.firstFont() + i, "Attachment", "ttf")
                    .put("MimeType", "font/ttf")
                    .put("Title", version.fonts().get(i)));
        }
        return streams;
    }

    private ObjectNode video(SimVersion version) {
        return stream(0, "Video", version.videoCodec())
                .put(
                        "DisplayTitle",
                        version.height() + "p " + version.videoCodec().toUpperCase(Locale.ROOT))
                .put("IsDefault", true)
                .put("Width", version.width())
                .put("Height", version.height())
                .put("BitRate", version.bitrate())
                .put("AverageFrameRate", 25f)
                .put("RealFrameRate", 25f)
                .put("PixelFormat", "yuv420p")
                .put("Level", 40.0)
                .put("AspectRatio", "16:9")
                .put("VideoRange", "SDR");
    }

    private ObjectNode audio(SimVersion version) {
        return stream(version.hasPicture() ? 1 : 0, "Audio", version.audioCodec())
                .put("Language", "eng")
                .put("DisplayLanguage", "English")
                .put("DisplayTitle", "English AAC stereo")
                .put("IsDefault", true)
                .put("Channels", 2)
                .put("ChannelLayout", "stereo")
                .put("SampleRate", 48_000)
                .put("BitRate", 128_000);
    }

    private ObjectNode dub(SimVersion version, int number) {
        SimVersion.Dub dub = version.dubs().get(number);
        return audio(version)
                .put("Index", SimVersion.FIRST_DUB + number)
                .put("Language", dub.language())
                .put("DisplayLanguage", dub.title())
                .put("DisplayTitle", dub.title() + " AAC stereo")
                .put("IsDefault", false);
    }

    private ObjectNode subtitle(SimVersion version, int number) {
        SimVersion.Subtitle subtitle = version.subtitles().get(number);
        ObjectNode json = stream(version.firstSubtitle() + number, "Subtitle", subtitle.external() ? "srt" : "subrip")
                .put("Language", subtitle.language())
                .put("Title", subtitle.title())
                .put("DisplayTitle", subtitle.title())
                .put("IsDefault", false);
        json.put("IsExternal", subtitle.external())
                .put("IsTextSubtitleStream", true)
                .put("SupportsExternalStream", true)
                .put("SubtitleLocationType", subtitle.external() ? "VideoSideData" : "InternalStream");
        if (subtitle.external()) {
            json.put("Path", path(version).replaceAll("\\.\\w+$", "." + subtitle.language() + ".srt"));
        }
        return json;
    }

    private static ObjectNode stream(int index, String type, String codec) {
        return EmbyJson.object()
                .put("Codec", codec)
                .put("TimeBase", "1/1000")
                .put("IsInterlaced", false)
                .put("IsForced", false)
                .put("IsHearingImpaired", false)
                .put("Type", type)
                .put("Index", index)
                .put("IsExternal", false)
                .put("IsTextSubtitleStream", false)
                .put("SupportsExternalStream", false)
                .put("Protocol", "File");
    }

    ArrayNode chapters() {
        ArrayNode chapters = EmbyJson.MAPPER.createArrayNode();
        long whole = item.runtime.toNanos() / 100;
        for (int i = 0; i < 4 && whole > 0; i++) {
            chapters.addObject()
                    .put("StartPositionTicks", whole / 4 * i)
                    .put("Name", "Chapter " + (i + 1))
                    .put("MarkerType", "Chapter")
                    .put("ChapterIndex", i);
        }
        return chapters;
    }
}
