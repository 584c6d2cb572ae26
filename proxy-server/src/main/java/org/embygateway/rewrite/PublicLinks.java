package org.embygateway.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Links to sites everybody knows ({@code ExternalUrls}, {@code RemoteTrailers}). Others are not shown: an unknown host
 * may be an upstream.
 */
public final class PublicLinks {
    private static final Set<String> SITES = Set.of(
            "imdb.com",
            "themoviedb.org",
            "tmdb.org",
            "thetvdb.com",
            "tvmaze.com",
            "trakt.tv",
            "musicbrainz.org",
            "theaudiodb.com",
            "fanart.tv",
            "tv.com",
            "zap2it.com",
            "douban.com",
            "bgm.tv",
            "anidb.net",
            "anilist.co",
            "myanimelist.net",
            "kitsu.io",
            "letterboxd.com",
            "rottentomatoes.com",
            "metacritic.com",
            "wikipedia.org",
            "wikidata.org",
            "youtube.com",
            "youtu.be",
            "youtube-nocookie.com",
            "vimeo.com",
            "dailymotion.com",
            "bilibili.com",
            "apple.com");

    private PublicLinks() {}

    /** Whether the {@code Url} of the link leads to a known site, without credentials or a port. */
    public static boolean isPublic(JsonNode link) {
        try {
            URI uri = new URI(link.path("Url").asText(""));
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            return uri.getUserInfo() == null
                    && uri.getPort() < 0
                    && SITES.stream().anyMatch(site -> host.equals(site) || host.endsWith("." + site));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
