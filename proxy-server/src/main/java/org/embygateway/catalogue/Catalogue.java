package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.Ticks;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.roaringbitmap.RoaringBitmap;

/**
 * The merged catalogue in memory. Readers work on an immutable snapshot and never wait; changes make a new one. Nothing
 * is found without being told what the asking user may see.
 */
public final class Catalogue {
    private static final int BATCH = 512;

    private final MediaIndex media;
    private final Function<UserId, JsonNode> configuration;
    private final String serverId;
    private final Clock clock;
    private final RowReader reader;
    private final UserStates users;
    private final Documents documents;
    private final Pictures pictures;
    private final Ids ids;
    private volatile Snapshot snapshot = Snapshot.empty();
    /** Of the index, as far as it is taken over. */
    private Optional<MediaIndex.State> state = Optional.empty();

    private long keptChanges = -1;

    /**
     * Empty until {@link #load}.
     *
     * @param configuration a user's {@code UserConfiguration}
     * @param serverId the gateway's, 32 hex digits
     * @param cacheBytes how much ready-written JSON is kept
     */
    public Catalogue(
            MediaIndex media,
            UserDataStore userData,
            Function<UserId, JsonNode> configuration,
            String serverId,
            Clock clock,
            long cacheBytes) {
        this.media = media;
        this.configuration = configuration;
        this.serverId = serverId;
        this.clock = clock;
        this.reader = new RowReader(serverId);
        this.users = new UserStates(userData);
        this.documents = new Documents(media, serverId, cacheBytes);
        this.pictures = new Pictures(media, serverId);
        this.ids = new Ids(() -> snapshot, media);
    }

    /** Reads everything; until it returns the catalogue answers from what it had before. */
    public synchronized void load() {
        Optional<MediaIndex.State> now = media.state();
        take(readAll(), now);
    }

    /** Takes what was kept when that is all there is, else reads everything. */
    public synchronized void load(KeptRows kept) {
        Optional<MediaIndex.State> now = media.state();
        Optional<KeptRows.Kept> found = now.flatMap(kept::read);
        found.ifPresent(rows -> reader.stampsAfter(rows.stamp()));
        take(found.map(KeptRows.Kept::rows).orElseGet(this::readAll), now);
        keptChanges = found.isPresent() ? changes() : -1;
    }

    private void take(Rows rows, Optional<MediaIndex.State> of) {
        users.forgetAll();
        snapshot = Snapshot.of(rows);
        state = of;
    }

    private Rows readAll() {
        Rows.Edit rows = Rows.empty(new Words()).edit();
        List<MergedItem> batch = new ArrayList<>(BATCH);
        media.readAll(item -> {
            batch.add(item);
            if (batch.size() == BATCH) {
                batch.parallelStream().map(reader::read).toList().forEach(rows::put);
                batch.clear();
            }
        });
        batch.stream().map(reader::read).forEach(rows::put);
        return new Albums(media).linked(rows.done());
    }

    /** Keeps everything for the next start, unless that is kept already or a change is just under way. */
    public void keep(KeptRows kept) {
        MediaIndex.State of;
        Rows rows;
        synchronized (this) {
            if (state.isEmpty()
                    || state.get().changes() == keptChanges
                    || !media.state().equals(state)) {
                return;
            }
            of = state.get();
            rows = snapshot.rows();
            keptChanges = of.changes();
        }
        kept.write(of, new KeptRows.Kept(rows, reader.stamp()));
    }

    /** How many changes of the index are taken over; -1 when the index does not count them. */
    synchronized long changes() {
        return state.map(MediaIndex.State::changes).orElse(-1L);
    }

    /** Takes over a change that the index already has. Changes must come in their order. */
    public synchronized void apply(IndexChange change) {
        if (change.isEmpty()) {
            return;
        }
        state = state.map(MediaIndex.State::next);
        List<Row> rows = media.read(change.changed()).stream().map(reader::read).toList();
        Set<Integer> gone = new HashSet<>();
        change.removed().forEach(id -> gone.add(id.value()));
        change.changed().forEach(id -> gone.add(id.value()));
        rows.forEach(row -> gone.remove(row.id()));
        snapshot = snapshot.with(new Albums(media).linked(rows), gone);
        if (!gone.isEmpty() || change.parted()) {
            users.forgetAll();
        }
    }

    /** To be told after the store has the states. */
    public void userDataChanged(UserId user, Map<ItemId, UserData> states) {
        users.changed(user, states);
    }

    /** The merged libraries that have something visible, in no order. */
    public List<ItemId> views(Visible visible) {
        return Views.all(snapshot.through(visible)).stream()
                .map(row -> new ItemId(row.id()))
                .toList();
    }

    /** What kind of item the id names now; versions count as their item. */
    public Optional<ItemKind> kindOf(ItemId id) {
        return ids.current(id).map(current -> snapshot.rows().get(current).kind());
    }

    /** The visible playable items below a folder, in their order; the item itself when it plays. */
    public List<ItemId> leavesOf(ItemId id, Visible visible) {
        Lens lens = snapshot.through(visible);
        return ids.current(id)
                .flatMap(lens::find)
                .map(row -> ordered(lens, Tree.leaves(lens, row)))
                .orElse(List.of());
    }

    private static List<ItemId> ordered(Lens lens, RoaringBitmap leaves) {
        int[] order = new Query(lens, UserState.NOBODY, List.of()).slice(leaves, Sort.NUMBERS, 0, 0, Integer.MAX_VALUE);
        return Arrays.stream(order).mapToObj(ItemId::new).toList();
    }

    /** From the parent upwards: season and series of an episode, then the libraries; whoever may see them. */
    public List<ItemId> ancestorsOf(ItemId id) {
        return ids.current(id)
                .map(current -> ancestors(
                                snapshot.everything(), snapshot.everything().row(current))
                        .stream()
                        .map(row -> new ItemId(row.id()))
                        .toList())
                .orElse(List.of());
    }

    static List<Row> ancestors(Lens lens, Row row) {
        List<Row> ancestors = new ArrayList<>();
        for (int parent : new int[] {row.season(), row.album(), row.series()}) {
            lens.find(parent).ifPresent(ancestors::add);
        }
        row.views().forEach(view -> lens.find(view).ifPresent(ancestors::add));
        return ancestors;
    }

    /** Zero when unknown. */
    public Ticks runTimeOf(ItemId id) {
        return ids.current(id)
                .map(current -> new Ticks(
                        Math.max(0, snapshot.rows().get(current).facts().runTime())))
                .orElse(Ticks.ZERO);
    }

    /** The user's data of an item as {@code UserItemDataDto} with {@code ItemId}. Refused with 404 when not visible. */
    public ObjectNode userDataDto(Caller caller, ItemId id) {
        Visitor visitor = visitor(caller);
        return PersonalFields.changed(visitor, row(visitor, id));
    }

    /** The whole document of an item, person, genre, view or version. Refused with 404 when not visible. */
    public ObjectNode detail(Caller caller, ItemId id) {
        Visitor visitor = visitor(caller);
        Row row = row(visitor, id);
        ObjectNode document = documents.personal(visitor, List.of(row)).getFirst();
        return id.value() == row.id() ? document : Version.first(document, id);
    }

    Row row(Visitor visitor, ItemId id) {
        Row row = ids.current(id).flatMap(visitor.lens()::find).orElseThrow(Refused::notFound);
        if (row.id() != id.value() && isHiddenVersion(visitor, id)) {
            throw Refused.notFound();
        }
        return row;
    }

    /** A version on a server that the user may not see does not exist for them, even if its item does. */
    private boolean isHiddenVersion(Visitor visitor, ItemId id) {
        MediaSourceId source = new MediaSourceId(id);
        return media.source(source, visitor.caller().visible()).isEmpty()
                && media.source(source, snapshot.allUpstreams()).isPresent();
    }

    /** Where a picture of an item comes from; a tag that was given out leads to the copy it was given out for. */
    public Optional<ImageOwner> image(ItemId id, String type, int index, String tag) {
        return image(snapshot.allUpstreams(), id, type, index, tag);
    }

    /** The same, of what is visible only; empty also when the item itself is not. */
    public Optional<ImageOwner> image(Visible visible, ItemId id, String type, int index, String tag) {
        return ids.current(id)
                .filter(current -> snapshot.through(visible).find(current).isPresent())
                .flatMap(current -> pictures.find(snapshot, visible, current, type, index, tag));
    }

    /** A by-name item, for pictures that are asked for by name; whoever may see it. */
    public Optional<ItemId> named(ItemKind kind, String name) {
        return byName(snapshot.everything(), kind, name).map(row -> new ItemId(row.id()));
    }

    static Optional<Row> byName(Lens lens, ItemKind kind, String name) {
        String folded = Text.fold(name);
        if (folded.isEmpty()) {
            return Optional.empty();
        }
        RoaringBitmap candidates = lens.snapshot().titles().candidates(folded);
        candidates.and(lens.snapshot().ofKind(kind));
        candidates.and(lens.visible());
        return Arrays.stream(candidates.toArray())
                .mapToObj(lens::row)
                .filter(row -> row.facts().folded().equals(folded))
                .findFirst();
    }

    /** Titles, people and libraries that fit, best first, as list documents. */
    public List<ObjectNode> search(Caller caller, String term, int limit) {
        Visitor visitor = visitor(caller);
        Query.Page found = new Search(visitor, List.of()).page(term, 0, limit);
        List<Row> rows = Arrays.stream(found.ids()).mapToObj(visitor.lens()::row).toList();
        return documents.personal(visitor, rows).stream()
                .map(Projection.SEARCH::withPersonal)
                .toList();
    }

    /** How many items there are, of all servers together. */
    public int size() {
        return snapshot.everything().visible().getCardinality();
    }

    Visitor visitor(Caller caller) {
        return new Visitor(caller, snapshot.through(caller.visible()), users.of(caller.user()));
    }

    JsonNode configuration(UserId user) {
        return configuration.apply(user);
    }

    Ids ids() {
        return ids;
    }

    Documents documents() {
        return documents;
    }

    Clock clock() {
        return clock;
    }

    String serverId() {
        return serverId;
    }
}
