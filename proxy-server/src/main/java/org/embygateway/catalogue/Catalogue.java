package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.embygateway.index.Copy;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Outline;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnLists;
import org.embygateway.index.SourceLocation;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.Ticks;
import org.embygateway.protocol.UpstreamId;
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
    /** Folders within folders; a server may say that two contain each other. */
    private static final int DEEPEST = 32;

    private final MediaIndex media;
    private final Function<UserId, JsonNode> configuration;
    private final String serverId;
    private final Clock clock;
    private final RowReader reader;
    private final int form;
    private final UserStates users;
    private final Documents documents;
    private final Pictures pictures;
    private final Ids ids;
    private final StoredLists storedLists;
    private final Warming warming = new Warming(this::snapshot);
    private volatile Held held = new Held(Snapshot.empty(), Lists.NONE);
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
            StoredLists lists,
            Function<UserId, JsonNode> configuration,
            String serverId,
            Clock clock,
            long cacheBytes) {
        this.media = media;
        this.storedLists = lists;
        this.configuration = configuration;
        this.serverId = serverId;
        this.clock = clock;
        this.reader = new RowReader(serverId);
        this.form = new RowExcerpts(serverId).form();
        this.users = new UserStates(userData);
        this.documents = new Documents(media, serverId, cacheBytes);
        this.pictures = new Pictures(media, serverId);
        this.ids = new Ids(this::snapshot, media);
    }

    /** The items and who may see which lists among them; only ever exchanged together. */
    private record Held(Snapshot snapshot, Lists lists) {}

    private Snapshot snapshot() {
        return held.snapshot();
    }

    /** Reads everything; until it returns the catalogue answers from what it had before. */
    public synchronized void load() {
        Optional<MediaIndex.State> now = media.state();
        take(Snapshot.of(readAll()), now);
    }

    /** Takes what was kept when that is all there is, else reads everything. */
    public synchronized void load(KeptRows kept) {
        Optional<MediaIndex.State> now = media.state();
        Optional<KeptRows.Kept> found = now.flatMap(kept::read);
        found.ifPresent(rows -> reader.stampsAfter(rows.stamp()));
        take(found.map(KeptRows.Kept::snapshot).orElseGet(() -> Snapshot.of(readAll())), now);
        keptChanges = found.isPresent() ? changes() : -1;
    }

    private void take(Snapshot loaded, Optional<MediaIndex.State> of) {
        users.forgetAll();
        Lists lists = storedLists.all();
        Snapshot taken = loaded.with(StoredLists.rows(lists, reader), loaded.own());
        hold(taken, lists);
        state = of;
    }

    private void hold(Snapshot snapshot, Lists lists) {
        held = new Held(snapshot, lists);
        warming.changed();
    }

    private Rows readAll() {
        Rows.Edit rows = Rows.empty(new Words()).edit();
        List<Outline> batch = new ArrayList<>(BATCH);
        media.outlines(form, item -> {
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
        Snapshot now;
        synchronized (this) {
            if (state.isEmpty()
                    || state.get().changes() == keptChanges
                    || !media.state().equals(state)) {
                return;
            }
            of = state.get();
            now = snapshot();
        }
        if (kept.write(of, new KeptRows.Kept(now, reader.stamp()))) {
            kept(of.changes());
        }
    }

    private synchronized void kept(long changes) {
        keptChanges = changes;
    }

    /**
     * Lets go of the texts that no item has any more, once they are more than the others. It takes as long as a start; a
     * change meanwhile puts it off.
     *
     * @param many fewer texts than that are left alone
     */
    void tidy(int many) {
        Snapshot old = snapshot();
        int words = old.words().size();
        if (words < many || old.wordsInUse() * 2L >= words) {
            return;
        }
        Snapshot tidied = Snapshot.of(old.rows().withOwnWords());
        synchronized (this) {
            if (snapshot() == old) {
                hold(tidied, held.lists());
                keptChanges = -1;
            }
        }
    }

    /** How many changes of the index are taken over; -1 when the index does not count them. */
    synchronized long changes() {
        return state.map(MediaIndex.State::changes).orElse(-1L);
    }

    /**
     * Takes over a change that the index already has. Changes must come in their order.
     *
     * @return the same without extras, which are in no list
     */
    public synchronized IndexChange apply(IndexChange change) {
        if (change.isEmpty()) {
            return change;
        }
        IndexChange before = listed(change);
        List<Row> rows = media.outlines(form, withBelow(change)).stream()
                .map(reader::read)
                .toList();
        Set<Integer> gone = new HashSet<>();
        change.removed().forEach(id -> gone.add(id.value()));
        change.changed().forEach(id -> gone.add(id.value()));
        rows.forEach(row -> gone.remove(row.id()));
        List<ItemId> changedLists = rows.stream()
                .filter(row -> Lists.isList(row.kind()))
                .map(row -> new ItemId(row.id()))
                .toList();
        hold(
                snapshot().with(new Albums(media).linked(rows), gone),
                storedLists.after(held.lists(), change, changedLists));
        state = state.map(MediaIndex.State::next);
        if (!gone.isEmpty() || change.parted()) {
            users.forgetAll();
        }
        return listed(before);
    }

    private IndexChange listed(IndexChange change) {
        return new IndexChange(listed(change.changed()), listed(change.removed()), change.parted());
    }

    private Set<ItemId> listed(Set<ItemId> ids) {
        Rows rows = snapshot().rows();
        return ids.stream()
                .filter(id -> rows.find(id.value())
                        .filter(row -> row.kind().isExtra())
                        .isEmpty())
                .collect(Collectors.toSet());
    }

    /** With what lies below items that became others, which names them by what their servers call them. */
    private Set<ItemId> withBelow(IndexChange change) {
        Set<ItemId> all = new HashSet<>(change.changed());
        Set<ItemId> others = new HashSet<>(change.removed());
        others.addAll(change.parted() ? change.changed() : Set.of());
        for (ItemId id : others) {
            for (Keys below : List.of(Keys.EXTRAS_OF, Keys.IN_FOLDER)) {
                snapshot().postings().get(below.of(id.value())).forEach((int child) -> all.add(new ItemId(child)));
            }
        }
        return all;
    }

    /**
     * Takes over what the store says of a list that somebody made, changed or deleted.
     *
     * @return whether it is there
     */
    synchronized boolean ownListChanged(ItemId id) {
        Lists lists = storedLists.withOwn(held.lists(), List.of(id.value()));
        Optional<OwnList> list = Optional.ofNullable(lists.own().get(id.value()));
        Snapshot changed = snapshot()
                .with(
                        list.map(found -> StoredLists.row(found, reader)).stream()
                                .toList(),
                        list.isPresent() ? List.of() : List.of(id.value()));
        hold(changed, lists);
        return list.isPresent();
    }

    /** To be told after the store has the states. */
    public void userDataChanged(UserId user, Map<ItemId, UserData> states) {
        users.changed(user, states);
    }

    /** The catalogue as somebody sees it; of lists that people made, nobody in particular sees none. */
    private Lens lens(Visible visible, Optional<UserId> user) {
        Held now = held;
        return now.snapshot().through(visible).with(now.lists(), now.lists().access(user));
    }

    private Lens lens(Caller caller) {
        return lens(caller.visible(), Optional.of(caller.user()));
    }

    /** The merged libraries that have something the user may see, in no order. */
    public List<ItemId> views(UserId user, Visible visible) {
        return Views.all(lens(visible, Optional.of(user))).stream()
                .map(row -> new ItemId(row.id()))
                .toList();
    }

    /** Of the ids those that name something the user may see. */
    public Set<ItemId> visible(UserId user, Visible visible, Set<ItemId> wanted) {
        Lens lens = lens(visible, Optional.of(user));
        return wanted.stream()
                .filter(id -> ids.current(id).flatMap(lens::find).isPresent())
                .collect(Collectors.toSet());
    }

    /** What kind of item the id names now; empty when that is not visible. */
    public Optional<ItemKind> kindOf(Caller caller, ItemId id) {
        return ids.current(id).flatMap(lens(caller)::find).map(Row::kind);
    }

    /**
     * The visible playable items below a folder, in their order; the item itself when it plays. Of a playlist one may be
     * there twice.
     */
    public List<ItemId> leavesOf(Caller caller, ItemId id) {
        Lens lens = lens(caller);
        return ids.current(id)
                .flatMap(lens::find)
                .map(row -> row.kind() == ItemKind.PLAYLIST ? playlist(lens, row.id()) : ordered(lens, row))
                .orElse(List.of());
    }

    private static List<ItemId> playlist(Lens lens, int id) {
        return lens.lists().entries(lens, id).stream()
                .map(Lists.Entry::item)
                .flatMap(item -> ordered(lens, lens.row(item)).stream())
                .toList();
    }

    private static List<ItemId> ordered(Lens lens, Row folder) {
        int[] order = new Query(lens, UserState.NOBODY, List.of())
                .slice(Tree.leaves(lens, folder), Sort.within(folder.kind()), 0, 0, Integer.MAX_VALUE);
        return Arrays.stream(order).mapToObj(ItemId::new).toList();
    }

    /** What counts the items among its own: season, series and album, collections and playlists, libraries. */
    public Set<ItemId> ancestorsOf(Caller caller, Collection<ItemId> of) {
        Lens lens = lens(caller);
        RoaringBitmap items = new RoaringBitmap();
        of.forEach(id -> ids.current(id).flatMap(lens::find).ifPresent(row -> items.add(row.id())));
        RoaringBitmap above = new RoaringBitmap();
        items.forEach((int id) -> ancestors(lens, lens.row(id)).forEach(row -> above.add(row.id())));
        above.or(lens.lists().holding(lens, RoaringBitmap.or(items, above)));
        above.andNot(items);
        return Arrays.stream(above.toArray()).mapToObj(ItemId::new).collect(Collectors.toSet());
    }

    static List<Row> ancestors(Lens lens, Row row) {
        List<Row> ancestors = new ArrayList<>();
        lens.find(row.season()).ifPresent(ancestors::add);
        Optional<Row> folder = lens.find(row.album());
        for (int depth = 0; folder.isPresent() && depth < DEEPEST; depth++) {
            ancestors.add(folder.get());
            folder = lens.find(folder.get().album());
        }
        lens.find(row.series()).ifPresent(ancestors::add);
        row.views().forEach(view -> lens.find(view).ifPresent(ancestors::add));
        return ancestors;
    }

    /** Zero when unknown. */
    public Ticks runTimeOf(ItemId id) {
        return ids.current(id)
                .map(current -> new Ticks(
                        Math.max(0, snapshot().rows().get(current).facts().runTime())))
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

    /** How the servers that the visitor sees call the items. */
    Map<UpstreamId, Set<String>> copies(Visitor visitor, List<Row> rows) {
        List<ItemId> ids = rows.stream().map(row -> new ItemId(row.id())).toList();
        return media.find(ids, visitor.caller().visible()).values().stream()
                .flatMap(item -> item.copies().stream())
                .collect(Collectors.groupingBy(
                        Copy::upstream, Collectors.mapping(Copy::upstreamItemId, Collectors.toSet())));
    }

    /** Where a visible version is. */
    Optional<SourceLocation> source(Visitor visitor, MediaSourceId id) {
        return media.source(id, visitor.caller().visible());
    }

    /** A version on a server that the user may not see does not exist for them, even if its item does. */
    private boolean isHiddenVersion(Visitor visitor, ItemId id) {
        MediaSourceId source = new MediaSourceId(id);
        return media.source(source, visitor.caller().visible()).isEmpty()
                && media.source(source, snapshot().allUpstreams()).isPresent();
    }

    /**
     * Where a picture of an item comes from, best first; the copy that a tag was given out for comes before all others.
     */
    public List<ImageOwner> images(ItemId id, String type, int index, String tag) {
        return images(snapshot().allUpstreams(), id, type, index, tag);
    }

    /** The same, of what is visible only; empty also when the item itself is not. */
    public List<ImageOwner> images(Visible visible, ItemId id, String type, int index, String tag) {
        return ids.current(id)
                .filter(current -> snapshot().through(visible).visible().contains(current))
                .map(current -> pictures.find(snapshot(), visible, current, type, index, tag))
                .orElseGet(List::of);
    }

    /** A by-name item, for pictures that are asked for by name; whoever may see it. */
    public Optional<ItemId> named(ItemKind kind, String name) {
        return byName(snapshot().everything(), kind, name).map(row -> new ItemId(row.id()));
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
        List<Row> rows =
                Arrays.stream(found.ids()).mapToObj(visitor.lens()::row).toList();
        return documents.listed(visitor, rows, Projection.SEARCH);
    }

    /** How many items there are, of all servers together. */
    public int size() {
        return snapshot().everything().visible().getCardinality();
    }

    /**
     * People who may see this will come soon: the catalogue is prepared for them when it is loaded.
     *
     * @param visible those who are expected first, first
     */
    public void expect(List<Visible> visible) {
        visible.reversed().forEach(warming::seen);
    }

    Visitor visitor(Caller caller) {
        warming.seen(caller.visible());
        return new Visitor(caller, lens(caller), users.of(caller.user()));
    }

    JsonNode configuration(UserId user) {
        return configuration.apply(user);
    }

    OwnLists ownLists() {
        return storedLists.own();
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
