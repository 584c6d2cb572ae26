package org.embygateway.contract;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimVersion;
import org.embygateway.protocol.sim.SimulatedEmby;

/** Simulated servers with the account that the gateway under test uses, and a film that both have. */
final class Servers {
    /** A number so long that an id which leaks is told from everything else. */
    static final long LONG_IDS = 7_770_001_600L;

    private static final String SPOKEN = "1\n00:00:01,000 --> 00:00:02,500\nGood evening\n";

    private Servers() {}

    static SimulatedEmby.Builder named(String name) {
        return SimulatedEmby.named(name).account("viewer", "secret-of-" + name);
    }

    /** "Heat", with subtitles and a font; on each server another item id, which other films of the other have. */
    static SimItem heat(SimulatedEmby server, int filmsBefore, String version, long size) {
        for (int i = 0; i < filmsBefore; i++) {
            server.library("Films", "movies").movie("Filler " + i).year(1950 + i);
        }
        return server.library("Films", "movies")
                .movie("Heat")
                .year(1995)
                .tmdb("949")
                .runtime(Duration.ofSeconds(12))
                .version(version, size)
                .subtitles(new SimVersion.Subtitle("eng", "English", true, SPOKEN))
                .fonts("a.ttf");
    }

    /** Of the requests that reached the server, those that playing causes. */
    static List<RecordedRequest> playing(SimulatedEmby server) {
        return server.traffic().requests().stream()
                .filter(request -> {
                    String path = request.path().toLowerCase(Locale.ROOT);
                    return path.contains("/videos/") || path.contains("playbackinfo") || path.contains("/playing");
                })
                .toList();
    }
}
