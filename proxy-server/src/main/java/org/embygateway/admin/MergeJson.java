package org.embygateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.Merges.CopyFacts;
import org.embygateway.index.Merges.Doubt;
import org.embygateway.index.Merges.Group;
import org.embygateway.index.Merges.JournalEntry;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/** Merges as an administrator sees them: servers by name, and nothing of where they are or where files lie. */
final class MergeJson {
    private static final long TICKS_PER_MILLI = 10_000;

    private final Store store;

    MergeJson(Store store) {
        this.store = store;
    }

    /** In the order of the groups. */
    List<ObjectNode> groups(Collection<Group> groups) {
        Map<UpstreamId, String> servers = servers();
        Map<ItemId, String> titles = titles(groups);
        return groups.stream().map(group -> group(group, servers, titles)).toList();
    }

    private Map<UpstreamId, String> servers() {
        return store.upstreams().all().stream().collect(Collectors.toMap(UpstreamRecord::id, UpstreamRecord::name));
    }

    /** Of the other items that conflicts and suspicions are about. */
    private Map<ItemId, String> titles(Collection<Group> groups) {
        List<ItemId> others = groups.stream()
                .flatMap(group -> Stream.concat(group.conflicts().stream(), group.suspicions().stream()))
                .flatMap(doubt -> doubt.with().stream())
                .distinct()
                .toList();
        Map<ItemId, String> titles = new HashMap<>();
        store.media().read(others).forEach(item -> titles.put(item.id(), item.name()));
        return titles;
    }

    private static ObjectNode group(Group group, Map<UpstreamId, String> servers, Map<ItemId, String> titles) {
        CopyFacts first = group.copies().getFirst();
        ObjectNode json = EmbyJson.object()
                .put("id", group.id().toString())
                .put("type", group.kind().wireName())
                .put("title", first.title());
        number(json, "year", first.year());
        json.set("copies", copies(group.copies(), servers));
        ArrayNode reasons = json.putArray("reasons");
        group.reasons().forEach(why -> {
            ObjectNode reason = reasons.addObject().put("text", why.text());
            ArrayNode copies = reason.putArray("copies");
            why.copies().forEach(copy -> copies.add(Integer.toString(copy)));
            why.ruling().ifPresent(ruling -> reason.put("override", Integer.toString(ruling)));
        });
        json.set("conflicts", doubts(group.conflicts(), titles));
        json.set("suspicions", doubts(group.suspicions(), titles));
        ArrayNode former = json.putArray("formerIds");
        group.formerIds().forEach(id -> former.add(id.toString()));
        ArrayNode overrides = json.putArray("overrides");
        group.rulings().forEach(ruling -> overrides.add(Integer.toString(ruling)));
        return json;
    }

    private static ArrayNode doubts(List<Doubt> doubts, Map<ItemId, String> titles) {
        ArrayNode json = EmbyJson.MAPPER.createArrayNode();
        for (Doubt doubt : doubts) {
            ObjectNode entry = json.addObject().put("text", doubt.text());
            doubt.with()
                    .ifPresent(other -> entry.putObject("with")
                            .put("id", other.toString())
                            .put("title", titles.getOrDefault(other, "")));
        }
        return json;
    }

    private static ArrayNode copies(List<CopyFacts> copies, Map<UpstreamId, String> servers) {
        ArrayNode json = EmbyJson.MAPPER.createArrayNode();
        copies.forEach(copy -> json.add(copy(copy, servers)));
        return json;
    }

    private static ObjectNode copy(CopyFacts copy, Map<UpstreamId, String> servers) {
        ObjectNode json = EmbyJson.object().put("id", Integer.toString(copy.id()));
        ObjectNode server = json.putObject("server").put("id", copy.upstream().toString());
        String name = servers.get(copy.upstream());
        if (name == null) {
            server.put("removed", true);
        } else {
            server.put("name", name);
        }
        json.put("serverItemId", copy.upstreamItemId())
                .put("item", copy.item().toString())
                .put("gone", copy.gone())
                .put("title", copy.title());
        number(json, "year", copy.year());
        if (copy.runTimeTicks() > 0) {
            json.put("runTimeMs", copy.runTimeTicks() / TICKS_PER_MILLI);
        }
        number(json, copy.kind() == ItemKind.AUDIO ? "disc" : "season", copy.parentIndex());
        number(json, "number", copy.index());
        number(json, "lastNumber", copy.indexEnd());
        copy.premiere().ifPresent(day -> json.put("premiere", day.toString()));
        ObjectNode ids = json.putObject("providerIds");
        copy.providerIds().forEach(ids::put);
        return json;
    }

    private static void number(ObjectNode json, String name, OptionalInt value) {
        value.ifPresent(number -> json.put(name, number));
    }

    List<ObjectNode> overrides(Collection<JournalEntry> entries) {
        Map<UpstreamId, String> servers = servers();
        return entries.stream().map(entry -> override(entry, servers)).toList();
    }

    private static ObjectNode override(JournalEntry entry, Map<UpstreamId, String> servers) {
        ObjectNode json = EmbyJson.object()
                .put("id", Integer.toString(entry.id()))
                .put("act", entry.act().name().toLowerCase(Locale.ROOT))
                .put("madeAt", entry.made().toString())
                .put("madeBy", entry.madeBy());
        entry.undone().ifPresent(at -> json.put("undoneAt", at.toString()));
        entry.undoneBy().ifPresent(by -> json.put("undoneBy", by));
        json.set("copies", copies(entry.one(), servers));
        json.set("apartFrom", copies(entry.other(), servers));
        return json;
    }
}
