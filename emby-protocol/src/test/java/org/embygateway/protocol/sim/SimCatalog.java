package org.embygateway.protocol.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.jspecify.annotations.Nullable;

/** All items of one simulated server, by their ids. Ids of everything come from one counter, as on a real server. */
final class SimCatalog {
    private static final int BORN_SIZE = 1 << 20;

    final Face face;
    private final AtomicLong counter;
    private final AtomicLong revision = new AtomicLong();
    private final AtomicLong clock = new AtomicLong();
    private final ConcurrentSkipListMap<Long, SimItem> items = new ConcurrentSkipListMap<>();
    private final Map<String, SimItem> byWireId = new ConcurrentHashMap<>();
    private final Map<String, SimItem> named = new ConcurrentHashMap<>();
    private volatile ChangeListener listener = (kind, item) -> {};

    /** Hears of what happens to items. */
    interface ChangeListener {
        void heard(Change change, SimItem item);
    }

    enum Change {
        ADDED,
        UPDATED,
        REMOVED
    }

    SimCatalog(Face face, long firstNumber) {
        this.face = face;
        this.counter = new AtomicLong(firstNumber);
    }

    void listen(ChangeListener heard) {
        listener = heard;
    }

    long nextNumber() {
        return counter.getAndIncrement();
    }

    /** Now, but never twice the same: later saves have later dates. */
    Instant now() {
        long nanos = clock.updateAndGet(last -> {
            Instant real = Instant.now();
            long micros = real.getEpochSecond() * 1_000_000 + real.getNano() / 1_000;
            return Math.max(last + 1, micros);
        });
        return Instant.ofEpochSecond(nanos / 1_000_000, nanos % 1_000_000 * 1_000);
    }

    /** Grows with every change; whoever keeps something computed compares it. */
    long revision() {
        return revision.get();
    }

    SimItem add(ItemKind kind, @Nullable SimItem parent, String name) {
        SimItem item = make(kind, parent, name);
        items.put(item.number, item);
        if (parent != null) {
            synchronized (parent.children) {
                parent.children.add(item);
            }
        }
        revision.incrementAndGet();
        listener.heard(Change.ADDED, item);
        return item;
    }

    /** Found by its id and by its owner alone. */
    SimItem addExtra(SimItem owner, String type, String name) {
        SimItem extra = make(kindOf(type), owner, name);
        extra.extraType = type;
        extra.runtime(Duration.ofMinutes(2));
        owner.extras = Stream.concat(owner.extras.stream(), Stream.of(extra)).toList();
        changed(owner);
        return extra;
    }

    private static ItemKind kindOf(String extraType) {
        return switch (extraType) {
            case "Trailer" -> ItemKind.TRAILER;
            case "ThemeSong" -> ItemKind.AUDIO;
            default -> ItemKind.VIDEO;
        };
    }

    private SimItem make(ItemKind kind, @Nullable SimItem parent, String name) {
        SimItem item = new SimItem(this, nextNumber(), kind, parent, name);
        if (kind.isPlayable()) {
            boolean sound = kind == ItemKind.AUDIO;
            item.runtime = sound ? Duration.ofMinutes(4) : Duration.ofHours(2);
            item.bornWith(new SimVersion(
                    item.number,
                    sound ? "flac" : "1080p",
                    sound ? "flac" : "mkv",
                    sound ? "" : "h264",
                    sound ? "flac" : "aac",
                    sound ? 0 : 1920,
                    sound ? 0 : 1080,
                    sound ? 900_000 : 4_000_000,
                    Content.random(item.number, BORN_SIZE),
                    item.runtime,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of()));
        }
        byWireId.put(item.id(), item);
        return item;
    }

    /** A version's own id leads to its item. */
    void alias(long number, SimItem item) {
        byWireId.put(face.itemId(number), item);
    }

    SimItem byName(ItemKind kind, String name) {
        return named.computeIfAbsent(key(kind, name), k -> add(kind, null, name));
    }

    Optional<SimItem> findByName(ItemKind kind, String name) {
        return Optional.ofNullable(named.get(key(kind, name)));
    }

    private static String key(ItemKind kind, String name) {
        return kind + " " + name.toLowerCase(Locale.ROOT);
    }

    void changed(SimItem item) {
        item.saved = now();
        revision.incrementAndGet();
        listener.heard(Change.UPDATED, item);
    }

    /** Something else is to be answered, although no item was saved. */
    void touched() {
        revision.incrementAndGet();
    }

    void remove(SimItem item) {
        item.children().forEach(this::remove);
        item.extras.forEach(this::remove);
        items.remove(item.number);
        byWireId.remove(item.id());
        item.versions.forEach(v -> byWireId.remove(face.itemId(v.number())));
        named.values().removeIf(i -> i == item);
        if (item.parent != null) {
            synchronized (item.parent.children) {
                item.parent.children.remove(item);
            }
            item.parent.extras =
                    item.parent.extras.stream().filter(extra -> extra != item).toList();
        }
        revision.incrementAndGet();
        listener.heard(Change.REMOVED, item);
    }

    /** By the id a client wrote. */
    Optional<SimItem> find(String wireId) {
        return Optional.ofNullable(byWireId.get(wireId.toLowerCase(Locale.ROOT)));
    }

    /** Everything, in the order of the ids. */
    Iterable<SimItem> all() {
        return items.values();
    }

    int count() {
        return items.size();
    }

    /** The libraries in the order they were made. */
    List<SimItem> views() {
        return items.values().stream()
                .filter(i -> i.kind == ItemKind.COLLECTION_FOLDER)
                .toList();
    }
}
