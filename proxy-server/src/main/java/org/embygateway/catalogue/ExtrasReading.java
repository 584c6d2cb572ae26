package org.embygateway.catalogue;

import java.util.Map;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/** Learns from servers what comes with an item, before the catalogue answers. */
@FunctionalInterface
public interface ExtrasReading {
    /**
     * Returns after a deadline at the latest, whatever the servers do; never throws.
     *
     * @param owners the upstreams' ids of the items, of parts those of a version
     * @param kinds that {@link ItemKind#isExtra}
     */
    void read(Map<UpstreamId, Set<String>> owners, Set<ItemKind> kinds);
}
