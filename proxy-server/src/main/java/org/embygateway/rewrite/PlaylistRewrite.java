package org.embygateway.rewrite;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites an HLS playlist line by line: every URI line and every {@code URI="…"} attribute leads through the gateway
 * afterwards, written relative to the playlist's own address, since only the client knows what stands before it. All
 * else, line ends and byte order mark included, stays as it was.
 */
public final class PlaylistRewrite {
    private static final Pattern LINE = Pattern.compile("([^\r\n]*)(\r\n|\n|\r|$)");
    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+=\")([^\"]*)(\")");

    private final MediaUrls urls;
    private final UrlPlace playlist;
    private final List<String> directory;

    /**
     * @param playlist where the upstream's playlist finally came from
     * @param clientPath the path at the gateway that the client asked for, percent-decoded, below any prefix
     */
    public PlaylistRewrite(MediaUrls urls, URI playlist, String clientPath) {
        this.urls = urls;
        this.playlist = UrlPlace.of(playlist);
        List<String> segments = List.of(clientPath.substring(1).split("/", -1));
        this.directory = segments.subList(0, segments.size() - 1);
    }

    /** Whether the bytes are a playlist at all. */
    public static boolean isPlaylist(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, 16), StandardCharsets.UTF_8);
        return start.startsWith("#EXTM3U") || start.startsWith("\uFEFF#EXTM3U");
    }

    public byte[] rewrite(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        StringBuilder result = new StringBuilder(text.length() + text.length() / 4);
        Matcher lines = LINE.matcher(text);
        while (lines.find() && lines.start() < text.length()) {
            result.append(line(lines.group(1))).append(lines.group(2));
        }
        return result.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String line(String line) {
        if (line.isBlank() || line.startsWith("\uFEFF")) {
            return line;
        }
        if (!line.startsWith("#")) {
            return uri(line.strip());
        }
        if (!line.startsWith("#EXT")) {
            return comment(line);
        }
        String result = ATTRIBUTE.matcher(line).replaceAll(m -> Matcher.quoteReplacement(attribute(m)));
        return result.contains("://") ? "#" : result;
    }

    private String attribute(MatchResult part) {
        boolean leads = part.group(1).endsWith("URI=\"") || part.group(2).contains("://");
        return leads ? part.group(1) + uri(part.group(2)) + part.group(3) : part.group();
    }

    /** Comments mean nothing to players and may hold anything, addresses too. */
    private static String comment(String line) {
        return line.contains("://") || line.contains("/") || line.contains("=") ? "#" : line;
    }

    private String uri(String written) {
        if (written.isEmpty() || written.startsWith("data:")) {
            return written;
        }
        return relative(urls.forPlaylist(playlist, written));
    }

    private String relative(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        List<String> segments = List.of(path.substring(1).split("/", -1));
        int common = 0;
        while (common < directory.size()
                && common < segments.size() - 1
                && UrlQuery.decode(segments.get(common)).equalsIgnoreCase(directory.get(common))) {
            common++;
        }
        List<String> parts = new ArrayList<>();
        for (int i = common; i < directory.size(); i++) {
            parts.add("..");
        }
        parts.addAll(segments.subList(common, segments.size()));
        String text = String.join("/", parts);
        boolean looksLikeScheme = parts.getFirst().contains(":");
        return (looksLikeScheme ? "./" : "") + text + (mark < 0 ? "" : target.substring(mark));
    }
}
