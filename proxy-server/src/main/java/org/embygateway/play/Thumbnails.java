package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.rewrite.ImageTag;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRequest;

/**
 * The seek thumbnails of a version.
 *
 * <p>Emby API: {@code getItemsByIdThumbnailset}. Shape: {@code {"AspectRatio": double, "Thumbnails":
 * [{"PositionTicks": int64, "ImageTag": string}]}}.
 */
public final class Thumbnails {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final UpstreamCalls calls;
    private final Choosing choosing;
    private final String serverId;

    Thumbnails(UpstreamCalls calls, Choosing choosing, String serverId) {
        this.calls = calls;
        this.choosing = choosing;
        this.serverId = serverId;
    }

    /** {@code GET /Items/{Id}/ThumbnailSet}. */
    public Reply set(Call call) {
        Caller caller = call.signedIn();
        Target target = choosing.choose(caller, call.pathParam("Id"), Optional.empty(), call.query())
                .copies()
                .getFirst();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("UserId", "{user}");
        call.query().number("Width").ifPresent(w -> query.put("Width", Integer.toString(w)));
        if (!target.upstreamSource().isEmpty()) {
            query.put("MediaSourceId", target.upstreamSource());
        }
        String path = "/Items/" + Segments.encode(target.upstreamItem()) + "/ThumbnailSet";
        return Reply.json(shown(
                target, calls.json(target.upstream(), Asker.of(caller), UpstreamRequest.get(path, query, LIMIT))));
    }

    private ObjectNode shown(Target target, JsonNode set) {
        ObjectNode shown = EmbyJson.object();
        if (set.path("AspectRatio").isNumber()) {
            shown.set("AspectRatio", set.get("AspectRatio"));
        }
        ArrayNode thumbnails = shown.putArray("Thumbnails");
        for (JsonNode thumbnail : set.path("Thumbnails")) {
            long position = thumbnail.path("PositionTicks").asLong();
            String tag = thumbnail.path("ImageTag").asText("");
            ObjectNode one = thumbnails.addObject().put("PositionTicks", position);
            if (!tag.isEmpty()) {
                String text = position + tag;
                one.put(
                        "ImageTag",
                        ImageTag.of(serverId, target.upstream(), target.upstreamItem(), "Thumbnail", 0, text)
                                .toString());
            }
        }
        return shown;
    }
}
