package org.embygateway.index.sql;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What reads found, until anything is written: never older than a read would be. For what is asked again and again, as
 * when a player takes a file in small pieces.
 */
final class Remembered<K, V> {
    private final LongSupplier writes;
    private final int most;
    private volatile Kept<K, V> kept = new Kept<>(-1, Map.of());

    private record Kept<K, V>(long writes, Map<K, V> found) {}

    /**
     * @param writes how many there have been, see {@link Database#writes}
     * @param most answers kept; beyond it all are forgotten
     */
    Remembered(LongSupplier writes, int most) {
        this.writes = writes;
        this.most = most;
    }

    V of(K key, Function<K, V> read) {
        Kept<K, V> now = kept(writes.getAsLong());
        V known = now.found().get(key);
        if (known != null) {
            return known;
        }
        V found = read.apply(key);
        if (now.found().size() >= most) {
            now.found().clear();
        }
        now.found().put(key, found);
        return found;
    }

    private Kept<K, V> kept(long soFar) {
        Kept<K, V> now = kept;
        if (now.writes() != soFar) {
            now = new Kept<>(soFar, new ConcurrentHashMap<>());
            kept = now;
        }
        return now;
    }
}
