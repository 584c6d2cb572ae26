package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.embygateway.auth.Authenticator;
import org.embygateway.auth.Credentials;
import org.embygateway.auth.OwnUser;
import org.embygateway.auth.SignInService;
import org.embygateway.auth.SignedIn;
import org.embygateway.index.UserRecord;
import org.embygateway.index.Users;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * Users and their sign-in, for Emby clients.
 *
 * <p>Emby API: UserService.
 */
public final class UserPages {
    private final Users users;
    private final UserDtos dtos;
    private final SignInService signIn;
    private final Authenticator authenticator;
    private final Sessions sessions;
    private final UserEvents events;
    private final ServerFacts facts;

    /** Who is to hear that a user's settings changed. */
    public interface UserEvents {
        void configurationUpdated(UserId user, ObjectNode userDto);
    }

    public UserPages(
            ServerFacts facts,
            Users users,
            SignInService signIn,
            Authenticator authenticator,
            Sessions sessions,
            UserEvents events) {
        this.facts = facts;
        this.users = users;
        this.dtos = new UserDtos(facts, users);
        this.signIn = signIn;
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.events = events;
    }

    /** The users to choose from before signing in: none is shown, clients then ask for a name. */
    public Reply publicUsers(Call call) {
        return Reply.json(EmbyJson.MAPPER.createArrayNode());
    }

    /**
     * Signs in: fields {@code Username} and {@code Pw} in body or query, in any case, JSON or form. Answers with
     * {@code AuthenticationResult}.
     */
    public Reply authenticateByName(Call call) {
        Params fields = call.fields();
        String name = fields.text("Username").orElseThrow(() -> new Refused(400, "A user name is needed."));
        return result(call, signIn.byName(name, password(fields), clientOf(call), call.remoteAddress()));
    }

    public Reply authenticate(Call call) {
        UserId id = UserId.parse(call.pathParam("Id"))
                .orElseThrow(() -> new Refused(401, "Invalid username or password entered. Please try again."));
        return result(call, signIn.byId(id, password(call.fields()), clientOf(call), call.remoteAddress()));
    }

    private static Secret password(Params fields) {
        return new Secret(fields.text("Pw").or(() -> fields.text("Password")).orElse(""));
    }

    /** A client that does not name itself goes by its user agent. */
    static ClientIdentity clientOf(Call call) {
        ClientIdentity said = call.identity();
        if (!said.client().isEmpty()) {
            return said;
        }
        String agent = call.headers().first("User-Agent").orElse("").split("[/ ]", 2)[0];
        String app = agent.length() <= 64 ? agent : agent.substring(0, 64);
        return new ClientIdentity(app, said.device(), said.deviceId(), said.version());
    }

    private Reply result(Call call, SignedIn signedIn) {
        Caller caller = authenticator
                .callerOf(new Credentials(Optional.of(signedIn.token()), ClientIdentity.UNKNOWN))
                .orElseThrow(() -> new Refused(401, "Access token is invalid or expired."));
        Session session = sessions.session(caller, call.remoteAddress());
        ObjectNode body = EmbyJson.object();
        body.set("User", dtos.own(signedIn.user()));
        body.set("SessionInfo", sessions.info(session, caller));
        body.put("AccessToken", signedIn.token().value());
        body.put("ServerId", facts.id());
        return Reply.json(body);
    }

    public Reply forgotPassword(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("Action", "ContactAdmin");
        return Reply.json(body);
    }

    public Reply forgotPasswordPin(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("Success", false);
        body.putArray("UsersReset");
        return Reply.json(body);
    }

    /** The caller's own {@code UserDto}; an administrator gets any. */
    public Reply user(Call call) {
        UserId id = OwnUser.orAdministrated(call, call.pathParam("Id"));
        UserRecord user = record(id);
        return Reply.json(id.equals(call.signedIn().user()) ? dtos.own(user) : dtos.others(user));
    }

    /** {@code GET /Users/ItemAccess}: the others, whom a collection or a playlist can be shared with. */
    public Reply sharing(Call call) {
        UserId own = call.signedIn().user();
        ObjectNode result = EmbyJson.object();
        ArrayNode items = result.putArray("Items");
        users.all().stream()
                .filter(user -> !user.disabled() && !user.id().equals(own))
                .forEach(user -> items.add(dtos.name(user)));
        return Reply.json(result.put("TotalRecordCount", items.size()));
    }

    /** {@code /Users/Me}, which some clients probe. */
    public Reply me(Call call) {
        return Reply.json(dtos.own(record(call.signedIn().user())));
    }

    private UserRecord record(UserId id) {
        return users.find(id).orElseThrow(() -> new Refused(404, "User not found."));
    }

    /** A bare array: all users for an administrator, else the caller alone. */
    public Reply users(Call call) {
        return Reply.json(shown(call.signedIn()));
    }

    /** As {@link #users}, as a page; 403 for who is no administrator. */
    public Reply usersQuery(Call call) {
        if (!call.signedIn().admin()) {
            throw new Refused(403, "User does not have permission for this.");
        }
        ArrayNode all = shown(call.signedIn());
        ObjectNode body = EmbyJson.object();
        int start = Math.max(0, call.query().number("StartIndex").orElse(0));
        int limit = call.query().number("Limit").orElse(Integer.MAX_VALUE);
        ArrayNode items = body.putArray("Items");
        for (int i = start; i < all.size() && i - start < limit; i++) {
            items.add(all.get(i));
        }
        body.put("TotalRecordCount", all.size());
        return Reply.json(body);
    }

    /** {@code NameIdPair}s of the first letters of the users' names. */
    public Reply userPrefixes(Call call) {
        if (!call.signedIn().admin()) {
            throw new Refused(403, "User does not have permission for this.");
        }
        ArrayNode list = EmbyJson.MAPPER.createArrayNode();
        users.all().stream()
                .map(u -> dtos.others(u).path("Prefix").asText())
                .distinct()
                .sorted()
                .forEach(prefix -> list.addObject().put("Name", prefix).put("Id", prefix));
        return Reply.json(list);
    }

    private ArrayNode shown(Caller caller) {
        List<UserRecord> visible = caller.admin() ? users.all() : List.of(record(caller.user()));
        ArrayNode list = EmbyJson.MAPPER.createArrayNode();
        visible.forEach(u -> list.add(u.id().equals(caller.user()) ? dtos.own(u) : dtos.others(u)));
        return list;
    }

    /** Takes the {@code Configuration} of a posted {@code UserDto}; everything else of it is the gateway's. */
    public Reply update(Call call) {
        UserId id = OwnUser.orAdministrated(call, call.pathParam("Id"));
        JsonNode configuration = call.bodyField("Configuration");
        if (configuration.isObject()) {
            store(id, UserConfigurations.replaced(configuration));
        }
        return Reply.noContent();
    }

    public Reply replaceConfiguration(Call call) {
        store(OwnUser.orAdministrated(call, call.pathParam("Id")), UserConfigurations.replaced(call.json()));
        return Reply.noContent();
    }

    public Reply mergeConfiguration(Call call) {
        UserId id = OwnUser.orAdministrated(call, call.pathParam("Id"));
        store(id, UserConfigurations.merged(record(id).configuration(), call.json()));
        return Reply.noContent();
    }

    private void store(UserId id, String configuration) {
        UserRecord user = record(id);
        UserRecord changed = new UserRecord(
                user.id(),
                user.name(),
                user.passwordHash(),
                user.admin(),
                user.disabled(),
                user.access(),
                configuration,
                user.created(),
                user.lastLogin(),
                user.lastActivity());
        users.update(changed);
        events.configurationUpdated(id, dtos.own(changed));
    }

    /**
     * Sets a new password: {@code CurrentPw}, {@code NewPw}, {@code ResetPassword} (to none). 204; 400 when the
     * current one is wrong. An administrator sets another user's without knowing it.
     */
    public Reply changePassword(Call call) {
        UserId id = OwnUser.orAdministrated(call, call.pathParam("Id"));
        Params fields = call.fields();
        boolean reset = fields.flag("ResetPassword", false);
        Secret next = new Secret(reset ? "" : fields.text("NewPw", ""));
        if (!reset && next.value().isEmpty()) {
            throw new Refused(400, "A new password is needed.");
        }
        if (id.equals(call.signedIn().user())) {
            Secret current = new Secret(fields.text("CurrentPw", ""));
            signIn.changePassword(
                    id,
                    current,
                    next,
                    authenticator
                            .signInOf(call.signedIn().token())
                            .orElseThrow(() -> new Refused(401, "Access token is invalid or expired.")),
                    call.remoteAddress());
        } else {
            signIn.resetPassword(id, next);
        }
        return Reply.noContent();
    }
}
