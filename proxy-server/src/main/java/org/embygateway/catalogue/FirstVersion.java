package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.embygateway.index.Copy;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.rewrite.Versions;

/**
 * What lists say of the version that an item's document has first, and what decides that it is the first. Of an item
 * without versions, what its document says of itself.
 *
 * @param isVersion whether there is one
 * @param container empty when unknown
 * @param runTime in ticks, 0 when unknown; width and height likewise
 * @param highRange whether the picture has more than the standard dynamic range
 */
record FirstVersion(
        boolean isVersion, String container, long runTime, int width, int height, boolean highRange, long bitrate) {
    static final FirstVersion NONE = new FirstVersion(false, "", 0, 0, 0, false, 0);

    /** As {@link Versions#BEST_FIRST}, the other way round. */
    private static final Comparator<FirstVersion> WORST_FIRST = Comparator.comparing(FirstVersion::isVersion)
            .thenComparingInt(version -> version.width * version.height)
            .thenComparing(FirstVersion::highRange)
            .thenComparingLong(FirstVersion::bitrate);

    static FirstVersion of(JsonNode document, List<Copy.Source> sources, ItemKind kind) {
        Optional<ObjectNode> first = kind.isPlayable()
                ? sources.stream()
                        .map(source -> source(document, source))
                        .reduce(BinaryOperator.minBy(Versions.BEST_FIRST))
                : Optional.empty();
        return first.map(source -> of(document, source))
                .orElseGet(() -> new FirstVersion(
                        false,
                        document.path("Container").asText(""),
                        document.path("RunTimeTicks").asLong(0),
                        document.path("Width").asInt(0),
                        document.path("Height").asInt(0),
                        false,
                        0));
    }

    private static FirstVersion of(JsonNode document, ObjectNode source) {
        JsonNode video = Versions.video(source);
        String container = source.path("Container").asText("");
        return new FirstVersion(
                true,
                (container.isEmpty() ? document.path("Container").asText("") : container).intern(),
                Math.max(0, source.path("RunTimeTicks").asLong(0)),
                video.path("Width").asInt(0),
                video.path("Height").asInt(0),
                Versions.hasHighRange(source),
                source.path("Bitrate").asLong(0));
    }

    /** A version as its upstream tells of it, or as far as it is known from its item. */
    static ObjectNode source(JsonNode document, Copy.Source source) {
        for (JsonNode candidate : document.path("MediaSources")) {
            if (candidate instanceof ObjectNode object
                    && object.path("Id").asText("").equals(source.upstreamSourceId())) {
                return object;
            }
        }
        ObjectNode bare = EmbyJson.object();
        if (source.size() > 0) {
            bare.put("Size", source.size());
        }
        bare.put("RunTimeTicks", source.runTimeTicks());
        for (String field : new String[] {"Container", "Bitrate", "MediaStreams"}) {
            if (document.hasNonNull(field)) {
                bare.set(field, document.get(field));
            }
        }
        return bare;
    }

    /** That of most items with these facts, for which it need not be kept. */
    static FirstVersion usual(Facts facts, ItemKind kind) {
        return usual(facts.tech(), facts.runTime(), facts.bitrate(), kind);
    }

    static FirstVersion usual(Tech tech, long runTime, int bitrate, ItemKind kind) {
        if (runTime == 0 && tech == Tech.NONE) {
            return NONE;
        }
        String container = tech.containers().size() == 1 ? tech.containers().getFirst() : "";
        boolean isVersion = kind.isPlayable() && !container.isEmpty();
        return new FirstVersion(
                isVersion,
                container,
                runTime,
                tech.width(),
                tech.height(),
                isVersion && hasHighRange(tech),
                isVersion ? bitrate : 0);
    }

    private static boolean hasHighRange(Tech tech) {
        for (String type : tech.extendedVideoTypes()) {
            if (!type.equals("None")) {
                return true;
            }
        }
        return false;
    }

    FirstVersion orBetter(FirstVersion other) {
        return WORST_FIRST.compare(this, other) < 0 ? other : this;
    }
}
