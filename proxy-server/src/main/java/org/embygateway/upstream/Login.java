package org.embygateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Secret;
import org.embygateway.route.Headers;

/**
 * Obtains a token with a name and a password.
 *
 * <p>Emby API: UserService, {@code postUsersAuthenticatebyname}.
 */
final class Login {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Transport transport;
    private final OutboundIdentity identity;

    Login(Transport transport, OutboundIdentity identity) {
        this.transport = transport;
        this.identity = identity;
    }

    record Granted(String user, Secret token, boolean admin) {}

    /** Throws {@link TransportFailed}: SIGN_IN_REFUSED when name or password are not accepted. */
    Granted signIn(Found at, String username, Secret password, String deviceId) {
        ObjectNode body = EmbyJson.object().put("Username", username).put("Pw", password.value());
        Outgoing out = new Outgoing(
                "POST",
                Urls.of(at.base(), "/Users/AuthenticateByName", Map.of()),
                Headers.NONE,
                at.dialect().credentials(identity, deviceId, ""),
                Optional.of(EmbyJson.write(body)),
                at.passage());
        return granted(transport.exchange(out, LIMIT));
    }

    void signOut(Found at, String deviceId, Secret token) {
        Headers credentials = at.dialect().credentials(identity, deviceId, token.value());
        Outgoing out = new Outgoing(
                "POST",
                Urls.of(at.base(), "/Sessions/Logout", Map.of()),
                Headers.NONE,
                credentials,
                Optional.empty(),
                at.passage());
        transport.exchange(out, LIMIT);
    }

    private static Granted granted(UpstreamResponse response) {
        switch (response.status()) {
            case 200 -> {}
            case 401, 403 ->
                throw new TransportFailed(UpstreamFault.SIGN_IN_REFUSED, "does not accept the name or the password");
            case 429, 503 -> throw new TransportFailed(UpstreamFault.BUSY, "takes no sign-in now");
            default ->
                throw new TransportFailed(
                        UpstreamFault.BAD_ANSWER, "answers a sign-in with status " + response.status());
        }
        JsonNode answer = json(response);
        String token = answer.path("AccessToken").asText("");
        String user = answer.path("User").path("Id").asText("");
        if (token.isEmpty() || user.isEmpty()) {
            throw new TransportFailed(UpstreamFault.BAD_ANSWER, "answers a sign-in without a token");
        }
        boolean admin =
                answer.path("User").path("Policy").path("IsAdministrator").asBoolean(false);
        return new Granted(user, new Secret(token), admin);
    }

    private static JsonNode json(UpstreamResponse response) {
        try {
            return EmbyJson.read(response.body());
        } catch (IOException e) {
            throw new TransportFailed(UpstreamFault.BAD_ANSWER, "answers a sign-in with something that is no JSON");
        }
    }
}
