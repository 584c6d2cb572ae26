package org.embygateway.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks upstreams what comes with an item when somebody wants to know, and has the index learn it. No list of an upstream
 * has trailers, special features, themes or further parts in it, so no crawl brings them. Waits a moment only, and not for
 * an upstream of which the index knows some already.
 */
public final class Extras {
    private static final Logger LOG = LoggerFactory.getLogger(Extras.class);
    private static final int MOST = 200;
    private static final int MOST_QUESTIONS = 20;

    private final UpstreamRegistry registry;
    private final LiveReader reader;
    private final MediaIndex index;
    private final Learning learning;
    private final Duration patience;
    private final AskedBefore<Asked, Boolean> asked;

    /**
     * @param patience how long is waited for the upstreams
     * @param memory how long the same is not asked again
     */
    public Extras(
            Store store,
            UpstreamRegistry registry,
            UpstreamCalls calls,
            Budgets budgets,
            Learning learning,
            Duration patience,
            Duration memory) {
        this.registry = registry;
        this.reader = new LiveReader(calls, budgets);
        this.index = store.media();
        this.learning = learning;
        this.patience = patience;
        this.asked = new AskedBefore<>(memory);
    }

    /** What one question brings. */
    private enum Family {
        TRAILERS("/Users/{user}/Items/%s/LocalTrailers", Map.of(ItemKind.LOCAL_TRAILER, "")),
        FEATURES("/Users/{user}/Items/%s/SpecialFeatures", Map.of(ItemKind.SPECIAL_FEATURE, "")),
        THEMES(
                "/Items/%s/ThemeMedia",
                Map.of(ItemKind.THEME_SONG, "ThemeSongsResult", ItemKind.THEME_VIDEO, "ThemeVideosResult")),
        PARTS("/Videos/%s/AdditionalParts", Map.of(ItemKind.ADDITIONAL_PART, ""));

        private final String path;
        /** Where in the answer the list of each kind is; empty when it is the answer. */
        private final Map<ItemKind, String> places;

        Family(String path, Map<ItemKind, String> places) {
            this.path = path;
            this.places = places;
        }

        static Family of(ItemKind kind) {
            for (Family family : values()) {
                if (family.places.containsKey(kind)) {
                    return family;
                }
            }
            throw new IllegalArgumentException("kind: %s (expected: an extra)".formatted(kind));
        }
    }

    private record Asked(UpstreamId upstream, String owner, Family family) {}

    /**
     * Asks for extras of some kinds; returns when the upstreams answered or it is time, once for all of them.
     *
     * @param owners the upstreams' ids of the items, of parts those of the versions
     */
    public void read(Map<UpstreamId, Set<String>> owners, Set<ItemKind> kinds) {
        Set<Family> families = kinds.stream().map(Family::of).collect(Collectors.toSet());
        List<CompletableFuture<Boolean>> awaited = new ArrayList<>();
        for (UpstreamId upstream : registry.routable(new Visible(owners.keySet()))) {
            Set<String> ids = owners.getOrDefault(upstream, Set.of());
            Set<String> known = index.extrasOf(upstream, ids).stream()
                    .filter(extra -> kinds.contains(extra.kind()))
                    .map(MediaIndex.Extra::owner)
                    .collect(Collectors.toSet());
            for (String owner : ids) {
                for (Family family : families) {
                    Asked key = new Asked(upstream, owner, family);
                    CompletableFuture<Boolean> answer = asked.ask(key, () -> take(key));
                    if (!known.contains(owner)) {
                        awaited.add(answer);
                    }
                }
            }
        }
        await(awaited);
    }

    /** Another server answers where one was: what it said before does not count. */
    public void reopen(UpstreamId upstream) {
        asked.forget(key -> key.upstream().equals(upstream));
    }

    private void await(List<CompletableFuture<Boolean>> answers) {
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("An upstream did not say in time what comes with an item");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Boolean take(Asked key) {
        JsonNode answer = ask(key);
        List<UpstreamItem> items = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        key.family().places.forEach((kind, place) -> {
            JsonNode list = place.isEmpty() ? answer : answer.path(place);
            if (isOf(key.owner(), list)) {
                for (JsonNode entry : entries(list, key.upstream())) {
                    listed.add(ItemParser.id(entry, "Id"));
                    ItemParser.extra(entry, kind, key.owner())
                            .filter(extra -> items.size() < MOST)
                            .ifPresent(items::add);
                }
            }
        });
        learning.learn(key.upstream(), withoutTitles(key.upstream(), items));
        learning.forget(key.upstream(), gone(key, listed));
        return true;
    }

    private JsonNode ask(Asked key) {
        Question question = Question.extras(key.family().path.formatted(key.owner()));
        try {
            return EmbyJson.read(reader.put(key.upstream(), question));
        } catch (IOException e) {
            throw UpstreamFailed.noJson(key.upstream());
        }
    }

    private static JsonNode entries(JsonNode answer, UpstreamId from) {
        JsonNode items = answer.isArray() ? answer : answer.path("Items");
        if (!items.isArray()) {
            throw new UpstreamFailed(from, UpstreamFault.BAD_ANSWER, "answers without a list of items");
        }
        return items;
    }

    /** Some servers answer with the themes of a parent although they were asked not to. */
    private static boolean isOf(String owner, JsonNode list) {
        String said = ItemParser.id(list, "OwnerId");
        return said.isEmpty() || plain(said).equals(plain(owner));
    }

    private static String plain(String id) {
        return id.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** What a library has as a title of its own stays that. */
    private List<UpstreamItem> withoutTitles(UpstreamId upstream, List<UpstreamItem> items) {
        Map<String, Boolean> titles =
                index.idsOf(upstream, items.stream().map(UpstreamItem::id).toList()).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                known -> index.read(List.of(known.getValue())).stream()
                                        .anyMatch(item -> !item.kind().isExtra())));
        return items.stream()
                .filter(item -> !titles.getOrDefault(item.id(), false))
                .toList();
    }

    /** Those that the upstream lists no more and, asked for by id, does not know. */
    private Collection<String> gone(Asked key, Set<String> listed) {
        return index.extrasOf(key.upstream(), List.of(key.owner())).stream()
                .filter(extra -> key.family().places.containsKey(extra.kind()))
                .map(MediaIndex.Extra::id)
                .filter(id -> !listed.contains(id))
                .limit(MOST_QUESTIONS)
                .filter(id -> isDenied(key.upstream(), id))
                .toList();
    }

    private boolean isDenied(UpstreamId upstream, String id) {
        try {
            reader.put(upstream, Question.item(id, ""));
            return false;
        } catch (UpstreamFailed e) {
            return e.fault() == UpstreamFault.NOT_FOUND;
        }
    }
}
