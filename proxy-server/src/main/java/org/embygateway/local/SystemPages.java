package org.embygateway.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Call;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * What a server says of itself. The only addresses in it are the gateway's own, as the asking client reaches it:
 * clients follow them. Answered without any upstream, since apps delete the saved login when {@code System/Info}
 * fails.
 *
 * <p>Emby API: SystemService, BrandingService.
 */
public final class SystemPages {
    /** Emby's own port for HTTPS. */
    private static final int USUAL_HTTPS = 8920;

    private final ServerFacts facts;
    private final Supplier<OpenPorts> ports;

    /** @param ports asked when a client asks */
    public SystemPages(ServerFacts facts, Supplier<OpenPorts> ports) {
        this.facts = facts;
        this.ports = ports;
    }

    /** {@code PublicSystemInfo}, the first thing every client asks. */
    public Reply publicInfo(Call call) {
        return Reply.json(addresses(EmbyJson.object(), call));
    }

    /** {@code SystemInfo}, without paths. */
    public Reply info(Call call) {
        ObjectNode info = EmbyJson.object();
        info.put("SystemUpdateLevel", "Release");
        info.put("OperatingSystem", "Linux");
        info.put("OperatingSystemDisplayName", "Linux");
        for (String no : new String[] {
            "HasPendingRestart",
            "IsShuttingDown",
            "HasImageEnhancers",
            "SupportsLocalPortConfiguration",
            "SupportsWakeServer",
            "CanSelfRestart",
            "CanSelfUpdate",
            "CanLaunchWebBrowser",
            "HasUpdateAvailable",
            "SupportsAutoRunAtStartup",
            "IsInMaintenanceMode"
        }) {
            info.put(no, false);
        }
        info.put("SupportsLibraryMonitor", true);
        info.put("HardwareAccelerationRequiresPremiere", true);
        info.putArray("CompletedInstallations");
        info.putArray("WakeOnLanInfo");
        ports(info, call);
        return Reply.json(addresses(info, call));
    }

    private void ports(ObjectNode info, Call call) {
        info.put("WebSocketPortNumber", portOf(call));
        info.put("HttpServerPortNumber", plainPort(call));
        info.put("SupportsHttps", hasHttps(call));
        info.put("HttpsPortNumber", httpsPort(call));
    }

    /** The port that the client uses, else the gateway's own: a proxy in front may have others. */
    private int plainPort(Call call) {
        return isHttps(call) && hasOwnHttps() ? ports.get().plain().orElse(portOf(call)) : portOf(call);
    }

    private int httpsPort(Call call) {
        return isHttps(call) ? portOf(call) : ports.get().secure().orElse(USUAL_HTTPS);
    }

    private boolean hasHttps(Call call) {
        return isHttps(call) || hasOwnHttps();
    }

    private boolean hasOwnHttps() {
        return ports.get().secure().isPresent();
    }

    private static boolean isHttps(Call call) {
        return call.baseUrl().startsWith("https:");
    }

    private static int portOf(Call call) {
        int port = URI.create(call.baseUrl()).getPort();
        return port > 0 ? port : isHttps(call) ? 443 : 80;
    }

    private ObjectNode addresses(ObjectNode info, Call call) {
        info.put("LocalAddress", call.baseUrl());
        info.putArray("LocalAddresses").add(call.baseUrl());
        info.put("WanAddress", call.baseUrl());
        info.putArray("RemoteAddresses").add(call.baseUrl());
        info.put("ServerName", facts.name());
        info.put("Version", facts.version());
        info.put("Id", facts.id());
        return info;
    }

    public Reply ping(Call call) {
        return Reply.text(200, "Emby Server");
    }

    /**
     * Where the client stands: {@code {"IsLocal", "IsInNetwork": bool}}. Clients choose their default bitrate by it, so
     * it is about their own address, never about the gateway's as an upstream sees it.
     */
    public Reply endpoint(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("IsLocal", isLoopback(call.remoteAddress()));
        body.put("IsInNetwork", isPrivate(call.remoteAddress()));
        return Reply.json(body);
    }

    private static boolean isLoopback(String address) {
        return parsed(address).isLoopbackAddress();
    }

    static boolean isPrivate(String address) {
        InetAddress parsed = parsed(address);
        boolean uniqueLocal = parsed.getAddress().length == 16 && (parsed.getAddress()[0] & 0xFE) == 0xFC;
        return parsed.isLoopbackAddress() || parsed.isSiteLocalAddress() || parsed.isLinkLocalAddress() || uniqueLocal;
    }

    /** Never asks a name server: what is no address literal counts as a public one. */
    private static InetAddress parsed(String address) {
        try {
            boolean literal = address.matches("[0-9A-Fa-f:.]*[:.][0-9A-Fa-f:.]*");
            return InetAddress.getByName(literal ? address : "192.0.2.1");
        } catch (UnknownHostException e) {
            return new InetSocketAddress("192.0.2.1", 0).getAddress();
        }
    }

    /** {@code ServerConfiguration} as far as it concerns users: no paths, no networks, no secrets. */
    public Reply configuration(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("EnableUPnP", false);
        body.put("PublicPort", plainPort(call));
        body.put("PublicHttpsPort", httpsPort(call));
        body.put("HttpServerPortNumber", plainPort(call));
        body.put("HttpsPortNumber", httpsPort(call));
        body.put("EnableHttps", hasHttps(call));
        body.put("EnableRemoteAccess", true);
        body.put("PreferredMetadataLanguage", "en");
        body.put("MetadataCountryCode", "US");
        body.putArray("SortRemoveWords").add("the").add("a").add("an");
        body.put("ServerName", facts.name());
        body.put("UICulture", "en-us");
        body.put("RemoteClientBitrateLimit", 0);
        body.put("SimultaneousStreamLimit", 0);
        body.put("IsBehindProxy", true);
        body.put("IsInMaintenanceMode", false);
        body.putArray("PathSubstitutions");
        body.put("EnableAutoUpdate", false);
        body.put("IsStartupWizardCompleted", true);
        return Reply.json(body);
    }

    /** One section of the configuration: branding, and 403 for every other. */
    public Reply configurationSection(Call call) {
        if (call.pathParam("Key").equalsIgnoreCase("branding")) {
            return branding(call);
        }
        throw new Refused(403, "This belongs to the administration of a media server and is not available here.");
    }

    public Reply branding(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("LoginDisclaimer", "");
        body.put("CustomCss", "");
        return Reply.json(body);
    }

    public Reply brandingCss(Call call) {
        return new Reply.Bytes(200, "text/css; charset=utf-8", Headers.NONE, new byte[0]);
    }
}
