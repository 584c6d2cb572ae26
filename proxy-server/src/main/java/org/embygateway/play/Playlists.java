package org.embygateway.play;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.rewrite.MediaUrls;
import org.embygateway.rewrite.PlaylistRewrite;
import org.embygateway.rewrite.UrlNames;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRegistry;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;

/** Fetches playlists whole and hands them out with the gateway's URLs. Anything else in their place is an error. */
final class Playlists {
    private static final int MOST_BYTES = 20 << 20;
    /** The first one makes an upstream start its encoder. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final UpstreamCalls calls;
    private final UpstreamRegistry upstreams;

    Playlists(UpstreamCalls calls, UpstreamRegistry upstreams) {
        this.calls = calls;
        this.upstreams = upstreams;
    }

    /**
     * @param path and {@code query} in the upstream's names
     * @param clientPath what the client asked for, below any prefix
     * @throws UpstreamFailed when there is no playlist
     */
    Reply fetch(
            UpstreamId upstream,
            Actor actor,
            String path,
            Map<String, String> query,
            String clientPath,
            UrlNames names) {
        UpstreamResponse response = calls.send(upstream, actor, UpstreamRequest.get(path, query, LIMIT));
        return rewritten(upstream, response, clientPath, names);
    }

    Reply rewritten(UpstreamId upstream, UpstreamResponse response, String clientPath, UrlNames names) {
        check(upstream, response);
        URI base = upstreams.find(upstream).orElseThrow(Refused::notFound).url();
        byte[] body =
                new PlaylistRewrite(new MediaUrls(base, names), response.uri(), clientPath).rewrite(response.body());
        return new Reply.Bytes(200, "application/vnd.apple.mpegurl", Headers.of("Cache-Control", "no-cache"), body);
    }

    private static void check(UpstreamId upstream, UpstreamResponse response) {
        switch (response.status()) {
            case 200 -> {
                if (response.body().length > MOST_BYTES || !PlaylistRewrite.isPlaylist(response.body())) {
                    throw new UpstreamFailed(upstream, UpstreamFault.BAD_ANSWER, "no playlist, or too long");
                }
            }
            case 400 -> throw new Refused(400, "The server does not accept these stream options.");
            case 401, 403 -> throw new UpstreamFailed(upstream, UpstreamFault.FORBIDDEN, "playlist refused");
            case 404 -> throw new UpstreamFailed(upstream, UpstreamFault.NOT_FOUND, "no such playlist");
            case 429, 503 -> throw new UpstreamFailed(upstream, UpstreamFault.BUSY, "playlist refused for now");
            default ->
                throw new UpstreamFailed(
                        upstream, UpstreamFault.BAD_ANSWER, "playlist answered with %d".formatted(response.status()));
        }
    }

    static boolean isPlaylistType(Headers headers) {
        return headers.first("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).contains("mpegurl"))
                .orElse(false);
    }
}
