package org.embygateway.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The real servers, and what the gateway says it is.
 *
 * @param version the Emby version clients are told
 * @param healthInterval a server that stops answering is noticed within this time; 1 s to 1 h
 * @param discovery whether UDP port 7359 answers "who is EmbyServer?"
 */
public record EmbyConfig(List<EmbyServer> servers, String version, Duration healthInterval, boolean discovery) {

    private static final Pattern VERSION = Pattern.compile("\\d{1,5}(\\.\\d{1,5}){3}");

    public EmbyConfig {
        servers = List.copyOf(servers);
    }

    static EmbyConfig read(Keys in) {
        Map<String, String> firstByName = new HashMap<>();
        return new EmbyConfig(
                in.list("servers", entry -> readServer(entry, firstByName)),
                in.matching("version", VERSION, "four numbers such as 4.8.11.0").orElse("4.8.11.0"),
                healthInterval(in),
                in.flag("discovery").orElse(true));
    }

    private static Duration healthInterval(Keys in) {
        Duration interval = in.duration("health-interval").orElse(Duration.ofSeconds(60));
        boolean fits = interval.compareTo(Duration.ofSeconds(1)) >= 0 && interval.compareTo(Duration.ofHours(1)) <= 0;
        in.expect(fits, "health-interval", "out of range (expected: a time from 1s to 60m)");
        return interval;
    }

    private static EmbyServer readServer(Keys entry, Map<String, String> firstByName) {
        EmbyServer server = EmbyServer.read(entry);
        String folded = server.name().toLowerCase(Locale.ROOT);
        String first = firstByName.putIfAbsent(folded, entry.where("name"));
        entry.expect(
                first == null || folded.isEmpty(),
                "name",
                "\"%s\" twice (first: %s; expected: a name of its own)".formatted(server.name(), first));
        return server;
    }
}
