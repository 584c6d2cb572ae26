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
 * @param series number of what it is merged within: the merged series of a season or an episode, the merged album of a
 *     song; 0 when not known
 * @param artist whose album it is, all in one text; empty when not known
 * @param tracks how many songs are on an album
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
        String collectionType,
        String artist,
        OptionalInt tracks) {

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
