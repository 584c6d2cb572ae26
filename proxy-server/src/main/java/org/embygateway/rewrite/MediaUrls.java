package org.embygateway.rewrite;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns an upstream's media URLs into the gateway's own: taken apart, ids mapped in path and query, credentials
 * replaced, the rest kept in its order and spelling. What leads elsewhere, or names what the gateway has no path for,
 * becomes a sealed path.
 *
 * <p>Emby API: {@code DirectStreamUrl}, {@code TranscodingUrl}, {@code DeliveryUrl}, the lines of playlists.
 */
public final class MediaUrls {
    private static final Set<String> FAMILIES = Set.of("videos", "audio", "items");
    private static final Set<String> OF_A_SOURCE = Set.of("subtitles", "attachments");
    private static final Set<String> TOKENS = Set.of("api_key", "apikey", "x-emby-token", "x-mediabrowser-token");
    private static final Pattern PREFIX = Pattern.compile("^/(emby|mediabrowser)(?=/)", Pattern.CASE_INSENSITIVE);

    private final UrlPlace base;
    private final UrlNames names;

    /** @param base the upstream's address */
    public MediaUrls(URI base, UrlNames names) {
        this.base = UrlPlace.of(base);
        this.names = names;
    }

    /**
     * A path for a field of a JSON document: from the root of the gateway, without {@code /emby}, with play session and
     * token, so that it can be opened as it is.
     *
     * @param url as the upstream wrote it
     * @param source the gateway's id of the source it belongs to; empty text when it names none
     */
    public String forDocument(String url, String source) {
        UrlPlace place = new UrlPlace(base.origin(), basePath() + "/", "").resolve(rooted(url));
        return mapped(place, Optional.empty())
                .map(m -> m.path()
                        + m.query()
                                .withDefault("MediaSourceId", source)
                                .withDefault("PlaySessionId", names.playSession(""))
                                .withDefault("api_key", names.token())
                                .render())
                .orElseGet(() -> names.sealed(place.text())
                        + UrlQuery.parse("")
                                .withDefault("PlaySessionId", names.playSession(""))
                                .withDefault("api_key", names.token())
                                .render());
    }

    /** Paths in documents are meant from the upstream's base address, which may have a path of its own. */
    private String rooted(String url) {
        return url.startsWith("/") && !url.startsWith("//") && !url.startsWith(basePath() + "/")
                ? basePath() + url
                : url;
    }

    /** A path from the root for a line of a playlist at {@code playlist}, with a play session in it. */
    String forPlaylist(UrlPlace playlist, String url) {
        UrlPlace place = playlist.resolve(url);
        return mapped(place, Optional.of(playlist))
                .map(m -> m.path()
                        + m.query()
                                .withDefault("PlaySessionId", names.playSession(""))
                                .render())
                .orElseGet(() -> names.sealed(place.text())
                        + UrlQuery.parse("")
                                .withDefault("PlaySessionId", names.playSession(""))
                                .render());
    }

    private record Mapped(String path, UrlQuery query) {}

    private Optional<Mapped> mapped(UrlPlace place, Optional<UrlPlace> playlist) {
        boolean own = place.origin().equals(base.origin())
                || playlist.filter(p -> p.origin().equals(place.origin()) && isMedia(p.path()))
                        .isPresent();
        if (!own || !place.path().startsWith(basePath() + "/")) {
            return Optional.empty();
        }
        String below =
                PREFIX.matcher(place.path().substring(basePath().length())).replaceFirst("");
        return path(List.of(below.substring(1).split("/", -1))).map(path -> new Mapped(path, query(place.query())));
    }

    /** Whether a server that a redirect led to still speaks in Emby's paths. */
    private static boolean isMedia(String path) {
        return path.toLowerCase(Locale.ROOT).matches(".*/(videos|audio)/[^/]+/.+");
    }

    private String basePath() {
        return base.path().endsWith("/") ? base.path().substring(0, base.path().length() - 1) : base.path();
    }

    private Optional<String> path(List<String> segments) {
        if (segments.size() < 3 || !FAMILIES.contains(segments.getFirst().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        Optional<String> item = names.item(UrlQuery.decode(segments.get(1)));
        String start = "/" + segments.getFirst() + "/";
        if (segments.size() > 3 && OF_A_SOURCE.contains(segments.get(3).toLowerCase(Locale.ROOT))) {
            Optional<String> source = names.source(UrlQuery.decode(segments.get(2)));
            return item.flatMap(
                    i -> source.map(s -> start + UrlQuery.encode(i) + "/" + UrlQuery.encode(s) + rest(segments, 3)));
        }
        return item.map(i -> start + UrlQuery.encode(i) + rest(segments, 2));
    }

    private static String rest(List<String> segments, int from) {
        return "/" + String.join("/", segments.subList(from, segments.size()));
    }

    private UrlQuery query(String raw) {
        return UrlQuery.parse(raw).map(this::parameter);
    }

    private @Nullable String parameter(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (TOKENS.contains(lower)) {
            return orDropped(names.token());
        }
        if (lower.startsWith("x-emby-") || lower.startsWith("x-mediabrowser-")) {
            return null;
        }
        return switch (lower) {
            case "mediasourceid" -> value.isEmpty() ? null : names.source(value).orElse(null);
            case "playsessionid" -> names.playSession(value);
            case "deviceid" -> orDropped(names.device());
            case "userid" -> orDropped(names.user());
            case "livestreamid" -> value.isEmpty() ? null : names.liveStream(value);
            case "tag", "deviceprofileid", "itemid", "opentoken", "serverid" -> null;
            default -> value.contains("://") ? null : value;
        };
    }

    private static @Nullable String orDropped(String value) {
        return value.isEmpty() ? null : value;
    }
}
