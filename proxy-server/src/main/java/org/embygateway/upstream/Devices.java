package org.embygateway.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.index.Settings;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.WouldWait;

/**
 * The device ids that upstreams know us by: one for the gateway itself, one for trials, and one for each client device of
 * each user, up to a limit per upstream, beyond which all further devices share the gateway's. Which devices have one is kept, so that
 * a restart does not hand the places to others.
 */
final class Devices {
    private static final String SETTING = "upstream-devices.";
    /** The gateway's own device, and the one that trials sign in with. */
    private static final int NOT_CLIENTS = 2;

    private final String serverId;
    private final Settings settings;
    private final int limit;
    private final Map<UpstreamId, List<String>> own = new ConcurrentHashMap<>();

    /** @param limit device entries per upstream, at least 1 */
    Devices(String serverId, Settings settings, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("devices per upstream: %d (expected: >= 1)".formatted(limit));
        }
        this.serverId = serverId;
        this.settings = settings;
        this.limit = limit;
    }

    String of(UpstreamId upstream, Actor actor) {
        if (actor.client().deviceId().isEmpty()) {
            return gateway(upstream);
        }
        String user = actor.user().map(Object::toString).orElse("gateway");
        String wanted = derived(upstream, user + "\n" + actor.client().deviceId());
        return place(upstream, wanted).contains(wanted) ? wanted : gateway(upstream);
    }

    private String gateway(UpstreamId upstream) {
        return derived(upstream, "");
    }

    private String derived(UpstreamId upstream, String whose) {
        return Hex32.of(serverId + "\n" + upstream + "\n" + whose);
    }

    /** The devices with a place of their own, with the wanted one among them while there is room. */
    private List<String> place(UpstreamId upstream, String wanted) {
        List<String> known = own.get(upstream);
        if (known != null && hasOrIsFull(known, wanted)) {
            return known;
        }
        WouldWait.check();
        return own.compute(upstream, (id, now) -> added(id, now == null ? kept(id) : now, wanted));
    }

    private boolean hasOrIsFull(List<String> taken, String wanted) {
        return taken.contains(wanted) || taken.size() >= limit - NOT_CLIENTS;
    }

    private List<String> kept(UpstreamId upstream) {
        return settings.find(SETTING + upstream)
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split(",")))
                .orElse(List.of());
    }

    private List<String> added(UpstreamId upstream, List<String> taken, String wanted) {
        if (hasOrIsFull(taken, wanted)) {
            return taken;
        }
        List<String> more = new ArrayList<>(taken);
        more.add(wanted);
        settings.put(SETTING + upstream, String.join(",", more));
        return List.copyOf(more);
    }
}
