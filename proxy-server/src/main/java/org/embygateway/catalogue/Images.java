package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.rewrite.ImageTag;

/**
 * The pictures of an item: per type those of the first copy that has any, so that the indices of one type belong
 * together.
 */
record Images(List<Image> all) {
    static final Images NONE = new Images(List.of());

    /** @param upstream number of the upstream it comes from */
    record Image(String type, int index, int upstream, ImageTag tag) {}

    Images {
        all = List.copyOf(all);
    }

    /** @param serverId of the gateway */
    static Images of(UpstreamId upstream, String upstreamItemId, JsonNode document, String serverId) {
        Tags tags = (type, index, said) -> new Image(
                type,
                index,
                upstream.value(),
                ImageTag.of(serverId, upstream, upstreamItemId, type, index, said.asText()));
        List<Image> images = new ArrayList<>();
        for (Map.Entry<String, JsonNode> tag : document.path("ImageTags").properties()) {
            images.add(tags.image(tag.getKey().intern(), 0, tag.getValue()));
        }
        if (document.path("BackdropImageTags") instanceof ArrayNode backdrops) {
            for (int i = 0; i < backdrops.size(); i++) {
                images.add(tags.image("Backdrop", i, backdrops.get(i)));
            }
        }
        return images.isEmpty() ? NONE : new Images(images);
    }

    private interface Tags {
        Image image(String type, int index, JsonNode upstreamTag);
    }

    /** These, and of {@code others} the types that are missing here. */
    Images filledFrom(Images others) {
        List<Image> missing =
                others.all.stream().filter(image -> !has(image.type)).toList();
        if (missing.isEmpty()) {
            return this;
        }
        List<Image> union = new ArrayList<>(all);
        union.addAll(missing);
        return new Images(union);
    }

    boolean has(String type) {
        return find(type, 0).isPresent();
    }

    /** Whether there is one of the type, written exactly so. */
    boolean hasExactly(String type) {
        for (Image image : all) {
            if (image.type.equals(type)) {
                return true;
            }
        }
        return false;
    }

    Optional<Image> find(String type, int index) {
        for (Image image : all) {
            if (image.index == index && image.type.equalsIgnoreCase(type)) {
                return Optional.of(image);
            }
        }
        return Optional.empty();
    }
}
