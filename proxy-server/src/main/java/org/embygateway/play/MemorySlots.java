package org.embygateway.play;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.UpstreamId;

/** The places of this process alone. Never waits. */
final class MemorySlots implements SlotTable {
    private final Map<Place, Slot> slots = new HashMap<>();

    private record Place(Viewing viewing, UpstreamId upstream) {}

    @Override
    public synchronized Outcome take(Viewing viewing, UpstreamId upstream, Limits limits, Instant now, Lease lease) {
        slots.values().removeIf(slot -> !slot.isHeldAt(now));
        Place place = new Place(viewing, upstream);
        Slot mine = slots.get(place);
        Outcome outcome = mine == null ? makeRoom(viewing, upstream, limits, now) : Outcome.TAKEN;
        if (outcome == Outcome.TAKEN) {
            slots.put(place, new Slot(viewing, upstream, mine == null ? now : mine.since(), lease));
        }
        return outcome;
    }

    private Outcome makeRoom(Viewing viewing, UpstreamId upstream, Limits limits, Instant now) {
        Outcome asItIs = new Occupancy(slots.values()).room(viewing, upstream, limits);
        List<Slot> others = slots.values().stream()
                .filter(slot -> !slot.givesWayTo(viewing, now))
                .toList();
        if (asItIs == Outcome.TAKEN || others.size() == slots.size()) {
            return asItIs;
        }
        Outcome without = new Occupancy(others).room(viewing, upstream, limits);
        if (without == Outcome.TAKEN) {
            slots.values().retainAll(others);
        }
        return without;
    }

    @Override
    public synchronized void hold(Viewing viewing, UpstreamId upstream, Instant now, Lease lease) {
        slots.computeIfPresent(
                new Place(viewing, upstream),
                (place, slot) -> slot.isHeldAt(now) ? new Slot(viewing, upstream, slot.since(), lease) : slot);
    }

    @Override
    public synchronized void free(Viewing viewing, UpstreamId upstream) {
        slots.remove(new Place(viewing, upstream));
    }

    @Override
    public synchronized List<Slot> held(Instant now) {
        return slots.values().stream().filter(slot -> slot.isHeldAt(now)).toList();
    }
}
