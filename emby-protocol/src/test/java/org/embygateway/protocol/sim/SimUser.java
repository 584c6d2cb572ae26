package org.embygateway.protocol.sim;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemKind;

/** An account of a simulated server, with its watch state and preferences. */
public final class SimUser {
    final String id;
    final String name;
    final Map<Long, WatchState> states = new ConcurrentHashMap<>();
    final Map<String, String> preferences = new ConcurrentHashMap<>();
    private final AtomicLong revision = new AtomicLong();
    volatile String password;
    volatile boolean disabled;
    volatile boolean administrator;
    volatile Set<String> hiddenLibraries = Set.of();

    SimUser(String server, String name, String password) {
        this.id = Hex32.of("user " + server + " " + name);
        this.name = name;
        this.password = password;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public SimUser administrator(boolean yes) {
        administrator = yes;
        return this;
    }

    /** A disabled account's tokens stop at once. */
    public SimUser disabled(boolean yes) {
        disabled = yes;
        return this;
    }

    public SimUser password(String text) {
        password = text;
        return this;
    }

    /** Libraries, by name, that this account does not see. */
    public SimUser hides(String... libraries) {
        hiddenLibraries = Set.of(libraries);
        return this;
    }

    /** What this account has seen of an item; never absent. */
    public WatchState state(SimItem item) {
        return Optional.ofNullable(states.get(item.number)).orElse(WatchState.NEW);
    }

    /** Sets the watch state without telling anybody. */
    public SimUser state(SimItem item, WatchState state) {
        states.put(item.number, state);
        revision.incrementAndGet();
        return this;
    }

    /** Grows with every change of a watch state. */
    long revision() {
        return revision.get();
    }

    boolean sees(SimItem item) {
        for (SimItem i = item; i != null; i = i.parent) {
            if (i.owner != null && i.owner != this) {
                return false;
            }
            if (i.forbidden || i.kind == ItemKind.COLLECTION_FOLDER && hiddenLibraries.contains(i.name)) {
                return false;
            }
        }
        return true;
    }
}
