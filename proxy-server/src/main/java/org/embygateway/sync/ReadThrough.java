package org.embygateway.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Store;
import org.embygateway.index.SyncStates;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before the catalogue answers a list, a search or a detail, puts it also to the upstreams that are not indexed in full
 * yet, and has the index learn what they say. Waits a moment only, and not for details, which are of items that the
 * index knows: an answer that comes later is learned all the same.
 * The same question is asked once in a while, however many want to know.
 */
public final class ReadThrough {
    private static final Logger LOG = LoggerFactory.getLogger(ReadThrough.class);
    private static final int PARENTS_AT_ONCE = 50;
    private static final int MEMBERS = 2000;
    private static final int MEMBERS_AT_ONCE = 100;
    private static final int LISTS = 200;

    private final UpstreamRegistry registry;
    private final LiveReader reader;
    private final MediaIndex index;
    private final SyncStates states;
    private final Learning learning;
    private final Libraries libraries;
    private final Duration patience;
    private final Set<UpstreamId> indexed = ConcurrentHashMap.newKeySet();
    private final AskedBefore<Asked, List<UpstreamItem>> asked;

    /**
     * @param patience how long a call waits for the upstreams
     * @param memory how long the same question is not asked again
     */
    public ReadThrough(
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
        this.states = store.syncStates();
        this.learning = learning;
        this.libraries = new Libraries(store, learning);
        this.patience = patience;
        this.asked = new AskedBefore<>(memory);
    }

    private record Asked(UpstreamId upstream, Question question) {}

    /** Asks what the call wants to know of those upstreams the caller may see; returns when they answered or it is time. */
    public void before(Call call) {
        List<UpstreamId> open =
                call.caller().map(Caller::visible).map(this::notIndexed).orElse(List.of());
        if (open.isEmpty()) {
            return;
        }
        Wish wish = Wish.of(call);
        if (wish instanceof Wish.Nothing) {
            return;
        }
        List<CompletableFuture<Void>> granted =
                open.stream().map(upstream -> granted(upstream, wish)).toList();
        if (!(wish instanceof Wish.Detail)) {
            await(granted);
        }
    }

    /** The upstream is crawled anew, was replaced or gives other libraries: what it said before does not count. */
    public void reopen(UpstreamId upstream) {
        indexed.remove(upstream);
        asked.forget(question -> question.upstream().equals(upstream));
    }

    private List<UpstreamId> notIndexed(Visible visible) {
        if (indexed.containsAll(visible.upstreams())) {
            return List.of();
        }
        return registry.routable(visible).stream().filter(id -> !isIndexed(id)).toList();
    }

    private boolean isIndexed(UpstreamId id) {
        boolean lazy = registry.find(id)
                .filter(r -> r.sync() == UpstreamRecord.SyncMode.LAZY)
                .isPresent();
        if (lazy) {
            indexed.remove(id);
            return false;
        }
        if (!indexed.contains(id)
                && states.find(id).filter(SyncState::fullyIndexed).isPresent()) {
            indexed.add(id);
        }
        return indexed.contains(id);
    }

    private CompletableFuture<Void> granted(UpstreamId upstream, Wish wish) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().name("read-through-" + upstream).start(() -> {
            try {
                grant(upstream, wish);
            } catch (RuntimeException e) {
                LOG.error("Asking upstream {} for a list failed unexpectedly", upstream, e);
            } finally {
                done.complete(null);
            }
        });
        return done;
    }

    private void grant(UpstreamId upstream, Wish wish) {
        Translation translation = new Translation(index, upstream);
        List<Question> questions = switch (wish) {
            case Wish.Nothing() -> List.<Question>of();
            case Wish.Views() -> views();
            case Wish.Detail(var id) -> translation.detail(id);
            case Wish.Listing listing -> translation.listing(listing, libraries(upstream, listing));
        };
        List<CompletableFuture<List<UpstreamItem>>> answers =
                questions.stream().map(question -> ask(upstream, question)).toList();
        answers.forEach(answer -> answer.handle((items, failure) -> "").join());
    }

    /** Lists too: whether there are any decides on their libraries. */
    private static List<Question> views() {
        List<Question> questions = new ArrayList<>(List.of(Question.libraries()));
        Question.LISTS.forEach(kind -> questions.add(Question.lists(kind).with("Limit", Integer.toString(LISTS))));
        return questions;
    }

    private List<UpstreamItem> libraries(UpstreamId upstream, Wish.Listing listing) {
        return listing.parent().isPresent()
                ? List.of()
                : ask(upstream, Question.libraries())
                        .exceptionally(failure -> List.of())
                        .join();
    }

    private CompletableFuture<List<UpstreamItem>> ask(UpstreamId upstream, Question question) {
        return asked.ask(new Asked(upstream, question), () -> {
            List<UpstreamItem> items = answer(upstream, question);
            learning.learn(upstream, items);
            return items;
        });
    }

    /** An item that the server denies by 404 and leaves out of a list of just this one is gone. */
    private byte[] putOrForget(UpstreamId upstream, Question question) {
        try {
            return reader.put(upstream, question);
        } catch (UpstreamFailed e) {
            Optional<String> item = question.item();
            if (e.fault() == UpstreamFault.NOT_FOUND && item.isPresent()) {
                Page left = Page.of(reader.put(upstream, Question.ids(Map.of("Ids", item.get()))), upstream);
                if (!left.ids().contains(item.get())) {
                    learning.forget(upstream, List.of(item.get()));
                }
            }
            throw e;
        }
    }

    private List<UpstreamItem> answer(UpstreamId upstream, Question question) {
        byte[] answer = putOrForget(upstream, question);
        if (question.isLibraries()) {
            return libraries.wanted(upstream, Page.of(answer, upstream));
        }
        if (question.list().isPresent()) {
            takeMembers(upstream, question.list().get(), Page.of(answer, upstream));
            return List.of();
        }
        if (question.libraryId().isEmpty()) {
            return Page.of(answer, upstream).items("").stream()
                    .filter(item -> Question.LISTS.contains(item.kind()))
                    .toList();
        }
        if (!question.query().containsKey("ParentId")) {
            return ItemParser.item(Entry.of(answer, upstream), question.libraryId()).stream()
                    .toList();
        }
        List<UpstreamItem> items = Page.of(answer, upstream).items(question.libraryId());
        List<UpstreamItem> all = new ArrayList<>(items);
        all.addAll(parents(upstream, items, question.libraryId()));
        return all;
    }

    /** The series and seasons of episodes that the index has not met: a list of episodes shows their names and images. */
    private List<UpstreamItem> parents(UpstreamId upstream, List<UpstreamItem> items, String libraryId) {
        Set<String> wanted = new LinkedHashSet<>(items.stream()
                .flatMap(item -> Stream.of(item.seriesId(), item.seasonId()))
                .filter(id -> !id.isEmpty())
                .toList());
        if (wanted.isEmpty()) {
            return List.of();
        }
        wanted.removeAll(index.idsOf(upstream, wanted).keySet());
        items.forEach(item -> wanted.remove(item.id()));
        List<String> ids = wanted.stream().limit(PARENTS_AT_ONCE).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        Question question = Question.items(Map.of("Ids", String.join(",", ids)), libraryId);
        return Page.of(reader.put(upstream, question), upstream).items(libraryId);
    }

    /**
     * With the members that the index has not met, unless the owner chose libraries: a list does not say which library
     * its members are of. A list that is too long is left to the crawl.
     */
    private void takeMembers(UpstreamId upstream, String list, Page page) {
        if (page.total().orElse(0) > page.size() || page.size() > MEMBERS) {
            return;
        }
        Set<String> unknown = new LinkedHashSet<>(page.ids());
        unknown.removeAll(index.idsOf(upstream, unknown).keySet());
        List<String> ids = unknown.stream().limit(MEMBERS_AT_ONCE).toList();
        if (!ids.isEmpty() && !libraries.areChosen(upstream)) {
            Question question = Question.items(Map.of("Ids", String.join(",", ids)), "");
            learning.learn(
                    upstream, Page.of(reader.put(upstream, question), upstream).items(""));
        }
        learning.members(upstream, Map.of(list, page.ids()));
    }

    private void await(List<CompletableFuture<Void>> all) {
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("An upstream did not answer a list in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking upstreams failed unexpectedly", e);
        }
    }
}
