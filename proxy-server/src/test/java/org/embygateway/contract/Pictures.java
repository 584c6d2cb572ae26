package org.embygateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The picture addresses that the app makes from the items it is shown. */
final class Pictures {
    private static final Map<String, List<String>> OF_OTHERS = Map.of(
            "SeriesPrimaryImageTag", List.of("SeriesId", "Primary"),
            "ParentThumbImageTag", List.of("ParentThumbItemId", "Thumb"),
            "ParentLogoImageTag", List.of("ParentLogoItemId", "Logo"),
            "ParentPrimaryImageTag", List.of("ParentPrimaryImageItemId", "Primary"),
            "ImageTag", List.of("PrimaryImageItemId", "Primary"),
            "PrimaryImageTag", List.of("Id", "Primary"));

    private final Set<String> paths = new LinkedHashSet<>();

    /** Paths without credentials. */
    Set<String> paths() {
        return paths;
    }

    void learn(JsonNode node) {
        if (node.isObject() && !node.has("Policy")) {
            String id = node.path("Id").asText();
            node.path("ImageTags").properties().forEach(tag -> add(id, tag.getKey(), tag.getValue()));
            backdrops(id, node.path("BackdropImageTags"));
            backdrops(node.path("ParentBackdropItemId").asText(), node.path("ParentBackdropImageTags"));
            OF_OTHERS.forEach((tag, of) -> {
                if (node.has(tag)) {
                    add(node.path(of.getFirst()).asText(), of.getLast(), node.path(tag));
                }
            });
        }
        node.forEach(this::learn);
    }

    private void backdrops(String id, JsonNode tags) {
        for (int i = 0; i < tags.size(); i++) {
            add(id, "Backdrop/" + i, tags.path(i));
        }
    }

    private void add(String id, String type, JsonNode tag) {
        paths.add("/emby/Items/%s/Images/%s?maxHeight=326&maxWidth=217&tag=%s&quality=90"
                .formatted(id, type, tag.asText()));
    }
}
