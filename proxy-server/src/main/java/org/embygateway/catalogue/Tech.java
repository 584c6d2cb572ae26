package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the files of an item are made of, over all versions; values as they are shown, each list sorted. */
record Tech(
        List<String> containers,
        List<String> videoCodecs,
        List<String> audioCodecs,
        List<String> subtitleCodecs,
        List<String> audioLayouts,
        List<String> extendedVideoTypes,
        List<String> audioLanguages,
        List<String> subtitleLanguages,
        int width,
        int height,
        float frameRate,
        boolean is3d) {
    static final Tech NONE = new Tech(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0, 0, 0, false);

    static Tech of(JsonNode document) {
        Collector collector = new Collector();
        collector.container(document.path("Container").asText(""));
        collector.streams(document.path("MediaStreams"));
        for (JsonNode source : document.path("MediaSources")) {
            collector.container(source.path("Container").asText(""));
            collector.streams(source.path("MediaStreams"));
            collector.is3d |= source.has("Video3DFormat");
        }
        collector.size(document.path("Width").asInt(), document.path("Height").asInt());
        collector.is3d |= document.has("Video3DFormat");
        return collector.tech();
    }

    Tech with(Tech other) {
        if (equals(other) || other.equals(NONE)) {
            return this;
        }
        boolean larger = (long) other.width * other.height > (long) width * height;
        return new Tech(
                union(containers, other.containers),
                union(videoCodecs, other.videoCodecs),
                union(audioCodecs, other.audioCodecs),
                union(subtitleCodecs, other.subtitleCodecs),
                union(audioLayouts, other.audioLayouts),
                union(extendedVideoTypes, other.extendedVideoTypes),
                union(audioLanguages, other.audioLanguages),
                union(subtitleLanguages, other.subtitleLanguages),
                larger ? other.width : width,
                larger ? other.height : height,
                frameRate == 0 ? other.frameRate : frameRate,
                is3d || other.is3d);
    }

    private static List<String> union(List<String> one, List<String> other) {
        TreeSet<String> values = new TreeSet<>(one);
        values.addAll(other);
        return List.copyOf(values);
    }

    /** All its lists, in their order. */
    List<List<String>> texts() {
        return List.of(
                containers,
                videoCodecs,
                audioCodecs,
                subtitleCodecs,
                audioLayouts,
                extendedVideoTypes,
                audioLanguages,
                subtitleLanguages);
    }

    boolean is4k() {
        return width >= 3800 || height >= 2100;
    }

    boolean isHd() {
        return width >= 1200 && !is4k();
    }

    /** All that is asked of a stream, and what tells which version is the best. */
    static final Set<String> STREAM_FIELDS = Set.of(
            "Type",
            "Codec",
            "Language",
            "ChannelLayout",
            "ExtendedVideoType",
            "VideoRange",
            "AverageFrameRate",
            "Width",
            "Height");

    private static final class Collector {
        private final Set<String> containers = new TreeSet<>();
        private final Set<String> videoCodecs = new TreeSet<>();
        private final Set<String> audioCodecs = new TreeSet<>();
        private final Set<String> subtitleCodecs = new TreeSet<>();
        private final Set<String> audioLayouts = new TreeSet<>();
        private final Set<String> extendedVideoTypes = new TreeSet<>();
        private final Set<String> audioLanguages = new TreeSet<>();
        private final Set<String> subtitleLanguages = new TreeSet<>();
        private int width;
        private int height;
        private float frameRate;
        private boolean is3d;

        void container(String names) {
            for (String name : names.split(",")) {
                add(containers, name.trim());
            }
        }

        void streams(JsonNode streams) {
            for (JsonNode stream : streams) {
                String codec = stream.path("Codec").asText("");
                String language = stream.path("Language").asText("");
                switch (stream.path("Type").asText("")) {
                    case "Video" -> {
                        add(videoCodecs, codec);
                        add(extendedVideoTypes, stream.path("ExtendedVideoType").asText(""));
                        if (frameRate == 0) {
                            frameRate = stream.path("AverageFrameRate").floatValue();
                        }
                        size(stream.path("Width").asInt(), stream.path("Height").asInt());
                    }
                    case "Audio" -> {
                        add(audioCodecs, codec);
                        add(audioLayouts, stream.path("ChannelLayout").asText(""));
                        add(audioLanguages, language);
                    }
                    case "Subtitle" -> {
                        add(subtitleCodecs, codec);
                        add(subtitleLanguages, language);
                    }
                    default -> {}
                }
            }
        }

        void size(int wide, int high) {
            if ((long) wide * high > (long) width * height) {
                width = wide;
                height = high;
            }
        }

        private static void add(Set<String> values, String value) {
            if (!value.isEmpty()) {
                values.add(value.intern());
            }
        }

        Tech tech() {
            return new Tech(
                    List.copyOf(containers),
                    List.copyOf(videoCodecs),
                    List.copyOf(audioCodecs),
                    List.copyOf(subtitleCodecs),
                    List.copyOf(audioLayouts),
                    List.copyOf(extendedVideoTypes),
                    List.copyOf(audioLanguages),
                    List.copyOf(subtitleLanguages),
                    width,
                    height,
                    frameRate,
                    is3d);
        }
    }
}
