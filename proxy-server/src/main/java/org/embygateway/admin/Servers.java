package org.embygateway.admin;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Passage;
import org.embygateway.index.Store;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamSide;

/** Changes to the registered servers, one at a time, in the store and in everything that runs. */
final class Servers {
    private final Store store;
    private final UpstreamSide upstreams;
    private final Indexing indexing;
    private final Consumer<UpstreamId> forgetting;

    Servers(Store store, UpstreamSide upstreams, Indexing indexing, Consumer<UpstreamId> forgetting) {
        this.store = store;
        this.upstreams = upstreams;
        this.indexing = indexing;
        this.forgetting = forgetting;
    }

    List<UpstreamRecord> all() {
        return store.upstreams().all();
    }

    Optional<UpstreamRecord> find(UpstreamId id) {
        return store.upstreams().find(id);
    }

    Optional<AccountRecord> account(UpstreamId id) {
        return store.accounts().use(id, Optional.empty());
    }

    Passage passage(UpstreamId id) {
        return store.upstreams().passage(id);
    }

    boolean isNameTaken(String name, Optional<UpstreamId> but) {
        return all().stream()
                .anyMatch(r -> r.name().equalsIgnoreCase(name)
                        && but.filter(id -> id.equals(r.id())).isEmpty());
    }

    /** Adds the server of a complete draft. */
    synchronized UpstreamRecord add(Draft draft) {
        UpstreamRecord added = store.upstreams()
                .add(
                        draft.name().orElseThrow(),
                        draft.url().orElseThrow(),
                        draft.playback().orElse(PlaybackMode.PROXY),
                        draft.sync().orElse(SyncMode.FULL),
                        false);
        store.accounts()
                .put(
                        added.id(),
                        Optional.empty(),
                        draft.username().orElseThrow(),
                        draft.password().orElse(new Secret("")),
                        AccountRecord.WatchState.SHARED);
        if (draft.priority().isPresent() || draft.enabled().isPresent()) {
            store.upstreams().update(changed(added, draft));
        }
        store.upstreams().putPassage(added.id(), draft.ways().over(Passage.DIRECT));
        draft.streamsAtOnce().ifPresent(streams -> store.upstreams().putStreamsAtOnce(added.id(), streams));
        indexing.allow(added.id(), draft.rules()::over);
        takeEffect();
        return find(added.id()).orElse(added);
    }

    synchronized UpstreamRecord change(UpstreamRecord before, Draft draft) {
        store.upstreams().update(changed(before, draft));
        if (draft.username().isPresent() || draft.password().isPresent()) {
            changeAccount(before.id(), draft);
        }
        store.upstreams().putPassage(before.id(), draft.ways().over(passage(before.id())));
        draft.streamsAtOnce().ifPresent(streams -> store.upstreams().putStreamsAtOnce(before.id(), streams));
        indexing.allow(before.id(), draft.rules()::over);
        takeEffect();
        upstreams.retrySignIns(before.id());
        upstreams.registry().checkNow(before.id());
        return find(before.id()).orElse(before);
    }

    private static UpstreamRecord changed(UpstreamRecord before, Draft draft) {
        return new UpstreamRecord(
                before.id(),
                draft.name().orElse(before.name()),
                draft.url().orElse(before.url()),
                before.kind(),
                draft.playback().orElse(before.playback()),
                draft.sync().orElse(before.sync()),
                draft.priority().orElse(before.priority()),
                draft.enabled().orElse(before.enabled()),
                before.configured());
    }

    private void changeAccount(UpstreamId id, Draft draft) {
        Optional<AccountRecord> before = account(id);
        store.accounts()
                .put(
                        id,
                        Optional.empty(),
                        draft.username()
                                .or(() -> before.map(AccountRecord::username))
                                .orElse(""),
                        draft.password()
                                .or(() -> before.map(AccountRecord::password))
                                .orElse(new Secret("")),
                        before.map(AccountRecord::watchState).orElse(AccountRecord.WatchState.SHARED));
    }

    /** Nothing may be learned from the server any more when its copies are forgotten: so it is taken out first. */
    synchronized void remove(UpstreamRecord record) {
        UpstreamId id = record.id();
        store.upstreams().update(disabled(record));
        takeEffect();
        forgetting.accept(id);
        store.syncStates().put(new SyncState(id, "", false, Optional.empty(), Optional.empty()));
        indexing.forgotten(id);
        store.upstreams().remove(id);
        takeEffect();
    }

    static UpstreamRecord disabled(UpstreamRecord r) {
        return new UpstreamRecord(
                r.id(), r.name(), r.url(), r.kind(), r.playback(), r.sync(), r.priority(), false, r.configured());
    }

    private void takeEffect() {
        upstreams.registry().reload();
        indexing.serversChanged();
    }
}
