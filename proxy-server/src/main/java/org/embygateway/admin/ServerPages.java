package org.embygateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.embygateway.admin.Problem.Fault;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Passage;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamSide;

/**
 * The gateway's own API for servers. For administrators only: whoever may call it can make the gateway connect to any
 * address. Servers of the configuration file keep the name, address and account it gives them, and are removed there.
 */
public final class ServerPages {
    private static final Reply TAKEN =
            Problem.invalid(List.of(new Fault("#/name", "name.taken", "another server has this name")));

    private final Servers servers;
    private final ServerJson json;
    private final UpstreamSide upstreams;
    private final Indexing indexing;

    /** @param forgetting has the index forget all of a server, and tells the catalogue */
    public ServerPages(Store store, UpstreamSide upstreams, Indexing indexing, Consumer<UpstreamId> forgetting) {
        this.servers = new Servers(store, upstreams, indexing, forgetting);
        this.json = new ServerJson(upstreams.registry(), store, indexing);
        this.upstreams = upstreams;
        this.indexing = indexing;
    }

    /** {@code GET /admin/servers}: {@code {"items": [server…]}} in the administrator's order. */
    public Reply list(Call call) {
        ObjectNode answer = EmbyJson.object();
        ArrayNode items = answer.putArray("items");
        servers.all().forEach(record -> items.add(shown(record)));
        return Reply.json(answer);
    }

    /** {@code POST /admin/servers}: 201 with the server, which is watched and indexed from now on. */
    public Reply add(Call call) {
        Draft draft = Draft.read(call).complete();
        return refusal(draft, Optional.empty())
                .orElseGet(() -> named(() -> new Reply.Json(201, EmbyJson.write(shown(servers.add(draft))))));
    }

    /** {@code GET /admin/servers/{Id}}. */
    public Reply get(Call call) {
        return Reply.json(shown(named(call)));
    }

    /** {@code PUT /admin/servers/{Id}}: a whole server; without a password it keeps the one it has. */
    public Reply replace(Call call) {
        return changed(call, Draft.read(call).complete());
    }

    /** {@code PATCH /admin/servers/{Id}}: only what is to change. */
    public Reply change(Call call) {
        return changed(call, Draft.read(call));
    }

    private Reply changed(Call call, Draft draft) {
        UpstreamRecord before = named(call);
        if (before.configured() && touchesConfiguration(before, draft)) {
            return Problem.of(
                    409,
                    "server.configured",
                    "Name, address and account of this server are in the configuration file.");
        }
        return refusal(draft, Optional.of(before.id()))
                .orElseGet(() -> named(() -> Reply.json(shown(servers.change(before, draft)))));
    }

    /** The store compares names more strictly than we do, and another administrator may be quicker. */
    private static Reply named(Supplier<Reply> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            return TAKEN;
        }
    }

    private boolean touchesConfiguration(UpstreamRecord before, Draft draft) {
        Optional<AccountRecord> account = servers.account(before.id());
        return draft.name().filter(name -> !name.equals(before.name())).isPresent()
                || draft.url().filter(url -> !url.equals(before.url())).isPresent()
                || !draft.ways().over(servers.passage(before.id())).equals(servers.passage(before.id()))
                || draft.username()
                        .filter(name ->
                                account.filter(a -> a.username().equals(name)).isEmpty())
                        .isPresent()
                || draft.password().isPresent();
    }

    private Optional<Reply> refusal(Draft draft, Optional<UpstreamId> changing) {
        if (!draft.faults().isEmpty()) {
            return Optional.of(Problem.invalid(draft.faults()));
        }
        boolean taken =
                draft.name().filter(name -> servers.isNameTaken(name, changing)).isPresent();
        return taken ? Optional.of(TAKEN) : Optional.empty();
    }

    /** {@code DELETE /admin/servers/{Id}}: 204 when its items are gone from the catalogue. */
    public Reply remove(Call call) {
        UpstreamRecord record = named(call);
        if (record.configured() && record.enabled()) {
            return Problem.of(409, "server.configured", "This server is in the configuration file: remove it there.");
        }
        servers.remove(record);
        return Reply.noContent();
    }

    /** {@code POST /admin/servers/test}: tries what a draft says; a step that fails is an answer, not an error. */
    public Reply test(Call call) {
        Draft draft = Draft.read(call);
        List<Fault> faults = draft.complete().faults().stream()
                .filter(fault -> !fault.pointer().equals("#/name"))
                .toList();
        return faults.isEmpty()
                ? Reply.json(ServerJson.trial(upstreams
                        .trial()
                        .run(
                                draft.url().orElseThrow(),
                                draft.ways().over(Passage.DIRECT),
                                draft.username().orElseThrow(),
                                draft.password().orElse(new Secret("")))))
                : Problem.invalid(faults);
    }

    /** {@code POST /admin/servers/{Id}/test}: tries a server as it is. */
    public Reply testAgain(Call call) {
        UpstreamRecord record = named(call);
        Optional<AccountRecord> account = servers.account(record.id());
        upstreams.retrySignIns(record.id());
        upstreams.registry().checkNow(record.id());
        return Reply.json(ServerJson.trial(upstreams
                .trial()
                .run(
                        record.url(),
                        servers.passage(record.id()),
                        account.map(AccountRecord::username).orElse(""),
                        account.map(AccountRecord::password).orElse(new Secret("")))));
    }

    /** {@code POST /admin/servers/{Id}/sync}: 202; everything of the server is indexed again. */
    public Reply sync(Call call) {
        UpstreamRecord record = named(call);
        return indexing.startAgain(record.id())
                ? new Reply.Json(202, EmbyJson.write(json.sync(record)))
                : Problem.of(409, "sync.off", "This server is disabled or indexed only as far as people ask for it.");
    }

    private ObjectNode shown(UpstreamRecord record) {
        return json.server(record, servers.account(record.id()));
    }

    private UpstreamRecord named(Call call) {
        return number(call.pathParam("Id"))
                .flatMap(servers::find)
                .orElseThrow(() -> new Refused(404, "There is no such server."));
    }

    private static Optional<UpstreamId> number(String text) {
        return text.matches("[1-9]\\d{0,8}") ? Optional.of(new UpstreamId(Integer.parseInt(text))) : Optional.empty();
    }
}
