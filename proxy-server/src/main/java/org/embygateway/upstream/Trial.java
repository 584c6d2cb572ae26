package org.embygateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.embygateway.index.Passage;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Secret;
import org.embygateway.route.Headers;

/** Tries whether a server could be used: step by step, up to the first that fails. Leaves no sign-in behind. */
public final class Trial {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Prober prober;
    private final Login login;
    private final Transport transport;
    private final OutboundIdentity identity;
    private final String device;

    Trial(Prober prober, Login login, Transport transport, OutboundIdentity identity, String serverId) {
        this.prober = prober;
        this.login = login;
        this.transport = transport;
        this.identity = identity;
        this.device = Hex32.of(serverId + "\ntrial");
    }

    /**
     * @param steps in their order: {@code info}, {@code login}, {@code libraries}
     * @param libraries names of the libraries the account sees
     */
    public record Result(
            boolean ok,
            List<Step> steps,
            String kind,
            String serverId,
            String serverName,
            String version,
            List<String> libraries) {}

    /** @param detail a plain sentence: what was found, or why it failed; names no address */
    public record Step(String name, boolean ok, Duration took, String code, String detail) {}

    public Result run(URI url, Passage passage, String username, Secret password) {
        return new Run().run(url, passage, username, password);
    }

    private final class Run {
        private final List<Step> steps = new ArrayList<>();
        private List<String> libraries = List.of();

        Result run(URI url, Passage passage, String username, Secret password) {
            Optional<Found> found = step(
                    "info",
                    () -> prober.probe(url, passage, LIMIT),
                    f -> "%s server, version %s".formatted(word(f), f.version()));
            Optional<Login.Granted> granted = found.flatMap(f ->
                    step("login", () -> login.signIn(f, username, password, device), g -> "The account can sign in."));
            granted.ifPresent(g -> look(found.orElseThrow(), g));
            boolean ok = steps.stream().allMatch(Step::ok);
            return new Result(
                    ok,
                    List.copyOf(steps),
                    found.map(Run::word).orElse(""),
                    found.map(Found::serverId).orElse(""),
                    found.map(Found::serverName).orElse(""),
                    found.map(Found::version).orElse(""),
                    libraries);
        }

        private void look(Found at, Login.Granted granted) {
            step("libraries", () -> names(at, granted), n -> n.size() + " libraries found.")
                    .ifPresent(names -> libraries = names);
            try {
                login.signOut(at, device, granted.token());
            } catch (TransportFailed e) {
                // the sign-in stays behind on a server that has just stopped answering
            }
        }

        private static String word(Found found) {
            return switch (found.kind()) {
                case JELLYFIN -> "Jellyfin";
                default -> "Emby";
            };
        }

        private <T> Optional<T> step(String name, Supplier<T> work, Function<T, String> sentence) {
            long start = System.nanoTime();
            try {
                T result = work.get();
                steps.add(new Step(name, true, since(start), "", sentence.apply(result)));
                return Optional.of(result);
            } catch (TransportFailed e) {
                steps.add(new Step(name, false, since(start), code(e.fault()), "The server " + e.reason() + "."));
                return Optional.empty();
            }
        }

        private static Duration since(long start) {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        private static String code(UpstreamFault fault) {
            return switch (fault) {
                case SIGN_IN_REFUSED -> "upstream.auth";
                case TIMED_OUT -> "upstream.timeout";
                case UNREACHABLE -> "upstream.down";
                default -> "upstream.answer";
            };
        }
    }

    private List<String> names(Found at, Login.Granted granted) {
        Headers credentials =
                at.dialect().credentials(identity, device, granted.token().value());
        URI views = Urls.of(at.base(), "/Users/" + granted.user() + "/Views", Map.of());
        UpstreamResponse response = transport.exchange(
                new Outgoing("GET", views, Headers.NONE, credentials, Optional.empty(), at.passage()), LIMIT);
        if (response.status() != 200) {
            throw new TransportFailed(UpstreamFault.BAD_ANSWER, "answers with status " + response.status());
        }
        try {
            List<String> names = new ArrayList<>();
            for (JsonNode view : EmbyJson.read(response.body()).path("Items")) {
                names.add(view.path("Name").asText(""));
            }
            return List.copyOf(names);
        } catch (IOException e) {
            throw new TransportFailed(UpstreamFault.BAD_ANSWER, "answers with something that is no JSON");
        }
    }
}
