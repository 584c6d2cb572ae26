package org.embygateway.config;

import java.net.URI;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.protocol.Secret;

/**
 * One real server and the account the gateway uses there.
 *
 * @param name for people; no other server has it, whatever the case
 * @param url base address without a slash at the end; may have a path
 * @param password may be empty, as Emby allows it, but is always given
 * @param requestsPerSecond most calls of a crawl per second
 */
public record EmbyServer(
        String name,
        URI url,
        String username,
        Secret password,
        PlaybackMode playback,
        SyncMode sync,
        int requestsPerSecond) {

    private static final URI UNKNOWN = URI.create("http://unknown.invalid");

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
                in.number("requests-per-second", 1, 1000).orElse(10));
    }
}
