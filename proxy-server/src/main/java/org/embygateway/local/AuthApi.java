package org.embygateway.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.embygateway.auth.Authenticator;
import org.embygateway.auth.Jwts;
import org.embygateway.auth.Setup;
import org.embygateway.auth.SignInService;
import org.embygateway.auth.SignedIn;
import org.embygateway.index.UserRecord;
import org.embygateway.index.Users;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * Sign-in for the gateway's own API. Its token is a JWT that is good wherever a token is asked for, Emby routes
 * included, and ends with its sign-in.
 */
public final class AuthApi {
    private final Users users;
    private final SignInService signIn;
    private final Authenticator authenticator;
    private final Jwts jwts;
    private final Setup setup;

    public AuthApi(Users users, SignInService signIn, Authenticator authenticator, Jwts jwts, Setup setup) {
        this.users = users;
        this.signIn = signIn;
        this.authenticator = authenticator;
        this.jwts = jwts;
        this.setup = setup;
    }

    /**
     * {@code {"username", "password", "device"?}} → {@code {"token", "expires"?, "user": {"id", "name", "role"}}}; role
     * is {@code admin} or {@code user}, {@code expires} an ISO date. 401, 403 (disabled) or 429 as for Emby clients.
     */
    public Reply login(Call call) {
        Params fields = call.fields();
        String name = fields.text("username").orElseThrow(() -> new Refused(400, "A user name is needed."));
        Secret password = new Secret(fields.text("password", ""));
        SignedIn signedIn = signIn.byName(name, password, client(call, fields), call.remoteAddress());
        return noStore(answer(signedIn));
    }

    private static ClientIdentity client(Call call, Params fields) {
        ClientIdentity said = UserPages.clientOf(call);
        return new ClientIdentity(
                said.client(),
                said.device().isEmpty() ? fields.text("device", "") : said.device(),
                said.deviceId(),
                said.version());
    }

    private ObjectNode answer(SignedIn signedIn) {
        ObjectNode body = EmbyJson.object();
        body.put("token", jwts.issue(signedIn.signIn()).value());
        jwts.end().ifPresent(end -> body.put("expires", end.toString()));
        body.set("user", user(signedIn.user()));
        return body;
    }

    private static ObjectNode user(UserRecord record) {
        ObjectNode user = EmbyJson.object();
        user.put("id", record.id().value());
        user.put("name", record.name());
        user.put("role", record.admin() ? "admin" : "user");
        return user;
    }

    private static Reply noStore(ObjectNode body) {
        return new Reply.Bytes(
                200, "application/json; charset=utf-8", Headers.of("Cache-Control", "no-store"), EmbyJson.write(body));
    }

    /** Ends the sign-in behind the token. 204. */
    public Reply logout(Call call) {
        authenticator.signInOf(call.signedIn().token()).ifPresent(signIn::signOut);
        return Reply.noContent();
    }

    /** {@code {"user": {"id", "name", "role"}, "client", "device"}} of the one who asks. */
    public Reply me(Call call) {
        Caller caller = call.signedIn();
        Optional<UserRecord> record = users.find(caller.user());
        ObjectNode body = EmbyJson.object();
        body.set("user", user(record.orElseThrow(() -> new Refused(401, "Access token is invalid or expired."))));
        body.put("client", caller.client().client());
        body.put("device", caller.client().device());
        return noStore(body);
    }

    /** {@code {"needed": bool}}: whether there is no administrator yet. */
    public Reply setupState(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("needed", setup.setupNeeded());
        return noStore(body);
    }

    /** {@code {"code", "username", "password"}} makes the first administrator and answers as {@link #login}. */
    public Reply finishSetup(Call call) {
        Params fields = call.fields();
        Secret password = new Secret(fields.text("password", ""));
        UserRecord admin =
                setup.finish(fields.text("code", ""), fields.text("username", ""), password, call.remoteAddress());
        return noStore(answer(signIn.byName(admin.name(), password, client(call, fields), call.remoteAddress())));
    }
}
