package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.Copy;
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

    static Images of(Copy copy, JsonNode document, String serverId) {
        List<Image> images = new ArrayList<>();
        for (Map.Entry<String, JsonNode> tag : document.path("ImageTags").properties()) {
            add(images, copy, serverId, tag.getKey().intern(), 0, tag.getValue());
        }
        if (document.path("BackdropImageTags") instanceof ArrayNode backdrops) {
            for (int i = 0; i < backdrops.size(); i++) {
                add(images, copy, serverId, "Backdrop", i, backdrops.get(i));
            }
        }
        return images.isEmpty() ? NONE : new Images(images);
    }

    private static void add(
            List<Image> images, Copy copy, String serverId, String type, int index, JsonNode upstreamTag) {
        ImageTag tag = ImageTag.of(serverId, copy.upstream(), copy.upstreamItemId(), type, index, upstreamTag.asText());
        images.add(new Image(type, index, copy.upstream().value(), tag));
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
