package org.embygateway.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.Health;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRegistry;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;

/** One upstream with libraries of items, as far as crawling sees it; a test can twist what it says. */
final class FakeServer implements UpstreamCalls {
    static final UpstreamId ID = new UpstreamId(1);

    private final Map<String, String> libraries = new LinkedHashMap<>();
    private final Map<String, List<ObjectNode>> items = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();
    final List<UpstreamRequest> asked = new CopyOnWriteArrayList<>();
    final List<Long> times = new CopyOnWriteArrayList<>();
    volatile UnaryOperator<JsonNode> twist = answer -> answer;
    volatile Optional<UpstreamFault> fault = Optional.empty();
    volatile UpstreamRecord.SyncMode mode = UpstreamRecord.SyncMode.FULL;
    /** The list whose members it fails to give. */
    volatile Optional<String> members = Optional.empty();

    /** The item that breaks every answer it is asked for in by its id. */
    volatile Optional<String> broken = Optional.empty();

    volatile boolean online = true;
    /** How much its clock goes wrong. */
    volatile Duration ahead = Duration.ZERO;

    volatile int mostPerPage = Integer.MAX_VALUE;

    synchronized FakeServer library(String id, String type) {
        libraries.put(id, type);
        items.putIfAbsent(id, new ArrayList<>());
        return this;
    }

    synchronized ObjectNode add(String library, String id, String type, String name) {
        ObjectNode item = EmbyJson.object()
                .put("Id", id)
                .put("Type", type)
                .put("Name", name)
                .put("DateCreated", "2024-01-01T00:00:00.0000000Z");
        item.put("saved", now().toString());
        items.get(library).add(item);
        return item;
    }

    /** A collection or playlist, which lies in no library. */
    synchronized ObjectNode list(String id, String type, String name, String... members) {
        items.putIfAbsent("lists", new ArrayList<>());
        lists.put(id, List.of(members));
        return add("lists", id, type, name).put("ChildCount", members.length);
    }

    /** Other members, without the list being saved. */
    synchronized void holds(String list, String... members) {
        lists.put(list, List.of(members));
        everything().stream()
                .filter(item -> item.path("Id").asText().equals(list))
                .forEach(item -> item.put("ChildCount", members.length));
    }

    FakeServer movies(String library, int from, int count) {
        for (int i = from; i < from + count; i++) {
            add(library, Integer.toString(i), "Movie", "Movie " + i);
        }
        return this;
    }

    synchronized void remove(String library, String id) {
        items.get(library).removeIf(item -> item.path("Id").asText().equals(id));
    }

    @Override
    public byte[] body(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        asked.add(request);
        times.add(System.nanoTime());
        if (Thread.currentThread().isInterrupted()) {
            throw new UpstreamFailed(ID, UpstreamFault.TIMED_OUT, "was no longer waited for");
        }
        fault.ifPresent(f -> {
            throw new UpstreamFailed(ID, f, "as told");
        });
        return EmbyJson.write(twist.apply(answer(request)));
    }

    private synchronized JsonNode answer(UpstreamRequest request) {
        if (members.equals(Optional.ofNullable(request.query().get("ParentId"))) && members.isPresent()) {
            throw new UpstreamFailed(ID, UpstreamFault.BAD_ANSWER, "answers with status 500");
        }
        if (broken.filter(id -> names(request, id)).isPresent()) {
            throw new UpstreamFailed(ID, UpstreamFault.BAD_ANSWER, "answers with status 500");
        }
        if (request.path().endsWith("/Views")) {
            return views();
        }
        if (request.path().startsWith("/Users/{user}/Items/")) {
            return item(request.path().substring("/Users/{user}/Items/".length()));
        }
        return list(request.query());
    }

    private static boolean names(UpstreamRequest request, String id) {
        return request.path().endsWith("/Items/" + id)
                || List.of(request.query().getOrDefault("Ids", "").split(",")).contains(id);
    }

    private JsonNode views() {
        List<ObjectNode> views = new ArrayList<>();
        libraries.forEach((id, type) -> views.add(EmbyJson.object()
                .put("Id", id)
                .put("Name", "Library " + id)
                .put("Type", "CollectionFolder")
                .put("CollectionType", type)));
        return result(views, views.size());
    }

    private JsonNode item(String id) {
        return everything().stream()
                .filter(item -> item.path("Id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new UpstreamFailed(ID, UpstreamFault.NOT_FOUND, "answers with status 404"));
    }

    private List<ObjectNode> everything() {
        return items.values().stream().flatMap(List::stream).toList();
    }

    private JsonNode list(Map<String, String> query) {
        String parent = query.getOrDefault("ParentId", "");
        List<ObjectNode> found = (items.containsKey(parent) ? items.get(parent) : childrenOf(parent))
                .stream().filter(item -> matches(item, query)).toList();
        int start = Math.min(found.size(), Integer.parseInt(query.getOrDefault("StartIndex", "0")));
        int limit = Math.min(mostPerPage, Integer.parseInt(query.getOrDefault("Limit", "100000")));
        return result(found.subList(start, Math.min(found.size(), start + limit)), found.size());
    }

    private List<ObjectNode> childrenOf(String parent) {
        if (lists.containsKey(parent)) {
            return lists.get(parent).stream()
                    .flatMap(id -> everything().stream()
                            .filter(item -> item.path("Id").asText().equals(id)))
                    .toList();
        }
        return everything().stream()
                .filter(item -> parent.isEmpty()
                        || item.path("SeriesId").asText().equals(parent)
                        || item.path("SeasonId").asText().equals(parent))
                .toList();
    }

    private static boolean matches(ObjectNode item, Map<String, String> query) {
        String term = query.getOrDefault("SearchTerm", "").toLowerCase(Locale.ROOT);
        String ids = query.getOrDefault("Ids", "");
        String types = query.getOrDefault("IncludeItemTypes", "");
        return item.path("Name").asText().toLowerCase(Locale.ROOT).contains(term)
                && (ids.isEmpty()
                        || List.of(ids.split(",")).contains(item.path("Id").asText()))
                && (types.isEmpty()
                        || List.of(types.split(",")).contains(item.path("Type").asText()))
                && item.path("saved").asText().compareTo(query.getOrDefault("MinDateLastSaved", "")) >= 0;
    }

    static Entry entry(JsonNode item) {
        return Entry.of(EmbyJson.write(item), ID);
    }

    static ObjectNode result(List<? extends JsonNode> entries, long total) {
        ObjectNode result = EmbyJson.object();
        entries.forEach(result.putArray("Items")::add);
        return result.put("TotalRecordCount", total);
    }

    long calls(String part) {
        return asked.stream().filter(r -> (r.path() + r.query()).contains(part)).count();
    }

    @Override
    public UpstreamResponse send(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        times.add(System.nanoTime());
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atOffset(ZoneOffset.UTC));
        return new UpstreamResponse(200, Headers.of("Date", date), new byte[0], URI.create("http://fake.invalid"));
    }

    private Instant now() {
        return Instant.now().plus(ahead);
    }

    @Override
    public RelaySource media(
            UpstreamId upstream, Actor actor, String path, Map<String, String> query, Headers headers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void refused(RelaySource source, Actor actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String userOn(UpstreamId upstream, Actor actor) {
        return "u1";
    }

    @Override
    public String deviceOn(UpstreamId upstream, Actor actor) {
        return "d1";
    }

    /** The registry that knows this server only. */
    UpstreamRegistry registry() {
        return new UpstreamRegistry() {
            @Override
            public List<UpstreamRecord> all() {
                return List.of(new UpstreamRecord(
                        ID,
                        "Fake",
                        URI.create("http://fake.invalid"),
                        UpstreamRecord.Kind.EMBY,
                        UpstreamRecord.PlaybackMode.PROXY,
                        mode,
                        1,
                        true,
                        false));
            }

            @Override
            public Optional<UpstreamRecord> find(UpstreamId id) {
                return all().stream().filter(r -> r.id().equals(id)).findFirst();
            }

            @Override
            public Health health(UpstreamId id) {
                return new Health(online, Optional.of(Duration.ofMillis(1)), Instant.EPOCH, "");
            }

            @Override
            public List<UpstreamId> routable(Visible visible) {
                return online && visible.includes(ID) ? List.of(ID) : List.of();
            }
        };
    }
}
