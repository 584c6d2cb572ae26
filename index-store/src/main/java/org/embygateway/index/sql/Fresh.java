package org.embygateway.index.sql;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.embygateway.index.IndexChange;
import org.embygateway.protocol.ItemId;

/**
 * The items of one copy that the last two transactions made, each until it is read: who is told of a change reads them at
 * once, which costs more from the database than all that is done with them then. While one change is read, the next may
 * be stored.
 */
final class Fresh {
    /** Compressed; what is larger is read from the database. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private volatile Kept kept = new Kept(-1, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    /** @param changes how many the index has when all of this holds */
    private record Kept(long changes, Map<Integer, Item> latest, Map<Integer, Item> before) {
        void forget(Collection<ItemId> items) {
            items.forEach(id -> {
                latest.remove(id.value());
                before.remove(id.value());
            });
        }
    }

    /**
     * An item, as its only copy makes it.
     *
     * @param stored what is stored of its document; empty when it has none
     * @param sources those that the copy lists, in order
     * @param names of what the copy names, and others of its transaction, by the numbers of those copies
     */
    record Item(
            CopyRow row,
            Optional<Learned.Ready> stored,
            List<Namings.Naming> namings,
            List<Sources.Row> sources,
            Map<Integer, Reading.Named> names) {

        byte[] document() {
            return stored.map(Learned.Ready::document).map(Documents::unpack).orElseGet(Reading.EMPTY_DOCUMENT::clone);
        }

        Optional<Excerpt> excerpt() {
            return stored.map(Learned.Ready::excerpt);
        }

        long size() {
            return stored.map(ready -> ready.document().length + ready.excerpt().bytes().length)
                    .orElse(0);
        }

        /** What the copy names, by the numbers of those copies, as far as it is known. */
        void eachName(BiConsumer<Integer, Reading.Named> consumer) {
            for (Namings.Naming naming : namings) {
                Reading.Named name = names.get(naming.copy());
                if (name != null) {
                    consumer.accept(naming.copy(), name);
                }
            }
        }
    }

    /**
     * Those of the items that are known, which are forgotten with that.
     *
     * @param changes how many the index has in the state that is asked for
     */
    Map<Integer, Item> take(Collection<Integer> items, long changes) {
        Kept now = kept;
        Map<Integer, Item> taken = new HashMap<>();
        if (now.changes() != changes) {
            return taken;
        }
        for (Integer id : items) {
            Item latest = now.latest().remove(id);
            Item item = latest == null ? now.before().remove(id) : latest;
            if (item != null) {
                taken.put(id, item);
            }
        }
        return taken;
    }

    /**
     * A transaction is stored. Told by the thread that writes, before another transaction.
     *
     * @param before how many changes the index had
     * @param now how many it has
     * @param made the items that it made
     */
    void committed(long before, long now, IndexChange change, Map<Integer, Item> made) {
        if (before == now) {
            return;
        }
        Kept last = kept;
        boolean follows = last.changes() == before;
        Map<Integer, Item> still = follows ? last.latest() : new ConcurrentHashMap<>();
        Kept next = new Kept(now, new ConcurrentHashMap<>(), still);
        next.forget(change.changed());
        next.forget(change.removed());
        long bytes = made.values().stream().mapToLong(Item::size).sum();
        if (bytes <= MOST_BYTES) {
            next.latest().putAll(made);
        }
        kept = next;
    }
}
