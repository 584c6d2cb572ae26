package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.rewrite.MediaSourceRewrite;
import org.embygateway.rewrite.MediaUrls;

/**
 * An upstream's media source as one client may see it, with URLs that lead through the gateway: from its root, without
 * {@code /emby} (clients put that in front), with the client's own token.
 *
 * <p>Emby API: {@code MediaSourceInfo} of {@code PlaybackInfo} and {@code LiveStreams/Open}.
 */
final class SourceView {
    private final MediaSourceRewrite rewrite;
    private final OpaqueValues opaque;

    SourceView(MediaSourceRewrite rewrite, OpaqueValues opaque) {
        this.rewrite = rewrite;
        this.opaque = opaque;
    }

    /** A new document; the upstream's stays as it is. */
    ObjectNode show(ObjectNode source, Target target, MediaSourceId id, UpstreamRecord upstream, ClientNames names) {
        ObjectNode shown = rewrite.rewrite(source, id, target.upstream(), target.upstreamVersion());
        MediaUrls urls = new MediaUrls(upstream.url(), names);
        shown.put("Path", "/media/" + id.version() + ending(source));
        wrap(source, shown, target);
        directStream(source, shown, id, urls, names);
        url(source, "TranscodingUrl").ifPresent(u -> shown.put("TranscodingUrl", urls.forDocument(u, id.toString())));
        streams(source, shown, urls);
        attachments(source, shown, urls);
        return shown;
    }

    private void wrap(ObjectNode source, ObjectNode shown, Target target) {
        for (Map.Entry<String, OpaqueValues.Kind> field : Map.of(
                        "LiveStreamId", OpaqueValues.Kind.LIVE_STREAM, "OpenToken", OpaqueValues.Kind.OPEN_TOKEN)
                .entrySet()) {
            url(source, field.getKey())
                    .ifPresent(v -> shown.put(field.getKey(), opaque.wrap(field.getValue(), target.upstream(), v)));
        }
    }

    private static void directStream(
            ObjectNode source, ObjectNode shown, MediaSourceId id, MediaUrls urls, ClientNames names) {
        boolean direct = source.path("SupportsDirectStream").asBoolean()
                || source.path("SupportsDirectPlay").asBoolean();
        url(source, "DirectStreamUrl")
                .or(() -> direct ? Optional.of(built(source, names)) : Optional.empty())
                .ifPresent(u -> shown.put("DirectStreamUrl", urls.forDocument(u, id.toString())));
    }

    /** Some servers leave it to clients to build this one. */
    private static String built(ObjectNode source, ClientNames names) {
        String upstreamItem = names.upstreamItems().iterator().next();
        String live = source.path("LiveStreamId").asText("");
        String device = "DeviceId=x"
                + (live.isEmpty() ? "" : "&LiveStreamId=" + URLEncoder.encode(live, StandardCharsets.UTF_8));
        boolean audio = isAudio(source);
        String ending = ending(source);
        if (!audio && live.isEmpty() && !ending.isEmpty()) {
            return "/videos/" + upstreamItem + "/original" + ending + "?" + device;
        }
        return (audio ? "/audio/" : "/videos/") + upstreamItem + "/stream" + ending + "?static=true&" + device;
    }

    private static boolean isAudio(ObjectNode source) {
        boolean audio = false;
        for (JsonNode stream : source.path("MediaStreams")) {
            String type = stream.path("Type").asText();
            if (type.equals("Video")) {
                return false;
            }
            audio |= type.equals("Audio");
        }
        return audio;
    }

    private static String ending(ObjectNode source) {
        String container = source.path("Container").asText("").split(",", -1)[0].toLowerCase(Locale.ROOT);
        return container.matches("[a-z0-9]{1,8}") ? "." + container : "";
    }

    private static void streams(ObjectNode source, ObjectNode shown, MediaUrls urls) {
        JsonNode before = source.path("MediaStreams");
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i) instanceof ObjectNode was
                    && shown.path("MediaStreams").path(i) instanceof ObjectNode is) {
                url(was, "DeliveryUrl").ifPresent(u -> {
                    is.put("DeliveryUrl", urls.forDocument(u, ""));
                    is.put("IsExternalUrl", false);
                });
                if (is.has("Protocol")) {
                    is.put("Protocol", "File");
                }
            }
        }
    }

    /** Fonts, as Jellyfin lists them. */
    private static void attachments(ObjectNode source, ObjectNode shown, MediaUrls urls) {
        if (!(source.path("MediaAttachments") instanceof ArrayNode before)) {
            return;
        }
        ArrayNode after = shown.putArray("MediaAttachments");
        for (JsonNode attachment : before) {
            ObjectNode copy = after.addObject();
            for (String field : new String[] {"Codec", "CodecTag", "Comment", "FileName", "MimeType", "Index"}) {
                if (attachment.hasNonNull(field)) {
                    copy.set(field, attachment.get(field));
                }
            }
            url(attachment, "DeliveryUrl").ifPresent(u -> copy.put("DeliveryUrl", urls.forDocument(u, "")));
        }
    }

    private static Optional<String> url(JsonNode node, String field) {
        return Optional.of(node.path(field).asText(""))
                .filter(t -> !t.isEmpty() && !node.path(field).isNull());
    }
}
