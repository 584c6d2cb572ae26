package org.embygateway.index.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.protocol.ItemId;
import org.jspecify.annotations.Nullable;

/**
 * By-name copies that batches of a crawl name again and again: they need not be looked up to see that nothing is new of
 * them. Used by the thread that writes alone, and good only as long as nobody else changes the index.
 */
final class KnownNames {
    private static final int MOST = 30_000;

    private final Map<CopyIdentity, Entry> entries = new LinkedHashMap<>(1024, 0.75f, true);
    private long changes = -1;

    /**
     * A copy that is there, and what is known of it.
     *
     * @param item the merged item it is part of
     */
    record Entry(int id, Description description, int item) {
        Reading.Named shown() {
            return new Reading.Named(description.kind(), new ItemId(item), description.name());
        }

        boolean says(Learned.Name name) {
            return description.name().equals(name.text())
                    && description
                            .providerIds()
                            .entrySet()
                            .containsAll(name.ids().entrySet());
        }
    }

    /** @param now how many changes the index had before this transaction */
    void begin(long now) {
        if (now != changes) {
            entries.clear();
            changes = now;
        }
    }

    @Nullable
    Entry find(CopyIdentity identity) {
        return entries.get(identity);
    }

    /**
     * A transaction is stored.
     *
     * @param now how many changes the index has with it
     */
    void committed(Map<CopyIdentity, Entry> learned, long now) {
        entries.putAll(learned);
        changes = now;
        for (var eldest = entries.keySet().iterator(); entries.size() > MOST; ) {
            eldest.next();
            eldest.remove();
        }
    }
}
