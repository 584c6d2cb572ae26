package org.embygateway.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Memberships;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnLists;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/** The collections and playlists of the store, as the catalogue holds them. */
public final class StoredLists {
    private final Memberships memberships;
    private final OwnLists own;

    public StoredLists(Memberships memberships, OwnLists own) {
        this.memberships = memberships;
        this.own = own;
    }

    OwnLists own() {
        return own;
    }

    Lists all() {
        Map<Integer, ItemKind> views = new HashMap<>();
        for (ItemKind kind : List.of(ItemKind.BOX_SET, ItemKind.PLAYLIST)) {
            views.put(own.view(kind).value(), kind);
        }
        Map<Integer, Optional<OwnList>> mine = new HashMap<>();
        own.all().forEach(list -> mine.put(list.id().value(), Optional.of(list)));
        return new Lists(sources(memberships.all()), Map.of(), views).withOwn(mine);
    }

    private static Map<Integer, List<Lists.Source>> sources(Collection<Memberships.Membership> all) {
        Map<Integer, List<Lists.Source>> sources = new HashMap<>();
        for (Memberships.Membership membership : all) {
            List<Lists.Entry> entries = new ArrayList<>();
            for (ItemId member : membership.members()) {
                entries.add(new Lists.Entry(entries.size() + 1, member.value()));
            }
            sources.computeIfAbsent(membership.list().value(), list -> new ArrayList<>())
                    .add(new Lists.Source(membership.upstream().value(), entries));
        }
        return sources;
    }

    /** @param changed the lists among what the change is about */
    Lists after(Lists before, IndexChange change, Collection<ItemId> changed) {
        Map<Integer, List<Lists.Source>> sources = new HashMap<>();
        RoaringBitmap touched = new RoaringBitmap();
        change.removed().forEach(id -> touched.add(id.value()));
        change.changed().forEach(id -> touched.add(id.value()));
        before.sources().keySet().stream()
                .filter(list -> touched.contains(list) && !before.own().containsKey(list))
                .forEach(list -> sources.put(list, List.of()));
        if (!changed.isEmpty()) {
            sources.putAll(sources(memberships.of(changed)));
        }
        Lists after = sources.isEmpty() ? before : before.with(sources);
        List<Integer> holding = after.ownHolding(touched);
        return holding.isEmpty() ? after : withOwn(after, holding);
    }

    /** With these lists of people read again, and no others. */
    Lists withOwn(Lists before, Collection<Integer> lists) {
        Map<Integer, Optional<OwnList>> read = new HashMap<>();
        lists.forEach(list -> read.put(list, own.find(new ItemId(list))));
        return before.withOwn(read);
    }

    /** The rows of what is the gateway's own: lists that people made, and the libraries of all lists. */
    static List<Row> rows(Lists lists, RowReader reader) {
        List<Row> rows = new ArrayList<>();
        lists.views().forEach((view, kind) -> rows.add(view(view, kind, reader)));
        lists.own().values().forEach(list -> rows.add(row(list, reader)));
        return rows;
    }

    private static Row view(int id, ItemKind kind, RowReader reader) {
        boolean collections = kind == ItemKind.BOX_SET;
        return reader.own(
                id,
                ItemKind.USER_VIEW,
                collections ? "Collections" : "Playlists",
                collections ? "boxsets" : "playlists",
                Optional.empty());
    }

    static Row row(OwnList list, RowReader reader) {
        return reader.own(
                list.id().value(),
                list.kind(),
                list.name(),
                "",
                Optional.of(new Dates(list.created(), list.changed())));
    }

    /** When something was made and last changed. */
    record Dates(Instant created, Instant changed) {}
}
