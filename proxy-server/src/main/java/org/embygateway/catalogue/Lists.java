package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnList.ShareLevel;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UserId;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Collections and playlists at one moment: what they hold, and who may see those that people made. Immutable. What is
 * asked through a {@link Lens} names nothing that is not visible there.
 */
final class Lists {
    /** Stands where an upstream's number does, for what the gateway has itself. */
    static final int GATEWAY = 0;

    static final Lists NONE = new Lists(Map.of(), Map.of(), Map.of());

    private final Map<Integer, List<Source>> sources;
    private final Map<Integer, OwnList> own;
    private final Map<Integer, ItemKind> views;
    private volatile @Nullable RoaringBitmap ownMembers;
    private final Map<Optional<UserId>, Access> access = new ConcurrentHashMap<>();
    private volatile @Nullable Map<Integer, RoaringBitmap> holders;

    /**
     * @param sources by the list
     * @param own by the list; their entries are among the sources
     * @param views the libraries of all lists of a kind
     */
    Lists(Map<Integer, List<Source>> sources, Map<Integer, OwnList> own, Map<Integer, ItemKind> views) {
        this.sources = Map.copyOf(sources);
        this.own = Map.copyOf(own);
        this.views = Map.copyOf(views);
    }

    /** A member of a list; of a playlist an item may be several. */
    record Entry(int id, int item) {}

    /** What the list of one upstream holds, in its order. */
    record Source(int upstream, List<Entry> entries) {
        Source {
            entries = List.copyOf(entries);
        }
    }

    /** The lists of others that someone may not see, and the own ones they may change. */
    record Access(RoaringBitmap forbidden, RoaringBitmap editable) {}

    static boolean isList(ItemKind kind) {
        return kind == ItemKind.BOX_SET || kind == ItemKind.PLAYLIST;
    }

    Map<Integer, List<Source>> sources() {
        return sources;
    }

    Map<Integer, OwnList> own() {
        return own;
    }

    Map<Integer, ItemKind> views() {
        return views;
    }

    /** The library of all lists of that kind. */
    Optional<Integer> view(ItemKind kind) {
        return views.entrySet().stream()
                .filter(view -> view.getValue() == kind)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The lists that people made and that hold one of the items. */
    List<Integer> ownHolding(RoaringBitmap items) {
        return RoaringBitmap.intersects(ownMembers(), items)
                ? own.values().stream()
                        .filter(list -> list.entries().stream()
                                .anyMatch(entry -> items.contains(entry.added().value())
                                        || items.contains(entry.item().value())))
                        .map(list -> list.id().value())
                        .toList()
                : List.of();
    }

    private RoaringBitmap ownMembers() {
        RoaringBitmap known = ownMembers;
        if (known == null) {
            RoaringBitmap members = new RoaringBitmap();
            own.values()
                    .forEach(list -> list.entries().forEach(entry -> {
                        members.add(entry.added().value());
                        members.add(entry.item().value());
                    }));
            known = members;
            ownMembers = known;
        }
        return known;
    }

    /** What somebody may do; nobody in particular may see no list that a person made. */
    Access access(Optional<UserId> user) {
        return access.computeIfAbsent(user, this::accessOf);
    }

    private Access accessOf(Optional<UserId> user) {
        Access found = new Access(new RoaringBitmap(), new RoaringBitmap());
        own.forEach((id, list) -> {
            ShareLevel level = user.map(list::levelOf).orElse(ShareLevel.NONE);
            if (!level.allows(ShareLevel.READ)) {
                found.forbidden.add(id);
            }
            if (level.allows(ShareLevel.WRITE)) {
                found.editable.add(id);
            }
        });
        return found;
    }

    /**
     * What of a lens somebody is not shown: lists they may not see, those without a visible member (unless it is theirs to
     * fill), and the libraries of lists when there is none.
     */
    RoaringBitmap hidden(Lens base, Access access) {
        RoaringBitmap hidden = access.forbidden.clone();
        sources.forEach((list, all) -> {
            boolean kept = own.containsKey(list) && (access.editable.contains(list) || isPlaylist(list));
            if (!kept && !holdsVisible(base, all)) {
                hidden.add(list);
            }
        });
        views.forEach((view, kind) -> {
            RoaringBitmap shown = RoaringBitmap.and(base.snapshot().ofKind(kind), base.visible());
            shown.andNot(hidden);
            if (shown.isEmpty()) {
                hidden.add(view);
            }
        });
        return hidden;
    }

    private boolean isPlaylist(int list) {
        return Optional.ofNullable(own.get(list))
                .filter(found -> found.kind() == ItemKind.PLAYLIST)
                .isPresent();
    }

    private static boolean holdsVisible(Lens base, List<Source> all) {
        for (Source source : all) {
            if (isSeen(base, source)) {
                for (Entry entry : source.entries) {
                    if (base.visible().contains(entry.item)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isSeen(Lens lens, Source source) {
        return source.upstream == GATEWAY || lens.sees(source.upstream);
    }

    /** What is visible of a list. The caller may change the set. */
    RoaringBitmap members(Lens lens, int list) {
        RoaringBitmap members = new RoaringBitmap();
        for (Source source : sources.getOrDefault(list, List.of())) {
            if (isSeen(lens, source)) {
                source.entries.forEach(entry -> members.add(entry.item));
            }
        }
        members.and(lens.visible());
        return members;
    }

    /** The visible entries in the list's order: of equal collections those of the best upstream, then what others add. */
    List<Entry> entries(Lens lens, int list) {
        List<Source> seen = sources.getOrDefault(list, List.of()).stream()
                .filter(source -> isSeen(lens, source))
                .toList();
        List<Entry> all =
                seen.stream().flatMap(source -> source.entries.stream()).toList();
        if (seen.size() > 1) {
            Map<Integer, Entry> once = new LinkedHashMap<>();
            all.forEach(entry -> once.putIfAbsent(entry.item, entry));
            all = List.copyOf(once.values());
        }
        return all.stream().filter(entry -> lens.visible().contains(entry.item)).toList();
    }

    /** The visible lists of a kind that hold a visible one of the items. */
    RoaringBitmap holding(Lens lens, ItemKind kind, RoaringBitmap items) {
        RoaringBitmap holding = RoaringBitmap.and(lens.snapshot().ofKind(kind), lens.visible());
        if (items.getCardinality() < sources.size()) {
            holding.and(naming(items));
        }
        for (int list : holding.toArray()) {
            if (!RoaringBitmap.intersects(members(lens, list), items)) {
                holding.remove(list);
            }
        }
        return holding;
    }

    /** The visible collections and playlists that hold a visible one of the items. */
    RoaringBitmap holding(Lens lens, RoaringBitmap items) {
        return RoaringBitmap.or(holding(lens, ItemKind.BOX_SET, items), holding(lens, ItemKind.PLAYLIST, items));
    }

    /** The lists that hold one of the items for whomever. */
    private RoaringBitmap naming(RoaringBitmap items) {
        Map<Integer, RoaringBitmap> known = holders;
        if (known == null) {
            known = holders();
            holders = known;
        }
        RoaringBitmap naming = new RoaringBitmap();
        for (int item : items.toArray()) {
            RoaringBitmap lists = known.get(item);
            if (lists != null) {
                naming.or(lists);
            }
        }
        return naming;
    }

    private Map<Integer, RoaringBitmap> holders() {
        Map<Integer, RoaringBitmap> found = new HashMap<>();
        sources.forEach((list, all) -> all.forEach(source -> source.entries.forEach(entry ->
                found.computeIfAbsent(entry.item, item -> new RoaringBitmap()).add(list))));
        return found;
    }

    /** With other sources of some lists; none for a list that is gone. */
    Lists with(Map<Integer, List<Source>> changed) {
        Map<Integer, List<Source>> all = new HashMap<>(sources);
        changed.forEach((list, found) -> {
            if (found.isEmpty()) {
                all.remove(list);
            } else {
                all.put(list, found);
            }
        });
        return new Lists(all, own, views);
    }

    /** With own lists as they are now; none for one that is gone. */
    Lists withOwn(Map<Integer, Optional<OwnList>> lists) {
        Map<Integer, List<Source>> all = new HashMap<>(sources);
        Map<Integer, OwnList> mine = new HashMap<>(own);
        lists.forEach((id, list) -> {
            all.remove(id);
            mine.remove(id);
            list.ifPresent(found -> {
                List<Entry> entries = new ArrayList<>();
                found.entries()
                        .forEach(entry ->
                                entries.add(new Entry(entry.id(), entry.item().value())));
                all.put(id, List.of(new Source(GATEWAY, entries)));
                mine.put(id, found);
            });
        });
        return new Lists(all, mine, views);
    }
}
