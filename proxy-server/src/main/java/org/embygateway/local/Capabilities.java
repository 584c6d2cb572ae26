package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embygateway.route.Call;

/**
 * What a client can do, as it told. Lists come as arrays, as comma-separated texts or as query parameters.
 *
 * @param deviceProfile what it plays, for playback requests that bring none
 */
record Capabilities(
        List<String> playableMediaTypes,
        List<String> supportedCommands,
        boolean mediaControl,
        String iconUrl,
        Optional<ObjectNode> deviceProfile) {
    static final Capabilities NONE = new Capabilities(List.of(), List.of(), false, "", Optional.empty());
    private static final int MAX_ENTRIES = 200;

    Capabilities {
        playableMediaTypes = List.copyOf(playableMediaTypes);
        supportedCommands = List.copyOf(supportedCommands);
    }

    static Capabilities of(Call call) {
        return new Capabilities(
                list(call, "PlayableMediaTypes"),
                list(call, "SupportedCommands"),
                call.fields().flag("SupportsMediaControl", false),
                call.fields().text("IconUrl", ""),
                call.bodyField("DeviceProfile") instanceof ObjectNode profile
                        ? Optional.of(profile)
                        : Optional.empty());
    }

    private static List<String> list(Call call, String name) {
        JsonNode node = call.bodyField(name);
        if (!node.isArray()) {
            return call.fields().list(name).stream().limit(MAX_ENTRIES).toList();
        }
        List<String> entries = new ArrayList<>();
        node.forEach(entry -> entries.add(entry.asText()));
        return entries.stream().filter(e -> !e.isBlank()).limit(MAX_ENTRIES).toList();
    }
}
