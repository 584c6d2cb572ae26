package org.embygateway.play;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.embygateway.route.Refused;

/**
 * A media path taken apart: {@code /Videos/{Id}/…}, {@code /Audio/{Id}/…}, {@code /Items/{Id}/…}.
 *
 * @param family {@code Videos}, {@code Audio} or {@code Items}
 * @param item the item id as the client wrote it
 * @param source the media source id of paths that have one, as the client wrote it
 * @param tail what comes after, percent-decoded
 */
record MediaPath(String family, String item, Optional<String> source, List<String> tail, Kind kind) {

    enum Kind {
        /** The file as it is. */
        ORIGINAL,
        /** The file or something made of it: the query decides. */
        STREAM,
        /** The upstream decides between a file and a playlist. */
        UNIVERSAL,
        PLAYLIST,
        SEGMENT,
        /** Subtitles, lyrics, fonts, thumbnails: small files beside the media. */
        BESIDE
    }

    /** Refused with 404 for paths of another form. */
    static MediaPath parse(String path) {
        List<String> segments = Segments.of(path);
        if (segments.size() < 3 || !segments.stream().allMatch(Segments::isName)) {
            throw Refused.notFound();
        }
        String family = switch (segments.getFirst().toLowerCase(Locale.ROOT)) {
            case "videos" -> "Videos";
            case "audio" -> "Audio";
            case "items" -> "Items";
            default -> throw Refused.notFound();
        };
        boolean ofSource = segments.size() > 4 && isOfSource(segments.get(3));
        List<String> tail = segments.subList(ofSource ? 3 : 2, segments.size());
        return new MediaPath(
                ofSource ? "Videos" : family,
                segments.get(1),
                ofSource ? Optional.of(segments.get(2)) : Optional.empty(),
                List.copyOf(tail),
                kind(family, tail));
    }

    private static boolean isOfSource(String segment) {
        return segment.equalsIgnoreCase("Subtitles") || segment.equalsIgnoreCase("Attachments");
    }

    private static Kind kind(String family, List<String> tail) {
        String first = tail.getFirst().toLowerCase(Locale.ROOT);
        String last = tail.getLast().toLowerCase(Locale.ROOT);
        if (last.endsWith(".m3u8")) {
            return Kind.PLAYLIST;
        }
        return switch (first) {
            case "subtitles", "attachments", "trickplay", "index.bif" -> Kind.BESIDE;
            // Of Jellyfin servers: Emby's are subtitles.
            case "lyrics" -> family.equals("Audio") ? Kind.BESIDE : whole(family, first, tail.size());
            case "hls", "hls1" -> Kind.SEGMENT;
            case "download", "file", "original" -> Kind.ORIGINAL;
            default -> whole(family, first, tail.size());
        };
    }

    private static Kind whole(String family, String first, int length) {
        if (first.startsWith("original.")) {
            return Kind.ORIGINAL;
        }
        if (family.equals("Audio") && (first.equals("universal") || first.startsWith("universal."))) {
            return Kind.UNIVERSAL;
        }
        boolean named = first.equals("stream") && length == 2;
        if (family.equals("Items") || length > 1 && !named) {
            throw Refused.notFound();
        }
        return Kind.STREAM;
    }

    /** A file to take away, not to play. */
    boolean isDownload() {
        return family.equals("Items") && kind == Kind.ORIGINAL;
    }

    /** The path at an upstream; the cosmetic name behind {@code stream/} stays here. */
    String at(Target target) {
        String id = Segments.encode(target.upstreamVersion());
        if (source.isPresent()) {
            String upstreamSource =
                    target.upstreamSource().isEmpty() ? target.upstreamVersion() : target.upstreamSource();
            return "/Videos/" + id + "/" + Segments.encode(upstreamSource) + "/" + rest(tail);
        }
        boolean cosmetic = kind == Kind.STREAM && tail.size() == 2;
        return "/" + family + "/" + id + "/" + rest(cosmetic ? tail.subList(0, 1) : tail);
    }

    private static String rest(List<String> segments) {
        return segments.stream().map(Segments::encode).collect(Collectors.joining("/"));
    }
}
