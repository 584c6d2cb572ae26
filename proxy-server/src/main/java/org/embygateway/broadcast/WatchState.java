package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.embygateway.index.Delivery;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;

/**
 * Changes states: read, apply the rule, store with what upstreams are to be told, show to the next reader. Changes of
 * one user go one after the other; when a method returns its change is durable.
 */
public final class WatchState {
    private static final int LOCKS = 256;
    private static final int MAX_ANNOUNCED = 1000;

    private final UserDataStore store;
    private final Titles titles;
    private final WatchEvents events;
    private final Runnable waiting;
    private final Clock clock;
    private final List<ReentrantLock> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

    /** @param waiting run after something was put into the outbox */
    public WatchState(UserDataStore store, Titles titles, WatchEvents events, Runnable waiting, Clock clock) {
        this.store = store;
        this.titles = titles;
        this.events = events;
        this.waiting = waiting;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Runs alone among all that change this user's states. */
    <T> T alone(UserId user, Supplier<T> action) {
        ReentrantLock lock = locks.get(Math.floorMod(user.hashCode(), LOCKS));
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    UserData stateOf(UserId user, ItemId item) {
        return store.find(user, List.of(item)).getOrDefault(item, UserData.NONE);
    }

    /** Changes one item; what upstreams are told may depend on how it came out. */
    UserData change(Caller caller, ItemId item, UnaryOperator<UserData> rule, Function<Change, List<Told>> told) {
        return alone(caller.user(), () -> {
            Change change = changes(caller.user(), List.of(item), rule).getFirst();
            save(caller, List.of(change), told);
            return change.after();
        });
    }

    /** Changes all items in one go. */
    void changeAll(Caller caller, Collection<ItemId> items, UnaryOperator<UserData> rule, Told told) {
        alone(caller.user(), () -> {
            List<Change> changes = changes(caller.user(), items, rule);
            save(caller, changes, change -> List.of(told));
            return changes;
        });
    }

    /** An item's state before and after. */
    record Change(ItemId item, UserData before, UserData after) {
        boolean isFinish() {
            return after.played() && !before.played();
        }

        boolean isSame() {
            return before.played() == after.played()
                    && before.positionTicks() == after.positionTicks()
                    && before.playCount() == after.playCount()
                    && before.favorite() == after.favorite()
                    && before.rating().equals(after.rating())
                    && before.lastPlayed().equals(after.lastPlayed())
                    && before.hiddenFromResume() == after.hiddenFromResume();
        }
    }

    private List<Change> changes(UserId user, Collection<ItemId> items, UnaryOperator<UserData> rule) {
        Map<ItemId, UserData> stored = store.find(user, items);
        List<Change> changes = new ArrayList<>();
        for (ItemId item : items) {
            UserData before = stored.getOrDefault(item, UserData.NONE);
            changes.add(new Change(item, before, rule.apply(before)));
        }
        return changes;
    }

    private void save(Caller caller, List<Change> changes, Function<Change, List<Told>> told) {
        Map<ItemId, UserData> states = new HashMap<>();
        List<Delivery> deliveries = new ArrayList<>();
        for (Change change : changes) {
            List<Told> news = told.apply(change);
            if (change.isSame() && news.equals(List.of(Told.PASSING))) {
                continue;
            }
            states.put(change.item(), change.after());
            Set<UpstreamId> holders =
                    titles.copiesOf(change.item(), caller.visible()).keySet();
            for (Told what : news) {
                holders.forEach(upstream -> deliveries.add(delivery(caller, change, what, upstream)));
            }
        }
        if (states.isEmpty()) {
            return;
        }
        store.save(caller.user(), states, deliveries);
        titles.userDataChanged(caller.user(), states);
        if (!deliveries.isEmpty()) {
            waiting.run();
        }
    }

    private static Delivery delivery(Caller caller, Change change, Told told, UpstreamId upstream) {
        return new Delivery(
                0,
                caller.user(),
                change.item(),
                upstream,
                told.kind(),
                told.body(change.after()),
                change.after().changed(),
                0);
    }

    /** Tells the user's devices of the items and of the folders above them. */
    void announce(Caller caller, Collection<ItemId> items) {
        Set<ItemId> all = new LinkedHashSet<>(items);
        all.addAll(titles.ancestorsOf(caller, items));
        List<ObjectNode> data = new ArrayList<>();
        for (ItemId item : all) {
            ObjectNode dto = titles.userDataDto(caller, item).deepCopy();
            dto.put("ItemId", item.toString());
            data.add(dto);
        }
        for (int from = 0; from < data.size(); from += MAX_ANNOUNCED) {
            events.userDataChanged(
                    caller.user(), List.copyOf(data.subList(from, Math.min(data.size(), from + MAX_ANNOUNCED))));
        }
    }
}
