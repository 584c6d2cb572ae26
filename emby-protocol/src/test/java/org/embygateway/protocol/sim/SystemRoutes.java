package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.embygateway.protocol.EmbyJson;

/** The server itself. */
final class SystemRoutes {
    private static final int MAX_TEST = 100_000_000;

    private final SimWorld world;

    SystemRoutes(SimWorld world) {
        this.world = world;
    }

    void register(SimRoutes routes) {
        routes.open("GET", "/System/Info/Public", e -> SimReply.json(publicInfo()));
        routes.get("/System/Info", e -> SimReply.json(info()));
        routes.open("GET", "/System/Ping", e -> ping());
        routes.open("POST", "/System/Ping", e -> ping());
        routes.get(
                "/System/Endpoint",
                e -> SimReply.json(EmbyJson.object().put("IsLocal", false).put("IsInNetwork", true)));
        routes.get("/Playback/BitrateTest", SystemRoutes::bitrateTest);
        routes.get("/System/Configuration", e -> SimReply.json(EmbyJson.object().put("CachePath", world.mediaRoot())));
    }

    private SimReply ping() {
        return world.face().isJellyfin()
                ? SimReply.json(TextNode.valueOf("Jellyfin Server"))
                : SimReply.bytes(200, "text/plain", "Emby Server".getBytes(StandardCharsets.UTF_8));
    }

    private static SimReply bitrateTest(Exchange exchange) {
        int size = exchange.query().number("Size").orElse(102_400);
        if (size < 1 || size > MAX_TEST) {
            throw new SimError(400, "Size out of range.");
        }
        Content content = Content.random(size, size);
        return new SimReply.Part(200, Map.of("Content-Type", "application/octet-stream"), content, 0, size);
    }

    private ObjectNode publicInfo() {
        ObjectNode json = EmbyJson.object();
        json.put("LocalAddress", "http://" + world.localHost() + ":8096");
        if (world.face().isJellyfin()) {
            return json.put("ServerName", world.name())
                    .put("Version", world.version())
                    .put("ProductName", "Jellyfin Server")
                    .put("OperatingSystem", "")
                    .put("Id", world.id())
                    .put("StartupWizardCompleted", true);
        }
        json.putArray("LocalAddresses").add("http://" + world.localHost() + ":8096");
        json.put("WanAddress", "https://" + world.hostNames().getLast());
        json.putArray("RemoteAddresses").add("https://" + world.hostNames().getLast());
        return json.put("ServerName", world.name())
                .put("Version", world.version())
                .put("Id", world.id());
    }

    private ObjectNode info() {
        ObjectNode json = publicInfo();
        json.put("OperatingSystem", "Linux").put("OperatingSystemDisplayName", "Linux");
        json.put("HasPendingRestart", false)
                .put("IsShuttingDown", false)
                .put("HasUpdateAvailable", false)
                .put("CanSelfRestart", true)
                .put("CanLaunchWebBrowser", false)
                .put("SupportsLibraryMonitor", true);
        json.putArray("CompletedInstallations");
        json.put("ProgramDataPath", world.mediaRoot() + "/config")
                .put("ItemsByNamePath", world.mediaRoot() + "/config/metadata")
                .put("CachePath", world.mediaRoot() + "/cache")
                .put("LogPath", world.mediaRoot() + "/logs")
                .put("InternalMetadataPath", world.mediaRoot() + "/metadata")
                .put("TranscodingTempPath", world.mediaRoot() + "/transcoding-temp");
        if (!world.face().isJellyfin()) {
            json.put("SystemUpdateLevel", "Release")
                    .put("HttpServerPortNumber", 8096)
                    .put("WebSocketPortNumber", 8096)
                    .put("SupportsHttps", false)
                    .put("HttpsPortNumber", 8920);
        }
        return json;
    }
}
