package org.embygateway.admin;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embygateway.config.EmbyServer;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.AccountRecord.WatchState;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.UpstreamId;

/**
 * Brings the servers of the configuration file into the store, before anything runs. A server is known by its name and
 * keeps its number when address, account or order change. One that is no longer in the file is disabled, not forgotten.
 * Playback with its limit, sync mode and what the indexing may do follow the file when the file changes; until then they may be set by an administrator.
 */
public final class Configured {
    private static final String STATED = "configured-server.";

    private final Store store;

    public Configured(Store store) {
        this.store = store;
    }

    /** @param servers in the order of preference */
    public void bring(List<EmbyServer> servers) {
        Set<UpstreamId> named = new HashSet<>();
        for (int i = 0; i < servers.size(); i++) {
            named.add(bring(servers.get(i), i));
        }
        store.upstreams().all().stream()
                .filter(r -> r.configured() && r.enabled() && !named.contains(r.id()))
                .forEach(this::leaveOut);
    }

    /** What the file said is forgotten, so that the server is enabled when the file names it again. */
    private void leaveOut(UpstreamRecord record) {
        store.upstreams().update(Servers.disabled(record));
        store.settings().put(STATED + record.id(), "");
    }

    private UpstreamId bring(EmbyServer server, int priority) {
        UpstreamRecord record = store.upstreams().all().stream()
                .filter(r -> r.name().equalsIgnoreCase(server.name()))
                .findFirst()
                .orElseGet(() ->
                        store.upstreams().add(server.name(), server.url(), server.playback(), server.sync(), true));
        boolean follow = follow(record.id(), server);
        UpstreamRecord wanted = new UpstreamRecord(
                record.id(),
                server.name(),
                server.url(),
                record.kind(),
                follow ? server.playback() : record.playback(),
                follow ? server.sync() : record.sync(),
                priority,
                record.enabled() || follow,
                true);
        if (!wanted.equals(record)) {
            store.upstreams().update(wanted);
        }
        if (follow) {
            boolean paused = store.syncStates().rules(record.id()).paused();
            store.syncStates().putRules(record.id(), server.rules().paused(paused));
            store.upstreams().putStreamsAtOnce(record.id(), server.streamsAtOnce());
        }
        if (!store.upstreams().passage(record.id()).equals(server.passage())) {
            store.upstreams().putPassage(record.id(), server.passage());
        }
        account(record.id(), server);
        return record.id();
    }

    /** Whether the file says something else about modes and indexing than the last time, or says it for the first time. */
    private boolean follow(UpstreamId id, EmbyServer server) {
        String streams = server.streamsAtOnce() == 0 ? "" : "/" + server.streamsAtOnce();
        String stated = server.playback() + "/" + server.sync() + "/" + server.rules() + streams;
        boolean same = store.settings().find(STATED + id).filter(stated::equals).isPresent();
        if (!same) {
            store.settings().put(STATED + id, stated);
        }
        return !same;
    }

    private void account(UpstreamId id, EmbyServer server) {
        Optional<AccountRecord> now = store.accounts().use(id, Optional.empty());
        boolean same = now.filter(a ->
                        a.username().equals(server.username()) && a.password().equals(server.password()))
                .isPresent();
        if (!same) {
            WatchState state = now.map(AccountRecord::watchState).orElse(WatchState.SHARED);
            store.accounts().put(id, Optional.empty(), server.username(), server.password(), state);
        }
    }
}
