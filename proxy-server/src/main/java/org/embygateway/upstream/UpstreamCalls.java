package org.embygateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;

/**
 * Calls upstreams with the actor's account and device, signing in on first need. A 401 renews the sign-in once, whoever
 * asked first; others wait for it. Blocks; an interrupt ends the call.
 */
public interface UpstreamCalls {
    /**
     * The answer, whatever its status but 401.
     *
     * @throws UpstreamFailed when there is none, in time, or the sign-in is refused
     */
    UpstreamResponse send(UpstreamId upstream, Actor actor, UpstreamRequest request);

    /**
     * What a good answer says, whatever it is.
     *
     * @throws UpstreamFailed also for any status but 2xx
     */
    byte[] body(UpstreamId upstream, Actor actor, UpstreamRequest request);

    /**
     * The JSON of a good answer.
     *
     * @throws UpstreamFailed also for any status but 2xx, and for what is no JSON
     */
    default JsonNode json(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        try {
            return EmbyJson.read(body(upstream, actor, request));
        } catch (IOException e) {
            throw UpstreamFailed.noJson(upstream);
        }
    }

    /**
     * Where to fetch media, with the credentials for it in place of the client's.
     *
     * @param path as in {@link UpstreamRequest}
     * @param query already in the upstream's ids, without credentials
     * @param headers that pass from the client (Range …)
     */
    RelaySource media(UpstreamId upstream, Actor actor, String path, Map<String, String> query, Headers headers);

    /** A relay got 401: the sign-in behind the source is renewed before the next one is made. */
    void refused(RelaySource source, Actor actor);

    /** The upstream's user id of the actor's account. */
    String userOn(UpstreamId upstream, Actor actor);

    /** The device id that the upstream knows the actor by. */
    String deviceOn(UpstreamId upstream, Actor actor);
}
