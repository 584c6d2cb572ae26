package org.embygateway.index.merge;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.protocol.ItemKind;

/**
 * What merging looks at.
 *
 * @param runTimeTicks 0 when unknown
 * @param providerIds names in lower case
 * @param gone no longer on its upstream, and remembered for what it proved
 * @param series number of the merged series that a season or an episode belongs to; 0 when not known
 */
public record Facts(
        CopyIdentity identity,
        ItemKind kind,
        boolean gone,
        String name,
        OptionalInt year,
        long runTimeTicks,
        Map<String, String> providerIds,
        int series,
        OptionalInt index,
        OptionalInt indexEnd,
        OptionalInt parentIndex,
        Optional<LocalDate> premiere,
        String collectionType) {

    public Facts {
        providerIds = Map.copyOf(providerIds);
    }

    /** The production year, else the year of the premiere. */
    OptionalInt knownYear() {
        return year.isPresent() || premiere.isEmpty()
                ? year
                : OptionalInt.of(premiere.get().getYear());
    }
}
