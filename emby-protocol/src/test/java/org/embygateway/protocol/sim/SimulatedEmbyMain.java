package org.embygateway.protocol.sim;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * Two simulated servers, "Alpha" and "Beta", that share a part of their titles; for the demo and for trying things out.
 * Both know the account {@code demo} with the password {@code demo}. {@code GET /__state} of each tells what its
 * accounts have watched and what it was asked.
 *
 * <p>Options, all with values: {@code --alpha=PORT} and {@code --beta=PORT} (8097, 8098; 0 for any), {@code --host},
 * {@code --clips=DIRECTORY} for films that play (needs {@code ffmpeg}), {@code --movies=COUNT} and
 * {@code --series=COUNT} of made-up titles more on each (40, 6), {@code --beta-face=emby_4_8|emby_4_9|jellyfin},
 * {@code --only=alpha|beta} to start one of them (the other, of another process, has the same titles all the same), and
 * {@code --bytes-per-second=COUNT} for files that come no faster, as over a slow line, unless a small piece is asked for.
 */
public final class SimulatedEmbyMain {
    private static final Pattern PIECE = Pattern.compile("bytes=\\d+-\\d+");

    private SimulatedEmbyMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> options = options(arguments);
        Optional<Clips> clips = Optional.ofNullable(options.get("clips"))
                .filter(d -> Clips.isPossible())
                .map(d -> Clips.in(Path.of(d)));
        if (options.containsKey("clips") && clips.isEmpty()) {
            System.out.println("ffmpeg was not found: the titles are there, but none of them plays");
        }
        SimulatedEmby alpha = server("Alpha", options, "8097", Face.EMBY_4_9);
        Face betaFace =
                Face.valueOf(options.getOrDefault("beta-face", "emby_4_8").toUpperCase(Locale.ROOT));
        SimulatedEmby beta = server("Beta", options, "8098", betaFace);
        int movies = Integer.parseInt(options.getOrDefault("movies", "40"));
        int series = Integer.parseInt(options.getOrDefault("series", "6"));
        DemoLibraries.fill(alpha, beta, clips, movies, series);
        for (SimulatedEmby emby : List.of(alpha, beta)) {
            if (options.getOrDefault("only", emby.name()).equalsIgnoreCase(emby.name())) {
                Optional.ofNullable(options.get("bytes-per-second"))
                        .ifPresent(rate -> slow(emby, Long.parseLong(rate)));
                emby.start();
                System.out.println(emby.name() + " " + emby.url());
            }
        }
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            alpha.close();
            beta.close();
            end.countDown();
        }));
        end.await();
    }

    private static SimulatedEmby server(String name, Map<String, String> options, String port, Face face) {
        return SimulatedEmby.named(name)
                .face(face)
                .host(options.getOrDefault("host", "127.0.0.1"))
                .port(Integer.parseInt(options.getOrDefault(name.toLowerCase(Locale.ROOT), port)))
                .account("demo", "demo")
                .posters()
                .build();
    }

    private static void slow(SimulatedEmby emby, long bytesPerSecond) {
        for (String route : List.of("/Videos/{Id}/stream.{Container}", "/Videos/{Id}/original.{Container}")) {
            emby.faults()
                    .on("GET " + route)
                    .trickle(bytesPerSecond)
                    .when(request -> !PIECE.matcher(request.header("Range")).matches());
        }
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("option: %s (expected: --name=value)".formatted(argument));
            }
            options.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        return options;
    }
}
