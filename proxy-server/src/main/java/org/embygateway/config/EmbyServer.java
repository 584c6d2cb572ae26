package org.embygateway.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.Passage;
import org.embygateway.index.SyncRules;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.index.Upstreams;
import org.embygateway.protocol.Secret;

/**
 * One real server and the account the gateway uses there.
 *
 * @param name for people; no other server has it, whatever the case
 * @param url base address without a slash at the end; may have a path
 * @param password may be empty, as Emby allows it, but is always given
 * @param requestsPerSecond most questions for the index per second
 * @param requestsAtOnce most of them on their way at one time
 * @param streamsAtOnce most titles that may be played from it at one time; 0 for any number
 * @param includeLibraries names or the server's ids of the libraries to index; empty for all
 * @param excludeLibraries likewise, those to leave out
 * @param lines other addresses of the same server, in the order in which they are tried
 * @param proxy the HTTP proxy that leads there
 * @param certificateFile the text of a PEM file whose certificates vouch for the server, empty for the usual authorities
 */
public record EmbyServer(
        String name,
        URI url,
        String username,
        Secret password,
        PlaybackMode playback,
        SyncMode sync,
        int requestsPerSecond,
        int requestsAtOnce,
        int streamsAtOnce,
        List<String> includeLibraries,
        List<String> excludeLibraries,
        List<URI> lines,
        Optional<URI> proxy,
        String certificateFile) {

    private static final URI UNKNOWN = URI.create("http://unknown.invalid");

    public EmbyServer {
        includeLibraries = List.copyOf(includeLibraries);
        excludeLibraries = List.copyOf(excludeLibraries);
        lines = List.copyOf(lines);
    }

    /** What it allows the indexing. */
    public SyncRules rules() {
        return new SyncRules(requestsPerSecond, requestsAtOnce, includeLibraries, excludeLibraries, false);
    }

    /** How it is reached. */
    public Passage passage() {
        return new Passage(lines, proxy, certificateFile);
    }

    static EmbyServer read(Keys in) {
        return new EmbyServer(
                in.required("name", in.text("name"), "a name for people", ""),
                in.required("url", in.url("url"), "an address such as https://emby.example.com", UNKNOWN),
                in.required("username", in.text("username"), "the account's name", ""),
                in.required(
                        "password",
                        in.secret("password"),
                        "the account's password, \"\" if it has none",
                        new Secret("")),
                in.choice("playback", PlaybackMode.class).orElse(PlaybackMode.PROXY),
                in.choice("sync", SyncMode.class).orElse(SyncMode.FULL),
                in.number("requests-per-second", 1, SyncRules.MOST_PER_SECOND)
                        .orElse(SyncRules.DEFAULT.requestsPerSecond()),
                in.number("requests-at-once", 1, SyncRules.MOST_AT_ONCE).orElse(SyncRules.DEFAULT.requestsAtOnce()),
                in.number("streams-at-once", 0, Upstreams.MOST_STREAMS).orElse(0),
                in.texts("include-libraries"),
                in.texts("exclude-libraries"),
                in.urls("lines", Passage.MOST_LINES),
                in.proxy("proxy"),
                in.certificates("certificate-file").orElse(""));
    }
}
