package org.embygateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Passage;
import org.embygateway.index.Store;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.Upstreams;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.Health;
import org.embygateway.upstream.LiveRegistry;
import org.embygateway.upstream.Trial;

/** Servers as an administrator sees them: camelCase, times in UTC, durations in milliseconds, never a password. */
final class ServerJson {
    private final LiveRegistry registry;
    private final MediaIndex index;
    private final SyncStates states;
    private final Upstreams upstreams;
    private final Indexing indexing;

    ServerJson(LiveRegistry registry, Store store, Indexing indexing) {
        this.registry = registry;
        this.index = store.media();
        this.states = store.syncStates();
        this.upstreams = store.upstreams();
        this.indexing = indexing;
    }

    ObjectNode server(UpstreamRecord record, Optional<AccountRecord> account) {
        UpstreamId id = record.id();
        ObjectNode json = EmbyJson.object()
                .put("id", id.toString())
                .put("name", record.name())
                .put("url", record.url().toString())
                .put("kind", word(record.kind()))
                .put("playback", word(record.playback()))
                .put("syncMode", word(record.sync()))
                .put("priority", record.priority())
                .put("enabled", record.enabled())
                .put("configured", record.configured())
                .put("streamsAtOnce", upstreams.streamsAtOnce(id));
        rules(json, states.rules(id));
        passage(json, upstreams.passage(id));
        registry.version(id).ifPresent(version -> json.put("version", version));
        account.ifPresent(a -> json.put("username", a.username())
                .put("hasPassword", !a.password().value().isEmpty()));
        json.set("health", health(record));
        registry.health(id).latency().ifPresent(latency -> json.put("latencyMs", latency.toMillis()));
        json.putObject("counts").put("items", index.copies(id));
        json.set("sync", sync(record));
        return json;
    }

    private static void passage(ObjectNode json, Passage passage) {
        ArrayNode lines = json.putArray("lines");
        passage.lines().forEach(line -> lines.add(line.toString()));
        passage.proxy().ifPresent(proxy -> json.put("proxy", proxy.toString()));
        if (!passage.certificates().isEmpty()) {
            json.put("certificates", passage.certificates());
        }
    }

    private static void rules(ObjectNode json, SyncRules rules) {
        json.put("requestsPerSecond", rules.requestsPerSecond()).put("requestsAtOnce", rules.requestsAtOnce());
        rules.include().forEach(json.putArray("includeLibraries")::add);
        rules.exclude().forEach(json.putArray("excludeLibraries")::add);
    }

    private ObjectNode health(UpstreamRecord record) {
        if (!record.enabled()) {
            return EmbyJson.object().put("state", "disabled");
        }
        Health health = registry.health(record.id());
        ObjectNode json = EmbyJson.object()
                .put("state", health.online() ? "online" : "offline")
                .put("since", health.since().toString());
        return health.reason().isEmpty() ? json : json.put("lastError", "The server " + health.reason() + ".");
    }

    ObjectNode sync(UpstreamRecord record) {
        Indexing.Progress progress = indexing.progress(record.id());
        ObjectNode json = EmbyJson.object()
                .put("serverId", record.id().toString())
                .put("mode", word(record.sync()))
                .put("phase", progress.phase())
                .put("done", progress.done())
                .put("ratePerSec", tenths(progress.perSecond()))
                .put("fullyIndexed", progress.fullyIndexed())
                .put("errors", progress.errors())
                .put("listens", progress.listens());
        progress.total().ifPresent(total -> json.put("total", total));
        progress.left().map(Duration::toMillis).ifPresent(left -> json.put("etaMs", left));
        progress.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
        progress.lastFull().ifPresent(at -> json.put("lastFullAt", at.toString()));
        progress.lastChanges().ifPresent(at -> json.put("lastDeltaAt", at.toString()));
        progress.nextRun().ifPresent(at -> json.put("nextRunAt", at.toString()));
        progress.paused()
                .ifPresent(paused ->
                        json.putObject("paused").put("code", paused.code()).put("detail", paused.words()));
        progress.lastFailure()
                .ifPresent(failure -> json.putObject("lastError")
                        .put("detail", failure.words())
                        .put("at", failure.at().toString()));
        if (!progress.libraries().isEmpty()) {
            ArrayNode libraries = json.putArray("libraries");
            progress.libraries().forEach(library -> libraries.add(library(library)));
        }
        return progress.waitsFor().isEmpty() ? json : json.put("waitsFor", progress.waitsFor());
    }

    private static ObjectNode library(Indexing.Library library) {
        ObjectNode json = EmbyJson.object()
                .put("name", library.name())
                .put("state", library.state())
                .put("done", library.done())
                .put("ratePerSec", tenths(library.perSecond()));
        library.total().ifPresent(total -> json.put("total", total));
        library.left().map(Duration::toMillis).ifPresent(left -> json.put("etaMs", left));
        return json;
    }

    private static double tenths(double rate) {
        return Math.round(rate * 10) / 10.0;
    }

    static ObjectNode trial(Trial.Result result) {
        ObjectNode json = EmbyJson.object().put("ok", result.ok());
        var steps = json.putArray("steps");
        for (Trial.Step step : result.steps()) {
            ObjectNode entry = steps.addObject()
                    .put("name", step.name())
                    .put("ok", step.ok())
                    .put("ms", step.took().toMillis())
                    .put("detail", step.detail());
            if (!step.code().isEmpty()) {
                entry.put("code", step.code());
            }
        }
        if (!result.kind().isEmpty()) {
            json.putObject("serverInfo")
                    .put("id", result.serverId())
                    .put("name", result.serverName())
                    .put("version", result.version())
                    .put("kind", result.kind().toLowerCase(Locale.ROOT));
        }
        result.libraries().forEach(json.putArray("libraries")::add);
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
