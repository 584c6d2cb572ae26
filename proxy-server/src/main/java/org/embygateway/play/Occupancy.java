package org.embygateway.play;

import java.util.Collection;
import java.util.List;
import org.embygateway.play.SlotTable.Limits;
import org.embygateway.play.SlotTable.Outcome;
import org.embygateway.play.SlotTable.Slot;
import org.embygateway.protocol.UpstreamId;

/** Who holds places, at one moment. */
record Occupancy(Collection<Slot> slots) {

    /** How many titles are played from the upstream. */
    int on(UpstreamId upstream) {
        return Math.toIntExact(
                slots.stream().filter(slot -> slot.upstream().equals(upstream)).count());
    }

    /** Whether a viewing gets a place, or has it. */
    Outcome room(Viewing viewing, UpstreamId upstream, Limits limits) {
        List<UpstreamId> held = slots.stream()
                .filter(slot -> slot.viewing().equals(viewing))
                .map(Slot::upstream)
                .toList();
        if (held.contains(upstream)) {
            return Outcome.TAKEN;
        }
        if (held.isEmpty() && limits.user() > 0 && titlesOf(viewing) >= limits.user()) {
            return Outcome.USER_FULL;
        }
        return limits.upstream() > 0 && on(upstream) >= limits.upstream() ? Outcome.UPSTREAM_FULL : Outcome.TAKEN;
    }

    private long titlesOf(Viewing viewing) {
        return slots.stream()
                .map(Slot::viewing)
                .filter(other -> other.user().equals(viewing.user()))
                .distinct()
                .count();
    }
}
