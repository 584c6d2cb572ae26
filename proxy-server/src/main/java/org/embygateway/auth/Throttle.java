package org.embygateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.embygateway.route.Refused;

/**
 * Slows down who guesses passwords: after some bad ones from an address, that address waits. Other addresses, and so
 * other people with the same name, are not held up. Remembers a bounded number of addresses; IPv6 counts by the 64-bit
 * network that one customer has.
 */
public final class Throttle {
    private static final int MAX_ADDRESSES = 10_000;

    private final int allowed;
    private final Cache<String, List<String>> failures;

    /**
     * @param allowed bad passwords that one address may give
     * @param window how long they are remembered
     */
    public Throttle(int allowed, Duration window) {
        this(allowed, window, Ticker.systemTicker());
    }

    Throttle(int allowed, Duration window, Ticker ticker) {
        this.allowed = allowed;
        failures = Caffeine.newBuilder()
                .expireAfterWrite(window)
                .maximumSize(MAX_ADDRESSES)
                .ticker(ticker)
                .build();
    }

    /** Refused with 429 when the address has guessed wrong too often. */
    public void check(String address) {
        List<String> known = failures.getIfPresent(network(address));
        if (known != null && known.size() >= allowed) {
            throw new Refused(429, "Too many failed sign-ins. Please wait some minutes and try again.");
        }
    }

    /** Notes a bad password for the name, whether or not there is such a user. */
    public void failed(String address, String name) {
        failures.asMap().compute(network(address), (key, known) -> {
            List<String> all = new ArrayList<>(known == null ? List.of() : known);
            if (all.size() < allowed) {
                all.add(name.toLowerCase(Locale.ROOT));
            }
            return List.copyOf(all);
        });
    }

    /** Forgets the failures of this name from this address: it was a slip. Those of other names stay. */
    public void succeeded(String address, String name) {
        failures.asMap().computeIfPresent(network(address), (key, known) -> {
            List<String> others = known.stream()
                    .filter(n -> !n.equals(name.toLowerCase(Locale.ROOT)))
                    .toList();
            return others.isEmpty() ? null : others;
        });
    }

    long addresses() {
        failures.cleanUp();
        return failures.estimatedSize();
    }

    private static String network(String address) {
        if (address.indexOf(':') < 0 || !address.matches("[0-9A-Fa-f:.]+")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
