package org.embygateway.protocol.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.protocol.Hex32;

/** Everything one simulated server knows; what its routes work on. */
final class SimWorld {
    private final String name;
    private final String id;
    private final Face face;
    private final String basePath;
    private final String version;
    private final SimCatalog catalog;
    private final SimAccounts accounts;
    private final Traffic traffic = new Traffic();
    private final Faults faults = new Faults();
    private final SimSockets sockets;
    private final Map<String, PlaySession> playSessions = new ConcurrentHashMap<>();
    volatile HlsStyle hls = HlsStyle.RELATIVE;
    volatile boolean suffixRangesBroken;
    volatile boolean posters;
    volatile String address = "";

    /** What a PlaySessionId stands for until its encoding is deleted. */
    record PlaySession(String id, SimItem item, SimVersion version, int audio, String deviceId) {}

    SimWorld(String name, Face face, String version, String basePath, long firstId) {
        this.name = name;
        this.id = Hex32.of("server " + name);
        this.face = face;
        this.version = version;
        this.basePath = basePath;
        this.catalog = new SimCatalog(face, firstId);
        this.accounts = new SimAccounts(name, face);
        this.sockets = new SimSockets(face);
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    Face face() {
        return face;
    }

    String version() {
        return version;
    }

    String basePath() {
        return basePath;
    }

    SimCatalog catalog() {
        return catalog;
    }

    SimAccounts accounts() {
        return accounts;
    }

    Traffic traffic() {
        return traffic;
    }

    Faults faults() {
        return faults;
    }

    SimSockets sockets() {
        return sockets;
    }

    Map<String, PlaySession> playSessions() {
        return playSessions;
    }

    /** The directory that the files seem to lie in. */
    String mediaRoot() {
        return "/mnt/" + name.toLowerCase(Locale.ROOT).replace(' ', '-') + "-volume";
    }

    String localHost() {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".lan.test";
    }

    List<String> hostNames() {
        return List.of(localHost(), localHost().replace(".lan.", ".wan."));
    }

    Map<String, String> leakedHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Server", "UPnP/1.0 DLNADOC/1.50");
        headers.put("Private-Network-Access-Id", id);
        headers.put("Private-Network-Access-Name", name);
        headers.put("Set-Cookie", "sim=" + id + "; Path=/");
        headers.put("X-Response-Time-ms", "1");
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        return headers;
    }

    /** The item a client named; refused as a real server does. */
    SimItem item(Exchange exchange, String wireId) {
        if (face.isJellyfin() ? Hex32.parse(wireId).isEmpty() : !wireId.matches("\\d{1,18}")) {
            throw face.isJellyfin()
                    ? new SimError(400, "The value '" + wireId + "' is not valid.")
                    : new SimError(500, "Unrecognized Guid format.");
        }
        String plain = face.isJellyfin() ? wireId.replace("-", "") : wireId;
        SimItem item = catalog.find(plain).orElseThrow(SimError::notFound);
        if (item.forbidden) {
            throw new SimError(403, "User does not have access to this item.");
        }
        if (exchange.signedIn().isPresent() && !exchange.session().user.sees(item)) {
            throw SimError.notFound();
        }
        return item;
    }
}
