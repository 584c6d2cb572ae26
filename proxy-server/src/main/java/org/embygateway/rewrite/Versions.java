package org.embygateway.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The versions of one title: their order, and names by which people tell them apart. */
public final class Versions {
    private static final int LONGEST_LABEL = 40;

    /** Best first: resolution, then dynamic range, then bitrate; equal ones keep their order. */
    public static final Comparator<ObjectNode> BEST_FIRST = Comparator.comparingInt(Versions::pixels)
            .thenComparing(Versions::hasHighRange)
            .thenComparingLong(source -> source.path("Bitrate").asLong())
            .reversed();

    private Versions() {}

    /**
     * Gives every source a {@code Name} of its own within the list: what the upstream calls the version if that is a
     * short label and not just the title again, else its quality, for example {@code 2160p HDR10}.
     *
     * @param title of the item
     */
    public static void name(List<ObjectNode> sources, String title) {
        Set<String> taken = new HashSet<>();
        for (ObjectNode source : sources) {
            String name = candidates(source, title).stream()
                    .filter(candidate -> !taken.contains(key(candidate)))
                    .findFirst()
                    .orElseGet(() -> numbered(label(source, title), taken));
            taken.add(key(name));
            source.put("Name", name);
        }
    }

    private static List<String> candidates(ObjectNode source, String title) {
        List<String> names = new ArrayList<>();
        String label = label(source, title);
        names.add(label);
        String codec = video(source).path("Codec").asText("").toUpperCase(Locale.ROOT);
        String rate = rate(source);
        if (!codec.isEmpty()) {
            names.add(label + " " + codec);
        }
        if (!rate.isEmpty()) {
            names.add(label + " " + rate);
            names.add((label + " " + codec).trim() + " " + rate);
        }
        return names;
    }

    private static String numbered(String label, Set<String> taken) {
        int number = 2;
        while (taken.contains(key(label + " #" + number))) {
            number++;
        }
        return label + " #" + number;
    }

    private static String label(ObjectNode source, String title) {
        String name = source.path("Name").asText("").trim();
        return isLabel(name, title) ? name : quality(source);
    }

    private static boolean isLabel(String name, String title) {
        String plain = key(name);
        return !name.isEmpty()
                && name.length() <= LONGEST_LABEL
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':')
                && !name.matches("(?i).*\\.[a-z0-9]{2,4}|.*[0-9a-f]{16}.*|.* - s\\d+e\\d+.*|mediasource_.*")
                && !plain.equals(key(title))
                && (key(title).isEmpty() || !plain.startsWith(key(title)));
    }

    private static String quality(ObjectNode source) {
        String height = resolution(video(source));
        String text = (height + " " + range(source)).trim();
        if (!text.isEmpty()) {
            return text;
        }
        String container = source.path("Container").asText("").split(",")[0];
        return container.isEmpty() ? "Default" : container.toUpperCase(Locale.ROOT);
    }

    /** The usual name of a picture size: a 1920 × 800 film is a 1080p one. */
    private static String resolution(JsonNode video) {
        int width = video.path("Width").asInt();
        int height = video.path("Height").asInt();
        if (height == 0) {
            return "";
        }
        if (width >= 3800 || height >= 2100) {
            return "2160p";
        }
        if (width >= 2500 || height >= 1400) {
            return "1440p";
        }
        if (width >= 1900 || height >= 1000) {
            return "1080p";
        }
        if (width >= 1200 || height >= 700) {
            return "720p";
        }
        return height >= 570 ? "576p" : height >= 470 ? "480p" : height + "p";
    }

    private static int pixels(ObjectNode source) {
        JsonNode video = video(source);
        return video.path("Width").asInt() * video.path("Height").asInt();
    }

    private static String range(ObjectNode source) {
        JsonNode video = video(source);
        String extended = video.path("ExtendedVideoType").asText("");
        if (!extended.isEmpty() && !extended.equals("None")) {
            return extended.equals("DolbyVision") ? "Dolby Vision" : extended;
        }
        String range = video.path("VideoRange").asText("");
        return range.isEmpty() || range.equalsIgnoreCase("SDR") || range.equalsIgnoreCase("Unknown") ? "" : "HDR";
    }

    /** Whether the picture has more than the standard dynamic range. */
    public static boolean hasHighRange(ObjectNode source) {
        return !range(source).isEmpty();
    }

    /** The stream a version is judged by; a missing node when it has no picture. */
    public static JsonNode video(ObjectNode source) {
        for (JsonNode stream : source.path("MediaStreams")) {
            if (stream.path("Type").asText().equals("Video")) {
                return stream;
            }
        }
        return source.path("MediaStreams").path(-1);
    }

    private static String rate(ObjectNode source) {
        long bits = source.path("Bitrate").asLong();
        return bits < 100_000 ? "" : String.format(Locale.ROOT, "%.1f Mbps", bits / 1e6);
    }

    private static String key(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .trim();
    }
}
