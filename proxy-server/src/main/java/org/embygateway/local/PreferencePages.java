package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.embygateway.auth.OwnUser;
import org.embygateway.index.Preferences;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * What apps keep at the server for a user. Display preferences (servers before 4.9.0.23) and user settings (later ones)
 * are two views of one thing, so that another reported version loses nothing.
 *
 * <p>Emby API: DisplayPreferencesService, UserSettingsService, {@code TypedSettings}.
 */
public final class PreferencePages {
    private static final String DISPLAY = "display";
    private static final String TYPED = "typed";
    private static final String USER_SETTINGS = "usersettings";
    private static final String EMBY = "emby";
    private static final int MAX_NAME = 200;
    private static final int MAX_SIZE = 512 * 1024;

    private final Preferences store;
    private final ReentrantLock merging = new ReentrantLock();

    public PreferencePages(Preferences store) {
        this.store = store;
    }

    /** {@code {"Id", "SortBy", "SortOrder", "CustomPrefs": {text: text}, "Client"}}; the defaults for an unknown id. */
    public Reply displayPreferences(Call call) {
        String id = name(call.pathParam("Id"));
        String client = client(call);
        ObjectNode preferences = EmbyJson.object();
        preferences.put("Id", id);
        preferences.put("SortBy", "SortName");
        preferences.put("SortOrder", "Ascending");
        preferences.putObject("CustomPrefs");
        preferences.put("Client", client);
        kept(user(call), id, client).ifPresent(preferences::setAll);
        preferences.put("Id", id);
        preferences.put("Client", client);
        return Reply.json(preferences);
    }

    /** Replaces the whole object. 204. */
    public Reply saveDisplayPreferences(Call call) {
        String id = name(call.pathParam("DisplayPreferencesId"));
        ObjectNode kept = EmbyJson.object();
        kept.put("SortBy", call.fields().text("SortBy", "SortName"));
        kept.put("SortOrder", call.fields().text("SortOrder", "Ascending"));
        kept.set("CustomPrefs", texts(call.bodyField("CustomPrefs")));
        put(user(call), id, client(call), kept);
        return Reply.noContent();
    }

    private static UserId user(Call call) {
        return OwnUser.check(call, call.query().text("UserId", "")).user();
    }

    private static String client(Call call) {
        return name(call.query()
                .text("Client")
                .or(() -> call.fields().text("Client"))
                .orElse(EMBY));
    }

    /** A flat object of texts. */
    public Reply userSettings(Call call) {
        UserId user = OwnUser.check(call, call.pathParam("UserId")).user();
        return Reply.json(settings(user));
    }

    private ObjectNode settings(UserId user) {
        return kept(user, USER_SETTINGS, EMBY).map(p -> p.path("CustomPrefs")).orElse(EmbyJson.object())
                        instanceof ObjectNode settings
                ? settings
                : EmbyJson.object();
    }

    /** Replaces all settings with a flat object, JSON or form. 204. */
    public Reply replaceUserSettings(Call call) {
        saveSettings(call, EmbyJson.object());
        return Reply.noContent();
    }

    /** Lays the given settings over the others. 204. */
    public Reply mergeUserSettings(Call call) {
        merging.lock();
        try {
            saveSettings(
                    call, settings(OwnUser.check(call, call.pathParam("UserId")).user()));
        } finally {
            merging.unlock();
        }
        return Reply.noContent();
    }

    private void saveSettings(Call call, ObjectNode base) {
        UserId user = OwnUser.check(call, call.pathParam("UserId")).user();
        ObjectNode preferences = kept(user, USER_SETTINGS, EMBY).orElse(EmbyJson.object());
        base.setAll(texts(call.json()));
        preferences.set("CustomPrefs", base);
        put(user, USER_SETTINGS, EMBY, preferences);
    }

    /** Whatever JSON was kept under the key; an empty object when nothing was. */
    public Reply typedSettings(Call call) {
        UserId user = OwnUser.check(call, call.pathParam("UserId")).user();
        return store.find(user, TYPED, name(call.pathParam("Key")))
                .map(json -> Reply.json(json.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> Reply.json(EmbyJson.object()));
    }

    /** Keeps any JSON document under the key. 204; 400 when it is none. */
    public Reply saveTypedSettings(Call call) {
        UserId user = OwnUser.check(call, call.pathParam("UserId")).user();
        try {
            String json =
                    call.body().length == 0 ? "{}" : EmbyJson.read(call.body()).toString();
            store.put(user, TYPED, name(call.pathParam("Key")), bounded(json));
        } catch (IOException e) {
            throw new Refused(400, "The request body is not valid JSON.");
        }
        return Reply.noContent();
    }

    private Optional<ObjectNode> kept(UserId user, String id, String client) {
        return store.find(user, DISPLAY, key(id, client)).map(PreferencePages::parse);
    }

    private void put(UserId user, String id, String client, ObjectNode preferences) {
        store.put(user, DISPLAY, key(id, client), bounded(preferences.toString()));
    }

    private static String key(String id, String client) {
        return id.toLowerCase(Locale.ROOT) + "|" + client.toLowerCase(Locale.ROOT);
    }

    private static ObjectNode parse(String json) {
        try {
            return EmbyJson.read(json.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode object
                    ? object
                    : EmbyJson.object();
        } catch (IOException e) {
            throw new IllegalStateException("kept preferences are no JSON", e);
        }
    }

    private static ObjectNode texts(JsonNode given) {
        ObjectNode texts = EmbyJson.object();
        Iterator<Map.Entry<String, JsonNode>> all = given.fields();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> entry = all.next();
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                texts.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return texts;
    }

    private static String name(String written) {
        if (written.length() > MAX_NAME) {
            throw new Refused(400, "The name is too long: at most 200 characters.");
        }
        return written;
    }

    private static String bounded(String json) {
        if (json.length() > MAX_SIZE) {
            throw new Refused(413, "The settings are too large: at most 512 KiB.");
        }
        return json;
    }
}
