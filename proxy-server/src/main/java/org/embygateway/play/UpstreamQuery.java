package org.embygateway.play;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.protocol.Params;

/** The query of a media request in an upstream's names: ids and credentials replaced or left out, the rest as it came. */
final class UpstreamQuery {
    /** Credentials, cache busters and second spellings of what the path says. */
    private static final Set<String> LEFT_OUT = Set.of(
            "api_key",
            "apikey",
            "tag",
            "deviceprofileid",
            "itemid",
            "id",
            "index",
            "routeitemid",
            "routemediasourceid",
            "routeindex",
            "serverid",
            "opentoken",
            "enableremotemedia",
            "enableredirection");

    private UpstreamQuery() {}

    /**
     * @param session the upstream's play session id; empty to name none
     * @param device the device id that the upstream knows
     * @param live the upstream's live stream id
     */
    static Map<String, String> of(
            Params query,
            Target target,
            MediaPath path,
            Optional<String> session,
            String device,
            Optional<String> live) {
        Map<String, String> asked = new LinkedHashMap<>();
        query.all().forEach((name, values) -> {
            Optional<String> value = values.stream().filter(v -> !v.isEmpty()).findFirst();
            value.filter(v -> passes(name)).ifPresent(v -> asked.put(name, v));
        });
        boolean segment = path.kind() == MediaPath.Kind.SEGMENT;
        boolean needsSource = path.source().isEmpty()
                && (!segment || query.text("MediaSourceId").isPresent());
        if (needsSource && !target.upstreamSource().isEmpty()) {
            asked.put("MediaSourceId", target.upstreamSource());
        }
        session.ifPresent(s -> asked.put("PlaySessionId", s));
        if (!segment || query.text("DeviceId").isPresent()) {
            asked.put("DeviceId", device);
        }
        query.text("UserId").ifPresent(u -> asked.put("UserId", "{user}"));
        live.ifPresent(l -> asked.put("LiveStreamId", l));
        return asked;
    }

    private static boolean passes(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !LEFT_OUT.contains(lower)
                && !lower.startsWith("x-emby-")
                && !lower.startsWith("x-mediabrowser-")
                && switch (lower) {
                    case "mediasourceid", "playsessionid", "deviceid", "userid", "livestreamid" -> false;
                    default -> true;
                };
    }
}
