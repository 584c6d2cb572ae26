package org.embygateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.embygateway.admin.Problem.Fault;
import org.embygateway.index.Merges;
import org.embygateway.index.Merges.Author;
import org.embygateway.index.Merges.Filter;
import org.embygateway.index.Merges.Group;
import org.embygateway.index.Merges.Outcome;
import org.embygateway.index.Merges.Refusal;
import org.embygateway.index.Store;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/** The gateway's own API for merges: what is one and why, what is in doubt, and what an administrator decides instead. */
public final class MergePages {
    private static final int MOST = 100;
    private static final int USUAL = 50;
    private static final int MOST_JOINED = 20;
    private static final Map<String, Filter> FILTERS = Map.of(
            "merged", Filter.MERGED,
            "conflicts", Filter.CONFLICT,
            "suspicions", Filter.SUSPICION,
            "overridden", Filter.OVERRIDDEN);

    private final Merges merges;
    private final MergeJson json;
    private final TitleSearch titles;
    private final Function<Supplier<Outcome>, Outcome> inOrder;
    private final Clock clock;

    /** @param inOrder does an act after all other changes of the index so far, and tells the catalogue what it did */
    public MergePages(Store store, TitleSearch titles, Function<Supplier<Outcome>, Outcome> inOrder, Clock clock) {
        this.merges = store.merges();
        this.json = new MergeJson(store);
        this.titles = titles;
        this.inOrder = inOrder;
        this.clock = clock;
    }

    /**
     * {@code GET /admin/merges?filter=&title=&type=&after=&limit=}. Shape: {@code {"items": [group], "next": string,
     * "counts": {"conflicts", "suspicions", "overridden": int}}}; {@code next} is what to continue after, absent on the
     * last page. With a title, items so called are found whether they are merged or not.
     */
    public Reply list(Call call) {
        String word = call.query().text("filter", "").toLowerCase(Locale.ROOT);
        Optional<Filter> filter = Optional.ofNullable(FILTERS.get(word));
        Optional<String> type = call.query().text("type").filter(name -> !name.isBlank());
        Optional<ItemKind> kind = type.flatMap(ItemKind::named);
        if (!word.isEmpty() && filter.isEmpty()) {
            return invalid("filter", "choice", "filter must be one of merged, conflicts, suspicions, overridden");
        }
        if (type.isPresent() && kind.isEmpty()) {
            return invalid("type", "choice", "type must be a type of items, such as Movie");
        }
        Optional<String> title = call.query().text("title").map(String::trim).filter(t -> !t.isEmpty());
        ObjectNode answer = title.isPresent()
                ? found(call, title.get(), filter, kind)
                : page(call, filter.orElse(Filter.MERGED), kind);
        return Reply.json(answer.set("counts", counts()));
    }

    private static Reply invalid(String parameter, String code, String detail) {
        return Problem.invalid(List.of(new Fault("?" + parameter, code, detail)));
    }

    private ObjectNode found(Call call, String title, Optional<Filter> filter, Optional<ItemKind> kind) {
        List<Group> groups = merges.explain(titles.find(call.signedIn(), title, limit(call))).stream()
                .filter(group -> kind.isEmpty() || kind.get() == group.kind())
                .filter(group -> filter.isEmpty() || passes(group, filter.get()))
                .toList();
        ObjectNode answer = EmbyJson.object();
        answer.putArray("items").addAll(json.groups(groups));
        return answer;
    }

    private ObjectNode page(Call call, Filter filter, Optional<ItemKind> kind) {
        int limit = limit(call);
        List<ItemId> ids = merges.list(filter, kind, number(call, "after").orElse(0), limit);
        List<Group> groups = merges.explain(ids).stream()
                .filter(group -> passes(group, filter))
                .toList();
        ObjectNode answer = EmbyJson.object();
        answer.putArray("items").addAll(json.groups(groups));
        if (ids.size() == limit) {
            answer.put("next", ids.getLast().toString());
        }
        return answer;
    }

    private static boolean passes(Group group, Filter filter) {
        return switch (filter) {
            case MERGED -> group.copies().stream().filter(copy -> !copy.gone()).count() > 1;
            case CONFLICT -> !group.conflicts().isEmpty();
            case SUSPICION -> !group.suspicions().isEmpty();
            case OVERRIDDEN -> !group.rulings().isEmpty();
        };
    }

    private ObjectNode counts() {
        Map<Filter, Integer> counts = merges.counts();
        return EmbyJson.object()
                .put("conflicts", counts.getOrDefault(Filter.CONFLICT, 0))
                .put("suspicions", counts.getOrDefault(Filter.SUSPICION, 0))
                .put("overridden", counts.getOrDefault(Filter.OVERRIDDEN, 0));
    }

    private static int limit(Call call) {
        return Math.clamp(number(call, "limit").orElse(USUAL), 1, MOST);
    }

    private static OptionalInt number(Call call, String name) {
        return call.query().number(name);
    }

    /** {@code GET /admin/merges/{Id}}: the group; also by an id that became part of it. */
    public Reply get(Call call) {
        List<ObjectNode> groups =
                ItemId.parse(call.pathParam("Id")).map(this::groups).orElse(List.of());
        if (groups.isEmpty()) {
            throw new Refused(404, "There is no such item.");
        }
        return Reply.json(groups.getFirst());
    }

    private List<ObjectNode> groups(ItemId id) {
        return json.groups(merges.explain(List.of(id)));
    }

    /** {@code POST /admin/merges/join}, shape {@code {"items": [id]}}: two or more items become one. */
    public Reply join(Call call) {
        MergeRequest request = new MergeRequest(call);
        List<ItemId> items = request.items("items", 2, MOST_JOINED);
        return request.faults().isEmpty()
                ? answer(201, () -> merges.join(items, author(call)))
                : Problem.invalid(request.faults());
    }

    /** {@code POST /admin/merges/never}, shape {@code {"items": [id, id]}}: the two will not be one. */
    public Reply never(Call call) {
        MergeRequest request = new MergeRequest(call);
        List<ItemId> items = request.items("items", 2, 2);
        return request.faults().isEmpty()
                ? answer(201, () -> merges.never(items.getFirst(), items.getLast(), author(call)))
                : Problem.invalid(request.faults());
    }

    /** {@code POST /admin/merges/split}, shape {@code {"item": id, "copies": [id]}}: these copies become an item. */
    public Reply split(Call call) {
        MergeRequest request = new MergeRequest(call);
        Optional<ItemId> item = request.item("item");
        List<Integer> copies = request.copies("copies");
        return request.faults().isEmpty()
                ? answer(201, () -> merges.split(item.orElseThrow(), copies, author(call)))
                : Problem.invalid(request.faults());
    }

    /** {@code POST /admin/merges/overrides/{Id}/undo}: as if the act had never been. */
    public Reply undo(Call call) {
        int override = ItemId.parse(call.pathParam("Id")).map(ItemId::value).orElse(0);
        return answer(200, () -> merges.undo(override, author(call)));
    }

    /** {@code GET /admin/merges/overrides?before=&limit=}: all acts, the latest first. */
    public Reply overrides(Call call) {
        int limit = limit(call);
        var entries = merges.journal(number(call, "before").orElse(Integer.MAX_VALUE), limit);
        ObjectNode answer = EmbyJson.object();
        ArrayNode items = answer.putArray("items");
        items.addAll(json.overrides(entries));
        if (entries.size() == limit) {
            answer.put("next", Integer.toString(entries.getLast().id()));
        }
        return Reply.json(answer);
    }

    private Author author(Call call) {
        Caller caller = call.signedIn();
        return new Author(caller.user(), caller.userName(), clock.instant());
    }

    private Reply answer(int status, Supplier<Outcome> act) {
        return switch (inOrder.apply(act)) {
            case Outcome.Refused(Refusal why) -> refusal(why);
            case Outcome.Done(int ruling, var _, List<ItemId> items) -> {
                ObjectNode answer = EmbyJson.object();
                merges.find(ruling)
                        .ifPresent(entry -> answer.set(
                                "override", json.overrides(List.of(entry)).getFirst()));
                answer.putArray("items").addAll(json.groups(merges.explain(items)));
                yield new Reply.Json(status, EmbyJson.write(answer));
            }
        };
    }

    private static Reply refusal(Refusal why) {
        return switch (why) {
            case UNKNOWN_ITEM -> Problem.of(404, "merge.unknown-item", "There is no such item.");
            case UNKNOWN_RULING -> Problem.of(404, "merge.unknown-override", "There is no such override.");
            case NO_COPY_OF_IT ->
                Problem.invalid(List.of(new Fault("#/copies", "copies", "copies must be copies of the item")));
            case NOTHING_WOULD_REMAIN -> Problem.of(409, "merge.nothing-remains", "No copy would remain in the item.");
            case ONE_ITEM_ALREADY -> Problem.of(409, "merge.one-already", "These ids mean one item.");
            case OTHER_KIND -> Problem.of(409, "merge.other-type", "The items are of different types.");
            case OTHER_SERIES -> Problem.of(409, "merge.other-series", "The items are not of one series.");
            case OTHER_ALBUM -> Problem.of(409, "merge.other-album", "The songs are not of one album.");
            case UNDONE_ALREADY -> Problem.of(409, "merge.undone-already", "This override is undone already.");
        };
    }
}
