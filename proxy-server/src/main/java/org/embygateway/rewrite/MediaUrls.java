package org.embygateway.rewrite;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
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
    private static final Pattern MEDIA =
            Pattern.compile("(/(emby|mediabrowser))?/(videos|audio|items)/[^/]+/", Pattern.CASE_INSENSITIVE);

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
        return below(place, playlist)
                .map(below -> PREFIX.matcher(below).replaceFirst(""))
                .flatMap(below -> path(List.of(below.substring(1).split("/", -1))))
                .map(path -> new Mapped(path, query(place.query())));
    }

    /** The path below the upstream's base: as configured, or as the playlist's own address shows it after a redirect. */
    private Optional<String> below(UrlPlace place, Optional<UrlPlace> playlist) {
        if (place.origin().equals(base.origin()) && place.path().startsWith(basePath() + "/")) {
            String below = place.path().substring(basePath().length());
            if (MEDIA.matcher(below).lookingAt()) {
                return Optional.of(below);
            }
        }
        return playlist.filter(p -> p.origin().equals(place.origin()))
                .map(p -> MEDIA.matcher(p.path()))
                .filter(Matcher::find)
                .map(Matcher::start)
                .filter(start -> place.path().startsWith(playlist.get().path().substring(0, start) + "/"))
                .map(start -> place.path().substring(start));
    }

    private String basePath() {
        return base.path().endsWith("/") ? base.path().substring(0, base.path().length() - 1) : base.path();
    }

    private Optional<String> path(List<String> segments) {
        if (segments.size() < 3 || !FAMILIES.contains(segments.getFirst().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        boolean ofSource =
                segments.size() > 3 && OF_A_SOURCE.contains(segments.get(3).toLowerCase(Locale.ROOT));
        List<String> rest = segments.subList(ofSource ? 3 : 2, segments.size());
        if (rest.stream().map(UrlQuery::decode).anyMatch(this::isSource)) {
            return Optional.empty();
        }
        Optional<String> start = names.item(UrlQuery.decode(segments.get(1)))
                .map(i -> "/" + segments.getFirst() + "/" + UrlQuery.encode(i));
        Optional<String> middle = ofSource
                ? names.source(UrlQuery.decode(segments.get(2))).map(s -> "/" + UrlQuery.encode(s))
                : Optional.of("");
        return start.flatMap(s -> middle.map(m -> s + m + "/" + String.join("/", rest)));
    }

    private boolean isSource(String segment) {
        return segment.regionMatches(true, 0, "mediasource_", 0, 12)
                || names.source(segment).isPresent();
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
