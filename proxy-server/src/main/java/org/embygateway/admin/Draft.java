package org.embygateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.admin.Problem.Fault;
import org.embygateway.index.Passage;
import org.embygateway.index.SyncRules;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.index.Upstreams;
import org.embygateway.protocol.Secret;
import org.embygateway.route.Call;
import org.embygateway.upstream.Certificates;

/**
 * What a request says about a server. Empty is what it does not say.
 *
 * <p>Shape: {@code {"name", "url", "username", "password": string, "playback": "proxy"|"redirect",
 * "sync": "full"|"lazy", "priority": int, "enabled": bool, "streamsAtOnce", "requestsPerSecond", "requestsAtOnce": int,
 * "includeLibraries", "excludeLibraries": [string], "lines": [string], "proxy", "certificates": string}}; name and password may also stand in
 * {@code "auth": {"kind": "password", …}}, playback may be called {@code routing}.
 */
record Draft(
        Optional<String> name,
        Optional<URI> url,
        Optional<String> username,
        Optional<Secret> password,
        Optional<PlaybackMode> playback,
        Optional<SyncMode> sync,
        OptionalInt priority,
        Optional<Boolean> enabled,
        OptionalInt streamsAtOnce,
        Rules rules,
        Ways ways,
        List<Fault> faults) {

    /** How the server is reached; an empty text for the proxy or the certificates takes them away. */
    record Ways(Optional<List<URI>> lines, Optional<Optional<URI>> proxy, Optional<String> certificates) {
        Passage over(Passage before) {
            return new Passage(
                    lines.orElse(before.lines()),
                    proxy.orElse(before.proxy()),
                    certificates.orElse(before.certificates()));
        }
    }

    /** What the server's indexing may do. */
    record Rules(
            OptionalInt perSecond, OptionalInt atOnce, Optional<List<String>> include, Optional<List<String>> exclude) {
        SyncRules over(SyncRules before) {
            return new SyncRules(
                    perSecond.orElse(before.requestsPerSecond()),
                    atOnce.orElse(before.requestsAtOnce()),
                    include.orElse(before.include()),
                    exclude.orElse(before.exclude()),
                    before.paused());
        }
    }

    static Draft read(Call call) {
        return new Reading(call).draft();
    }

    /** This and the faults of what must be there and is not. */
    Draft complete() {
        List<Fault> all = new ArrayList<>(faults);
        require(all, "name", name.isPresent());
        require(all, "url", url.isPresent());
        require(all, "username", username.isPresent());
        return new Draft(
                name, url, username, password, playback, sync, priority, enabled, streamsAtOnce, rules, ways, all);
    }

    /** A fault that was found is not reported as missing besides. */
    private static void require(List<Fault> faults, String field, boolean there) {
        String pointer = "#/" + field;
        if (!there && faults.stream().noneMatch(fault -> fault.pointer().equals(pointer))) {
            faults.add(new Fault(pointer, "required", field + " is missing"));
        }
    }

    private static final class Reading {
        private static final int LONGEST_NAME = 100;
        private static final int MOST_LIBRARIES = 100;

        private final Call call;
        private final List<Fault> faults = new ArrayList<>();

        Reading(Call call) {
            this.call = call;
        }

        Draft draft() {
            return new Draft(
                    text("name").flatMap(this::name),
                    text("url").flatMap(this::address),
                    text("username").filter(this::isUsername),
                    text("password").map(Secret::new),
                    choice("playback", PlaybackMode.class).or(() -> choice("routing", PlaybackMode.class)),
                    choice("sync", SyncMode.class).or(() -> choice("syncMode", SyncMode.class)),
                    number("priority", 0, Integer.MAX_VALUE),
                    flag("enabled"),
                    number("streamsAtOnce", 0, Upstreams.MOST_STREAMS),
                    rules(),
                    ways(),
                    List.copyOf(faults));
        }

        private JsonNode field(String name) {
            JsonNode field = call.bodyField(name);
            return field.isMissingNode() ? call.bodyField("auth").path(name) : field;
        }

        private Optional<String> text(String name) {
            JsonNode field = field(name);
            if (field.isMissingNode() || field.isNull()) {
                return Optional.empty();
            }
            if (field.isTextual()) {
                return Optional.of(field.textValue());
            }
            fault(name, "type", name + " must be text");
            return Optional.empty();
        }

        private Optional<String> name(String text) {
            String trimmed = text.trim();
            if (trimmed.isEmpty() || trimmed.length() > LONGEST_NAME || !trimmed.equals(printable(trimmed))) {
                fault("name", "name", "name must be 1 to 100 characters");
                return Optional.empty();
            }
            return Optional.of(trimmed);
        }

        private static String printable(String text) {
            return text.replaceAll("\\p{Cntrl}", "");
        }

        private boolean isUsername(String text) {
            if (text.isBlank()) {
                fault("username", "required", "username must not be empty");
            }
            return !text.isBlank();
        }

        private Optional<URI> address(String text) {
            Optional<URI> url = ServerUrl.parse(text);
            if (url.isEmpty()) {
                fault("url", "url", "url must be http or https, with a host, and without user name, query or fragment");
            }
            return url;
        }

        private <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
            Optional<String> word = text(name);
            if (word.isEmpty()) {
                return Optional.empty();
            }
            for (E value : type.getEnumConstants()) {
                if (value.name().equalsIgnoreCase(word.get().trim())) {
                    return Optional.of(value);
                }
            }
            fault(name, "choice", name + " must be one of " + names(type));
            return Optional.empty();
        }

        private static <E extends Enum<E>> String names(Class<E> type) {
            return List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT);
        }

        private Rules rules() {
            return new Rules(
                    number("requestsPerSecond", 1, SyncRules.MOST_PER_SECOND),
                    number("requestsAtOnce", 1, SyncRules.MOST_AT_ONCE),
                    libraries("includeLibraries"),
                    libraries("excludeLibraries"));
        }

        private Ways ways() {
            return new Ways(
                    lines(),
                    text("proxy").flatMap(this::proxy),
                    text("certificates").filter(this::isPem));
        }

        private Optional<List<URI>> lines() {
            JsonNode field = field("lines");
            if (field.isMissingNode() || field.isNull()) {
                return Optional.empty();
            }
            List<URI> lines = new ArrayList<>();
            field.forEach(entry -> ServerUrl.parse(entry.asText()).ifPresent(lines::add));
            if (!field.isArray() || lines.size() != field.size() || lines.size() > Passage.MOST_LINES) {
                fault("lines", "url", "lines must be a list of at most 8 addresses like url");
                return Optional.empty();
            }
            return Optional.of(lines);
        }

        private Optional<Optional<URI>> proxy(String text) {
            if (text.isBlank()) {
                return Optional.of(Optional.empty());
            }
            Optional<URI> proxy = Passage.proxy(text.trim());
            if (proxy.isEmpty()) {
                fault("proxy", "url", "proxy must be an HTTP proxy such as http://proxy.example.com:3128");
            }
            return proxy.map(Optional::of);
        }

        private boolean isPem(String text) {
            boolean good = text.isBlank() || Certificates.areReadable(text);
            if (!good) {
                fault("certificates", "certificates", "certificates must be certificates in PEM form");
            }
            return good;
        }

        private Optional<List<String>> libraries(String name) {
            JsonNode field = field(name);
            if (field.isMissingNode() || field.isNull()) {
                return Optional.empty();
            }
            List<String> libraries = new ArrayList<>();
            field.forEach(entry -> libraries.add(entry.asText().trim()));
            boolean fits = field.isArray()
                    && libraries.size() <= MOST_LIBRARIES
                    && libraries.stream().noneMatch(text -> text.isEmpty() || text.length() > LONGEST_NAME);
            if (!fits) {
                fault(name, "type", name + " must be a list of at most 100 names of libraries");
                return Optional.empty();
            }
            return Optional.of(libraries);
        }

        private OptionalInt number(String name, int least, int most) {
            JsonNode field = field(name);
            if (field.isMissingNode() || field.isNull()) {
                return OptionalInt.empty();
            }
            boolean whole = field.isIntegralNumber() && field.canConvertToInt();
            if (!whole || field.intValue() < least || field.intValue() > most) {
                fault(name, "number.range", "%s must be a whole number from %d to %d".formatted(name, least, most));
                return OptionalInt.empty();
            }
            return OptionalInt.of(field.intValue());
        }

        private Optional<Boolean> flag(String name) {
            JsonNode field = field(name);
            if (field.isMissingNode() || field.isNull()) {
                return Optional.empty();
            }
            if (!field.isBoolean()) {
                fault(name, "type", name + " must be true or false");
                return Optional.empty();
            }
            return Optional.of(field.booleanValue());
        }

        private void fault(String field, String code, String detail) {
            faults.add(new Fault("#/" + field, code, detail));
        }
    }
}
