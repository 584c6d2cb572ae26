package org.embygateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.admin.Problem.Fault;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamSide;

/** The gateway's own API for the indexing of the servers: how far it is, and an administrator's hand on it. */
public final class SyncPages {
    private static final Reply OFF = Problem.of(
            409, "sync.off", "None of these servers is indexed as a whole: they are disabled or set to lazy.");

    private final Store store;
    private final Indexing indexing;
    private final ServerJson json;

    public SyncPages(Store store, UpstreamSide upstreams, Indexing indexing) {
        this.store = store;
        this.indexing = indexing;
        this.json = new ServerJson(upstreams.registry(), store, indexing);
    }

    private enum Action {
        START,
        PAUSE,
        RESUME,
        CANCEL
    }

    /**
     * {@code GET /admin/sync}: {@code {"items": [progress…]}} in the administrator's order. While everything of a server is
     * listed, and after it, progress has {@code "libraries": [{"name", "state": "waiting"|"listing"|"done", "done",
     * "total", "ratePerSec", "etaMs"}]} in the order they are listed; {@code etaMs} counts what comes before it.
     */
    public Reply progress(Call call) {
        return Reply.json(shown(store.upstreams().all()));
    }

    /**
     * {@code POST /admin/sync}: 202 with the progress of the servers meant.
     *
     * <p>Shape: {@code {"action": "start"|"pause"|"resume"|"cancel", "mode": "delta"|"full", "serverIds": [string]}}, each
     * of which may be absent: it starts the delta of all servers. A pause outlives restarts. What is cancelled begins again
     * at its next turn, from where it was.
     */
    public Reply act(Call call) {
        List<Fault> faults = new ArrayList<>();
        Action action = choice(call, "action", Action.class, Action.START, faults);
        boolean full =
                word(call, "mode", "delta", List.of("delta", "full"), faults).equals("full");
        List<UpstreamRecord> servers = servers(call.bodyField("serverIds"), faults);
        if (!faults.isEmpty()) {
            return Problem.invalid(faults);
        }
        boolean done = false;
        for (UpstreamRecord server : servers) {
            done |= act(server.id(), action, full);
        }
        return done ? new Reply.Json(202, EmbyJson.write(shown(servers))) : OFF;
    }

    private boolean act(UpstreamId id, Action action, boolean full) {
        return switch (action) {
            case START -> full ? indexing.startAgain(id) : indexing.catchUp(id);
            case PAUSE -> pause(id, true);
            case RESUME -> pause(id, false);
            case CANCEL -> indexing.cancel(id);
        };
    }

    private boolean pause(UpstreamId id, boolean yes) {
        indexing.allow(id, rules -> rules.paused(yes));
        return true;
    }

    private ObjectNode shown(List<UpstreamRecord> servers) {
        ObjectNode answer = EmbyJson.object();
        ArrayNode items = answer.putArray("items");
        servers.forEach(record -> items.add(json.sync(record)));
        return answer;
    }

    private static <E extends Enum<E>> E choice(
            Call call, String field, Class<E> type, E otherwise, List<Fault> faults) {
        List<String> words = List.of(type.getEnumConstants()).stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        return Enum.valueOf(
                type, word(call, field, otherwise.name(), words, faults).toUpperCase(Locale.ROOT));
    }

    private static String word(Call call, String field, String otherwise, List<String> words, List<Fault> faults) {
        JsonNode given = call.bodyField(field);
        if (given.isMissingNode() || given.isNull()) {
            return otherwise;
        }
        String word = given.asText("").trim().toLowerCase(Locale.ROOT);
        if (!words.contains(word)) {
            faults.add(new Fault("#/" + field, "choice", field + " must be one of " + String.join(", ", words)));
            return otherwise;
        }
        return word;
    }

    private List<UpstreamRecord> servers(JsonNode ids, List<Fault> faults) {
        List<UpstreamRecord> all = store.upstreams().all();
        if (ids.isMissingNode() || ids.isNull()) {
            return all;
        }
        List<UpstreamRecord> named = new ArrayList<>();
        for (JsonNode id : ids) {
            Optional<UpstreamRecord> server = all.stream()
                    .filter(r -> r.id().toString().equals(id.asText()))
                    .findFirst();
            server.ifPresent(named::add);
            if (server.isEmpty()) {
                faults.add(new Fault("#/serverIds", "unknown", "There is no such server."));
            }
        }
        if (!ids.isArray() || named.isEmpty() && faults.isEmpty()) {
            faults.add(new Fault("#/serverIds", "type", "serverIds must be a list of servers"));
        }
        return named;
    }
}
