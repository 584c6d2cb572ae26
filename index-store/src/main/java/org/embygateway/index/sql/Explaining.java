package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.embygateway.index.Merges.CopyFacts;
import org.embygateway.index.Merges.Doubt;
import org.embygateway.index.Merges.Group;
import org.embygateway.index.Merges.Why;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.Merge;
import org.embygateway.index.merge.Reason;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.jdbi.v3.core.Handle;

/** Merges once more what an item is made of, within one transaction and without changing anything, to tell why it is so. */
final class Explaining {
    private static final Comparator<CopyRow> LIVING_FIRST =
            Comparator.comparing(CopyRow::gone).thenComparing(CopyRow::identity);

    private final Handle handle;
    private final Shelf shelf;
    private final Blocks blocks;

    Explaining(Handle handle) {
        this.handle = handle;
        shelf = new Shelf(new Copies(new Statements(handle)));
        blocks = new Blocks(handle, shelf);
    }

    /** Empty when no copy of it is there. */
    Optional<Group> explain(int item) {
        Map<CopyIdentity, CopyRow> block =
                blocks.connected(shelf.byId(shelf.partOf(Set.of(item)))).connected();
        List<CopyRow> own = block.values().stream()
                .filter(row -> row.placement().item() == item)
                .sorted(LIVING_FIRST)
                .toList();
        if (own.isEmpty() || own.getFirst().gone()) {
            return Optional.empty();
        }
        Merge merge = blocks.merge(block);
        List<Why> reasons = reasons(merge, block, item);
        return Optional.of(new Group(
                new ItemId(item),
                own.getFirst().description().kind(),
                told(own, reasons),
                reasons,
                doubts(merge.conflicts(), block, item),
                doubts(merge.suspicions(), block, item),
                formerIds(item),
                blocks.rulingsOf(own)));
    }

    /** Of the copies that are gone, those that a reason needs. */
    private static List<CopyFacts> told(List<CopyRow> own, List<Why> reasons) {
        Set<Integer> needed = new HashSet<>();
        reasons.forEach(why -> needed.addAll(why.copies()));
        return own.stream()
                .filter(row -> !row.gone() || needed.contains(row.id()))
                .map(Explaining::facts)
                .toList();
    }

    private static List<Why> reasons(Merge merge, Map<CopyIdentity, CopyRow> block, int item) {
        List<Why> reasons = new ArrayList<>();
        for (Reason reason : merge.reasons()) {
            List<CopyRow> rows = rows(block, reason.copies());
            if (rows.size() > 1 && rows.getFirst().placement().item() == item) {
                reasons.add(new Why(
                        reason.text(),
                        rows.stream().map(CopyRow::id).toList(),
                        reason.ruling() == 0 ? OptionalInt.empty() : OptionalInt.of(reason.ruling())));
            }
        }
        return reasons;
    }

    private static List<CopyRow> rows(Map<CopyIdentity, CopyRow> block, Collection<CopyIdentity> identities) {
        return identities.stream()
                .flatMap(identity -> Optional.ofNullable(block.get(identity)).stream())
                .toList();
    }

    private static List<Doubt> doubts(List<Merge.Notice> notices, Map<CopyIdentity, CopyRow> block, int item) {
        List<Doubt> doubts = new ArrayList<>();
        for (Merge.Notice notice : notices) {
            List<Integer> items = rows(block, List.of(notice.one(), notice.other())).stream()
                    .map(row -> row.placement().item())
                    .toList();
            if (items.contains(item) && isThere(block, items)) {
                doubts.add(new Doubt(
                        notice.text(),
                        items.stream().filter(id -> id != item).findFirst().map(ItemId::new)));
            }
        }
        return doubts;
    }

    private static boolean isThere(Map<CopyIdentity, CopyRow> block, List<Integer> items) {
        return items.stream()
                .allMatch(id -> block.values().stream()
                        .anyMatch(row -> !row.gone() && row.placement().item() == id));
    }

    private List<ItemId> formerIds(int item) {
        return handle.createQuery("SELECT id FROM item WHERE alias_of = :item ORDER BY id")
                .bind("item", item)
                .mapTo(Integer.class)
                .map(ItemId::new)
                .list();
    }

    static CopyFacts facts(CopyRow row) {
        Description said = row.description();
        return new CopyFacts(
                row.id(),
                new UpstreamId(row.identity().upstream()),
                row.hasId() ? row.identity().itemId() : "",
                row.gone(),
                new ItemId(row.placement().item()),
                said.kind(),
                said.name(),
                said.year(),
                said.runTimeTicks(),
                said.providerIds(),
                said.parentIndex(),
                said.index(),
                said.indexEnd(),
                said.premiere());
    }
}
