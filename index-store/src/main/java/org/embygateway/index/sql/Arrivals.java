package org.embygateway.index.sql;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.embygateway.index.Delivery;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;

/**
 * Copies that became part of an item with which people did something before: their upstream is to be told of it. It is
 * noted in the transaction that takes the copies in, so it is neither forgotten nor noted twice, whatever happens.
 */
final class Arrivals {
    private final Statements statements;

    Arrivals(Statements statements) {
        this.statements = statements;
    }

    private record State(String user, int item) {}

    /** Two items that became one may each have been watched where the other is: all holders hear of it. */
    void tell(Collection<Shelf.Difference> differences) {
        Map<Integer, Set<Integer>> upstreams = new HashMap<>();
        Set<Integer> joined = new HashSet<>();
        for (Shelf.Difference difference : differences) {
            CopyRow before = difference.before();
            CopyRow now = difference.now();
            int item = now.placement().item();
            if (now.gone() || item == 0) {
                continue;
            }
            if (before == null || before.gone()) {
                upstreams
                        .computeIfAbsent(item, i -> new HashSet<>())
                        .add(now.identity().upstream());
            } else if (before.placement().item() != item) {
                joined.add(item);
            }
        }
        if (upstreams.isEmpty() && joined.isEmpty() || nobodyDidAnything()) {
            return;
        }
        addHolders(joined, upstreams);
        note(upstreams);
    }

    private boolean nobodyDidAnything() {
        return statements
                .list("SELECT item_id FROM user_data LIMIT 1", row -> 1)
                .isEmpty();
    }

    private void addHolders(Set<Integer> joined, Map<Integer, Set<Integer>> upstreams) {
        statements
                .ask(
                        "SELECT DISTINCT item_id, upstream FROM item_copy WHERE gone = 0 AND item_id IN (<ids>)",
                        joined,
                        row -> Map.entry(row.getInt(1), row.getInt(2)))
                .forEach(holder -> upstreams
                        .computeIfAbsent(holder.getKey(), i -> new HashSet<>())
                        .add(holder.getValue()));
    }

    private void note(Map<Integer, Set<Integer>> upstreams) {
        Instant now = Instant.now();
        for (State state : states(upstreams.keySet())) {
            for (int upstream : upstreams.getOrDefault(state.item(), Set.of())) {
                Delivery delivery = new Delivery(
                        0,
                        new UserId(state.user()),
                        new ItemId(state.item()),
                        new UpstreamId(upstream),
                        Delivery.Kind.CATCH_UP,
                        "{}",
                        now,
                        0);
                SqlOutbox.add(statements.handle(), delivery, state.item());
            }
        }
    }

    /** Also those that were stored under an id that leads to one of the items by now. */
    private Set<State> states(Set<Integer> items) {
        Map<Integer, Integer> ids = new HashMap<>();
        items.forEach(item -> ids.put(item, item));
        List<Map.Entry<Integer, Integer>> aliases = statements.ask(
                "SELECT id, alias_of FROM item WHERE alias_of IN (<ids>)",
                items,
                row -> Map.entry(row.getInt(1), row.getInt(2)));
        aliases.forEach(alias -> ids.put(alias.getKey(), alias.getValue()));
        return Set.copyOf(statements.ask(
                "SELECT user_id, item_id FROM user_data WHERE item_id IN (<ids>)",
                ids.keySet(),
                row -> new State(row.getString(1), ids.getOrDefault(row.getInt(2), 0))));
    }
}
