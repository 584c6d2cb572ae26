package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.protocol.EmbyJson;

/** Makes the other text formats from SubRip. */
final class Subtitles {
    private static final Pattern TIMES =
            Pattern.compile("(\\d+):(\\d+):(\\d+)[,.](\\d+) --> (\\d+):(\\d+):(\\d+)[,.](\\d+)");

    private Subtitles() {}

    /** A line on the screen; times in milliseconds. */
    private record Cue(long from, long to, String text) {}

    static SimReply reply(String srt, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "srt", "subrip" -> text("application/x-subrip", srt);
            case "vtt" -> text("text/vtt", vtt(cues(srt)));
            case "ass", "ssa" -> text("text/x-ssa", ass(cues(srt)));
            case "js", "json" -> SimReply.json(json(cues(srt)));
            default -> throw new SimError(400, "Unsupported subtitle format: " + format);
        };
    }

    private static SimReply text(String type, String body) {
        return SimReply.bytes(200, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Cue> cues(String srt) {
        List<Cue> cues = new ArrayList<>();
        for (String block : srt.replace("\r", "").split("\n\n+")) {
            Matcher times = TIMES.matcher(block);
            if (times.find()) {
                String words = block.substring(times.end()).strip();
                cues.add(new Cue(millis(times, 1), millis(times, 5), words));
            }
        }
        return cues;
    }

    private static long millis(Matcher times, int group) {
        return ((Long.parseLong(times.group(group)) * 60 + Long.parseLong(times.group(group + 1))) * 60
                                + Long.parseLong(times.group(group + 2)))
                        * 1_000
                + Long.parseLong(times.group(group + 3));
    }

    static String vtt(String srt) {
        return vtt(cues(srt));
    }

    private static String vtt(List<Cue> cues) {
        StringBuilder out = new StringBuilder("WEBVTT\n\n");
        cues.forEach(c -> out.append(clock(c.from, 3))
                .append(" --> ")
                .append(clock(c.to, 3))
                .append('\n')
                .append(c.text)
                .append("\n\n"));
        return out.toString();
    }

    private static String ass(List<Cue> cues) {
        StringBuilder out = new StringBuilder("[Script Info]\nScriptType: v4.00+\n\n[Events]\n"
                + "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n");
        cues.forEach(c -> out.append("Dialogue: 0,")
                .append(clock(c.from, 2))
                .append(',')
                .append(clock(c.to, 2))
                .append(",Default,,0,0,0,,")
                .append(c.text.replace("\n", "\\N"))
                .append('\n'));
        return out.toString();
    }

    private static ObjectNode json(List<Cue> cues) {
        ObjectNode json = EmbyJson.object();
        ArrayNode events = json.putArray("TrackEvents");
        cues.forEach(c -> events.addObject()
                .put("Id", Integer.toString(events.size()))
                .put("Text", c.text)
                .put("StartPositionTicks", c.from * 10_000)
                .put("EndPositionTicks", c.to * 10_000));
        return json;
    }

    private static String clock(long millis, int digits) {
        long fraction = digits == 3 ? millis % 1_000 : millis % 1_000 / 10;
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%0" + digits + "d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1_000 % 60,
                fraction);
    }
}
