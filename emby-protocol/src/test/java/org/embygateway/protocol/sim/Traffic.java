package org.embygateway.protocol.sim;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a simulated server was asked: counts per route, the last requests, the highest rate. */
public final class Traffic {
    private static final int KEPT = 20_000;
    private static final long SECOND = 1_000_000_000L;

    private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
    private final ArrayDeque<RecordedRequest> requests = new ArrayDeque<>();
    private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();
    private final Set<String> devices = ConcurrentHashMap.newKeySet();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private int highestRate;

    synchronized void heard(RecordedRequest request) {
        calls.computeIfAbsent(request.route(), r -> new AtomicLong()).incrementAndGet();
        if (!request.deviceId().isEmpty()) {
            devices.add(request.deviceId());
        }
        requests.add(request);
        if (requests.size() > KEPT) {
            requests.removeFirst();
        }
        long now = System.nanoTime();
        lastSecond.add(now);
        while (now - lastSecond.peekFirst() >= SECOND) {
            lastSecond.removeFirst();
        }
        highestRate = Math.max(highestRate, lastSecond.size());
    }

    void started() {
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    }

    void ended() {
        running.decrementAndGet();
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    void sent(long count) {
        bytes.addAndGet(count);
    }

    /** How often a route, such as {@code GET /Users/{UserId}/Items}, was asked. HEAD counts by itself. */
    public long calls(String route) {
        AtomicLong count = calls.get(route);
        return count == null ? 0 : count.get();
    }

    /** All counts by route. */
    public Map<String, Long> calls() {
        Map<String, Long> all = new TreeMap<>();
        calls.forEach((route, count) -> all.put(route, count.get()));
        return all;
    }

    /** The last 20 000 requests, oldest first. */
    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    public List<RecordedRequest> requests(String route) {
        return requests().stream().filter(r -> r.route().equals(route)).toList();
    }

    /** The most requests that came within one second. */
    public synchronized int highestRate() {
        return highestRate;
    }

    /** The most requests that were being answered at one time. */
    public int mostAtOnce() {
        return mostRunning.get();
    }

    public Set<String> deviceIds() {
        return new TreeSet<>(devices);
    }

    /** Requests being answered now; one that hangs or whose client reads slowly counts until it ends. */
    public int running() {
        return running.get();
    }

    /** Connections open now, web sockets included. */
    public int openConnections() {
        return connections.get();
    }

    /** Body bytes written to connections so far. */
    public long bytesSent() {
        return bytes.get();
    }

    /** Forgets everything but the open connections. */
    public synchronized void reset() {
        calls.clear();
        requests.clear();
        lastSecond.clear();
        devices.clear();
        mostRunning.set(running.get());
        bytes.set(0);
        highestRate = 0;
    }
}
