package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.auth.Authenticator;
import org.embygateway.auth.OwnUser;
import org.embygateway.auth.SignInService;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * Sessions, and remote control from one device to another of the same user. Commands go over the target's web socket;
 * 204 whether or not it has one open, 404 for a session the caller may not see.
 *
 * <p>Emby API: SessionsService.
 */
public final class SessionPages {
    private static final int MAX_ITEMS = 1000;
    private static final Set<String> NO_ARGUMENTS =
            Set.of("name", "controllinguserid", "api_key", "apikey", "format", "reqformat", "userid", "deviceid");

    private final Sessions sessions;
    private final SocketHub sockets;
    private final Library library;
    private final SignInService signIn;
    private final Authenticator authenticator;

    public SessionPages(
            Sessions sessions, SocketHub sockets, Library library, SignInService signIn, Authenticator authenticator) {
        this.sessions = sessions;
        this.sockets = sockets;
        this.library = library;
        this.signIn = signIn;
        this.authenticator = authenticator;
    }

    /**
     * A bare array of {@code SessionInfo}: the caller's own, for an administrator all. {@code DeviceId}, {@code Id} and
     * {@code ControllableByUserId} narrow it. The asking session is always among them.
     */
    public Reply list(Call call) {
        Caller caller = call.signedIn();
        sessions.seen(caller, call.remoteAddress());
        Params query = call.query();
        boolean controllable = query.has("ControllableByUserId");
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Session session : sessions.visibleTo(caller)) {
            String device = session.caller().client().deviceId();
            if (query.text("DeviceId").filter(d -> !d.equals(device)).isEmpty()
                    && query.text("Id").filter(id -> !id.equals(session.id())).isEmpty()) {
                ObjectNode info = sessions.info(session, caller);
                if (!controllable || info.path("SupportsRemoteControl").asBoolean()) {
                    list.add(info);
                }
            }
        }
        return Reply.json(list);
    }

    /** What the client can do, of its own session whatever id it writes. Both forms of the call. 204. */
    public Reply capabilities(Call call) {
        sessions.session(call.signedIn(), call.remoteAddress()).capabilities(Capabilities.of(call));
        return Reply.noContent();
    }

    /** Ends this token; the user's other devices stay signed in. 204. */
    public Reply logout(Call call) {
        Caller caller = call.signedIn();
        authenticator.signInOf(caller.token()).ifPresent(signIn::signOut);
        sockets.closeSession(caller.sessionId());
        sessions.ended(caller.sessionId());
        return Reply.noContent();
    }

    /** {@code {"Items", "TotalRecordCount"}}: the queue of a session, by {@code Id} or {@code DeviceId}. */
    public Reply playQueue(Call call) {
        Caller caller = call.signedIn();
        Params query = call.query();
        Optional<Session> session = sessions.visibleTo(caller).stream()
                .filter(s -> query.text("Id").filter(id -> !id.equals(s.id())).isEmpty())
                .filter(s -> query.text("DeviceId")
                        .filter(d -> !d.equals(s.caller().client().deviceId()))
                        .isEmpty())
                .findFirst();
        List<ObjectNode> items = session.map(s -> library.items(caller.user(), caller.visible(), s.queue()))
                .orElse(List.of());
        ObjectNode body = EmbyJson.object();
        body.putArray("Items").addAll(items);
        body.put("TotalRecordCount", items.size());
        return Reply.json(body);
    }

    /** Lets the target play: {@code ItemIds}, {@code PlayCommand}, {@code StartPositionTicks} …; folders are unfolded. */
    public Reply play(Call call) {
        Session target = target(call);
        Params fields = call.fields();
        List<ItemId> items = playable(call, target.caller());
        if (items.isEmpty()) {
            throw Refused.notFound();
        }
        String command = fields.text("PlayCommand", "PlayNow");
        if (command.equalsIgnoreCase("PlayShuffle")) {
            Collections.shuffle(items);
        }
        boolean asNow = command.equalsIgnoreCase("PlayShuffle") || command.equalsIgnoreCase("PlayInstantMix");
        ObjectNode data = EmbyJson.object();
        ArrayNode ids = data.putArray("ItemIds");
        items.forEach(id -> ids.add(id.value()));
        data.put("PlayCommand", asNow ? "PlayNow" : command);
        for (String name : List.of("StartPositionTicks", "AudioStreamIndex", "SubtitleStreamIndex", "StartIndex")) {
            fields.longNumber(name).ifPresent(value -> data.put(name, value));
        }
        fields.text("MediaSourceId").ifPresent(id -> data.put("MediaSourceId", id));
        return sent(call, target, "Play", data);
    }

    private List<ItemId> playable(Call call, Caller viewer) {
        List<String> written = new ArrayList<>();
        JsonNode array = call.bodyField("ItemIds");
        if (array.isArray()) {
            array.forEach(id -> written.add(id.asText()));
        } else {
            written.addAll(call.fields().list("ItemIds"));
        }
        return written.stream()
                .flatMap(id -> ItemId.parse(id).stream())
                .flatMap(item -> library.playable(viewer, item).stream())
                .limit(MAX_ITEMS)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** {@code Pause}, {@code Stop}, {@code Seek} with {@code SeekPositionTicks} …, whatever the target understands. */
    public Reply playstate(Call call) {
        ObjectNode data = EmbyJson.object();
        data.put("Command", call.pathParam("Command"));
        call.fields().longNumber("SeekPositionTicks").ifPresent(t -> data.put("SeekPositionTicks", t));
        return sent(call, target(call), "Playstate", data);
    }

    /** A general command in the body: {@code Name} and {@code Arguments}. */
    public Reply command(Call call) {
        String name = call.fields().text("Name").orElseThrow(() -> new Refused(400, "The command's name is needed."));
        return general(call, name, arguments(call));
    }

    /** A general command by its name in the path; arguments in body or query. */
    public Reply namedCommand(Call call) {
        return general(call, call.pathParam("Command"), arguments(call));
    }

    /** Shows a text: {@code Text}, {@code Header}, {@code TimeoutMs}. */
    public Reply message(Call call) {
        ObjectNode arguments = EmbyJson.object();
        arguments.put("Header", call.fields().text("Header", ""));
        arguments.put("Text", call.fields().text("Text", ""));
        call.fields().text("TimeoutMs").ifPresent(ms -> arguments.put("TimeoutMs", ms));
        return general(call, "DisplayMessage", arguments);
    }

    /** Opens the page of an item on the target. */
    public Reply viewing(Call call) {
        ObjectNode arguments = EmbyJson.object();
        for (String name : List.of("ItemId", "ItemName", "ItemType")) {
            arguments.put(name, call.fields().text(name, ""));
        }
        return general(call, "DisplayContent", arguments);
    }

    private Reply general(Call call, String name, ObjectNode arguments) {
        ObjectNode data = EmbyJson.object();
        data.put("Name", name);
        data.set("Arguments", arguments);
        return sent(call, target(call), "GeneralCommand", data);
    }

    /** Values are texts, as clients expect them. */
    private static ObjectNode arguments(Call call) {
        ObjectNode arguments = EmbyJson.object();
        if (call.bodyField("Arguments") instanceof ObjectNode given) {
            Iterator<Map.Entry<String, JsonNode>> all = given.fields();
            all.forEachRemaining(e -> arguments.put(e.getKey(), e.getValue().asText()));
            return arguments;
        }
        call.fields().all().forEach((name, values) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (!NO_ARGUMENTS.contains(key) && !key.startsWith("x-")) {
                arguments.put(name, values.getFirst());
            }
        });
        return arguments;
    }

    private Session target(Call call) {
        Caller caller = call.signedIn();
        return sessions.find(call.pathParam("Id"))
                .filter(s -> caller.admin() || s.caller().user().equals(caller.user()))
                .orElseThrow(() -> new Refused(404, "Session not found."));
    }

    private Reply sent(Call call, Session target, String type, ObjectNode data) {
        data.put("ControllingUserId", call.signedIn().user().value());
        sockets.toSession(target.id(), type, data);
        return Reply.noContent();
    }

    /** Watching together: only oneself, which changes nothing; 403 for anybody else. */
    public Reply additionalUser(Call call) {
        OwnUser.check(call, call.pathParam("UserId"));
        return Reply.noContent();
    }
}
