package org.embygateway.index;

import java.util.List;

/**
 * What the owner of an upstream allows its indexing.
 *
 * @param requestsPerSecond most questions in a second, of crawls and of live lists together; 1 to 10000
 * @param requestsAtOnce most questions that are on their way at one time; 1 to 32
 * @param include libraries to take in, by name without regard to case or by the upstream's id; empty for all
 * @param exclude libraries to leave out, written the same; goes before {@code include}
 * @param paused nothing is crawled until an administrator lets it go on
 */
public record SyncRules(
        int requestsPerSecond, int requestsAtOnce, List<String> include, List<String> exclude, boolean paused) {
    public static final int MOST_PER_SECOND = 10_000;
    public static final int MOST_AT_ONCE = 32;
    public static final SyncRules DEFAULT = new SyncRules(10, 4, List.of(), List.of(), false);

    public SyncRules {
        if (requestsPerSecond < 1 || requestsPerSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException(
                    "requests per second: %d (expected: 1 to %d)".formatted(requestsPerSecond, MOST_PER_SECOND));
        }
        if (requestsAtOnce < 1 || requestsAtOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "requests at once: %d (expected: 1 to %d)".formatted(requestsAtOnce, MOST_AT_ONCE));
        }
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** Whether the library of that id and name is taken in. */
    public boolean takes(String id, String name) {
        return !names(exclude, id, name) && (include.isEmpty() || names(include, id, name));
    }

    /** Whether the library of that id and name is left out by name, not only because others are named. */
    public boolean excludes(String id, String name) {
        return names(exclude, id, name);
    }

    private static boolean names(List<String> libraries, String id, String name) {
        return libraries.stream()
                .map(String::trim)
                .anyMatch(library -> library.equals(id) || library.equalsIgnoreCase(name.trim()));
    }

    /** Whether every library is taken in. */
    public boolean takesAll() {
        return include.isEmpty() && exclude.isEmpty();
    }

    public SyncRules paused(boolean yes) {
        return new SyncRules(requestsPerSecond, requestsAtOnce, include, exclude, yes);
    }
}
