package org.embygateway.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;

/**
 * Makes an upstream's {@code MediaSourceInfo} the gateway's own: gateway ids, no path, no address, no header a client
 * would have to send elsewhere. What is left out and has to be made anew for playing: {@code DirectStreamUrl},
 * {@code TranscodingUrl}, {@code LiveStreamId}, {@code OpenToken} and the {@code DeliveryUrl} of streams.
 */
public final class MediaSourceRewrite {
    private final String serverId;

    /** @param serverId the gateway's */
    public MediaSourceRewrite(String serverId) {
        this.serverId = serverId;
    }

    /**
     * A new document; the source stays as it is. {@code MediaStreams} is always there, in the upstream's order, so that
     * streams can be matched by position.
     *
     * @param upstreamItem the upstream's id of the version, for the tags of its chapter images
     */
    public ObjectNode rewrite(ObjectNode source, MediaSourceId id, UpstreamId upstream, String upstreamItem) {
        ObjectNode result = EmbyJson.object();
        result.put("Protocol", "File");
        result.put("Id", id.toString());
        result.setAll(EmbyTables.MEDIA_SOURCE.clean(source));
        result.put("ItemId", id.version().toString());
        result.put("ServerId", serverId);
        result.put("IsRemote", false);
        if (!result.has("Type")) {
            result.put("Type", "Default");
        }
        if (!(result.get("MediaStreams") instanceof ArrayNode)) {
            result.putArray("MediaStreams");
        }
        tagChapters(source, result, upstream, upstreamItem);
        return result;
    }

    /** Gives the chapters of {@code result} the gateway's tags in place of those that {@code source} has. */
    public void tagChapters(ObjectNode source, ObjectNode result, UpstreamId upstream, String upstreamItem) {
        JsonNode chapters = source.path("Chapters");
        for (int i = 0; i < chapters.size(); i++) {
            String tag = chapters.path(i).path("ImageTag").asText("");
            if (!tag.isEmpty() && result.path("Chapters").path(i) instanceof ObjectNode chapter) {
                chapter.put(
                        "ImageTag",
                        ImageTag.of(serverId, upstream, upstreamItem, "Chapter", i, tag)
                                .toString());
            }
        }
    }
}
