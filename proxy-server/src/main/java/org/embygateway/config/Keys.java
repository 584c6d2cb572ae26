package org.embygateway.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.embygateway.config.Given.Listing;
import org.embygateway.config.Given.Scalar;
import org.embygateway.config.Given.Section;
import org.embygateway.index.Passage;
import org.embygateway.protocol.Secret;
import org.embygateway.upstream.Certificates;

/**
 * One section being read: each method asks for one key of it. A key that is not given, or given wrongly, is empty; the
 * second also leaves a fault.
 */
final class Keys {
    private static final String URL = "http:// or https:// and a host, without user, password and query";
    private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    private final Reading reading;
    private final String path;
    private final Section written;

    Keys(Reading reading, String path, Section written) {
        this.reading = reading;
        this.path = path;
        this.written = written;
    }

    Keys section(String name) {
        reading.knows(key(name));
        Given given = written.entries().get(name);
        if (given == null || given instanceof Section) {
            return new Keys(reading, key(name), given instanceof Section section ? section : nothing());
        }
        reading.fault(given.where(), key(name), given.shape() + " (expected: a section)");
        return new Keys(reading, key(name), nothing());
    }

    Optional<String> text(String name) {
        return value(name, "text", text -> text);
    }

    Optional<String> matching(String name, Pattern pattern, String expected) {
        return value(name, expected, text -> {
            require(pattern.matcher(text).matches());
            return text;
        });
    }

    Optional<Integer> number(String name, int least, int most) {
        return value(name, "a number from %d to %d".formatted(least, most), text -> {
            int number = Integer.parseInt(text);
            require(number >= least && number <= most);
            return number;
        });
    }

    Optional<Integer> port(String name) {
        return port(name, 1, "a port from 1 to 65535");
    }

    /** A port to listen on. */
    Optional<Integer> portOrAny(String name) {
        return port(name, 0, "a port from 1 to 65535, or 0 for any free one");
    }

    private Optional<Integer> port(String name, int lowest, String expected) {
        return value(name, expected, text -> {
            int port = Integer.parseInt(text);
            require(port >= lowest && port <= 65535);
            return port;
        });
    }

    Optional<Boolean> flag(String name) {
        return value(name, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    Optional<Duration> duration(String name) {
        return value(name, "a time such as 500ms, 300s, 15m or 24h", Units::duration);
    }

    Optional<Long> size(String name) {
        return value(name, "a size such as 512KiB, 10MiB or 1GiB", Units::bytes);
    }

    Optional<Path> path(String name) {
        return value(name, "a path", text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    /** An http or https address without user, query and the slash at its end. */
    Optional<URI> url(String name) {
        return value(name, URL, Keys::hidingUser, Keys::address);
    }

    private static URI address(String text) {
        URI url = URI.create(text.replaceFirst("/+$", ""));
        require(url.getScheme() != null && url.getScheme().matches("(?i)https?"));
        require(url.getHost() != null && url.getRawUserInfo() == null);
        require(url.getPort() >= -1 && url.getPort() <= 65535);
        require(url.getRawQuery() == null && url.getRawFragment() == null);
        return url;
    }

    /** Addresses like {@link #url}; in a variable separated by commas. */
    List<URI> urls(String name, int most) {
        reading.knows(key(name));
        List<URI> urls = new ArrayList<>();
        for (Given element : elements(name)) {
            try {
                require(element instanceof Scalar && urls.size() < most);
                urls.add(address(((Scalar) element).text()));
            } catch (IllegalArgumentException e) {
                String shown = element instanceof Scalar scalar ? quoted(hidingUser(scalar.text())) : element.shape();
                reading.fault(
                        element.where(), key(name), "%s (expected: at most %d of %s)".formatted(shown, most, URL));
            }
        }
        return urls;
    }

    /** The address of an HTTP proxy. */
    Optional<URI> proxy(String name) {
        return value(name, "http://, a host and a port, without user and password", Keys::hidingUser, text -> {
            Optional<URI> proxy = Passage.proxy(text);
            require(proxy.isPresent());
            return proxy.get();
        });
    }

    /** What the file holds that is named. */
    Optional<String> certificates(String name) {
        return value(name, "a readable file with certificates in PEM form", text -> {
            try {
                String pem = Files.readString(Path.of(text));
                require(Certificates.areReadable(pem));
                return pem;
            } catch (IOException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    Optional<String> basePath(String name) {
        return matching(name, BASE_PATH, "a path such as /media, without a slash at its end");
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        String expected = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return value(name, "one of " + expected, text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    /** Never shown in a fault; its variable may also end in {@code _FILE} and name a file that holds it. */
    Optional<Secret> secret(String name) {
        reading.knows(key(name));
        return reading.secretFromFile(key(name))
                .or(() -> scalar(name, "text"))
                .map(scalar -> new Secret(scalar.text()));
    }

    /** As {@link #secret}, where one without text counts as none. */
    Optional<Secret> secretWithText(String name) {
        return secret(name).filter(secret -> !secret.value().isEmpty());
    }

    /** Addresses or networks; in a variable separated by commas. */
    List<String> networks(String name) {
        reading.knows(key(name));
        List<String> networks = new ArrayList<>();
        for (Given element : elements(name)) {
            if (element instanceof Scalar scalar && isNetwork(scalar.text())) {
                networks.add(scalar.text());
            } else {
                String shown = element instanceof Scalar scalar ? quoted(scalar.text()) : element.shape();
                reading.fault(
                        element.where(), key(name), shown + " (expected: an address or a network such as 10.0.0.0/8)");
            }
        }
        return networks;
    }

    /** Texts; in a variable separated by commas. */
    List<String> texts(String name) {
        reading.knows(key(name));
        List<String> texts = new ArrayList<>();
        for (Given element : elements(name)) {
            if (element instanceof Scalar scalar && !scalar.text().isBlank()) {
                texts.add(scalar.text().strip());
            } else {
                reading.fault(element.where(), key(name), element.shape() + " (expected: a name)");
            }
        }
        return texts;
    }

    /** The sections of a list; variables add to entry {@code n} of the file or are an entry of their own. */
    <T> List<T> list(String name, Function<Keys, T> read) {
        reading.knows(key(name));
        List<Given> elements = listing(name);
        SortedSet<Integer> numbers = reading.numbersOf(key(name));
        for (int i = 0; i < elements.size(); i++) {
            numbers.add(i);
        }
        List<T> entries = new ArrayList<>();
        for (int number : numbers) {
            String entry = key(name) + "[" + number + "]";
            Given given = number < elements.size() ? elements.get(number) : reading.entryOfVariables(entry);
            if (given instanceof Section section) {
                entries.add(read.apply(new Keys(reading, entry, section)));
            } else {
                reading.fault(given.where(), entry, given.shape() + " (expected: a section)");
            }
        }
        return entries;
    }

    <T> T required(String name, Optional<T> value, String expected, T placeholder) {
        expect(value.isPresent() || reading.hasFault(key(name)), name, "missing (expected: " + expected + ")");
        return value.orElse(placeholder);
    }

    /** Adds a fault to {@code name} unless {@code holds}. */
    void expect(boolean holds, String name, String message) {
        if (!holds) {
            reading.fault(where(name), key(name), message);
        }
    }

    void warn(String name, String message) {
        reading.warn(where(name), key(name), message);
    }

    /** Whether a gateway shall start with what is read. */
    boolean isForStart() {
        return reading.isStarting();
    }

    /** Where {@code name} was given, or else the section it is missing in. */
    String where(String name) {
        return reading.override(key(name))
                .map(Scalar::where)
                .or(() -> Optional.ofNullable(written.entries().get(name)).map(Given::where))
                .orElse(written.where());
    }

    private <T> Optional<T> value(String name, String expected, Function<String, T> parse) {
        return value(name, expected, Function.identity(), parse);
    }

    private <T> Optional<T> value(
            String name, String expected, Function<String, String> shown, Function<String, T> parse) {
        reading.knows(key(name));
        return scalar(name, expected).flatMap(scalar -> {
            try {
                require(!scalar.text().isBlank());
                return Optional.of(parse.apply(scalar.text()));
            } catch (IllegalArgumentException e) {
                String text = quoted(shown.apply(scalar.text()));
                reading.fault(scalar.where(), key(name), "%s (expected: %s)".formatted(text, expected));
                return Optional.empty();
            }
        });
    }

    private Optional<Scalar> scalar(String name, String expected) {
        Optional<Scalar> override = reading.override(key(name));
        if (override.isPresent()) {
            return override;
        }
        Given given = written.entries().get(name);
        if (given == null || given instanceof Scalar) {
            return Optional.ofNullable((Scalar) given);
        }
        reading.fault(given.where(), key(name), "%s (expected: %s)".formatted(given.shape(), expected));
        return Optional.empty();
    }

    private List<Given> elements(String name) {
        return reading.override(key(name))
                .map(override -> Arrays.stream(override.text().split(","))
                        .map(String::strip)
                        .<Given>map(text -> new Scalar(override.where(), text))
                        .toList())
                .orElseGet(() -> listing(name));
    }

    private List<Given> listing(String name) {
        return switch (written.entries().get(name)) {
            case null -> List.of();
            case Listing listing -> listing.elements();
            case Given other -> {
                reading.fault(other.where(), key(name), other.shape() + " (expected: a list)");
                yield List.of();
            }
        };
    }

    private Section nothing() {
        return new Section(written.where(), Map.of());
    }

    private String key(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String quoted(String text) {
        return '"' + (text.length() > 80 ? text.substring(0, 80) + "…" : text).replaceAll("\\p{Cntrl}", "?") + '"';
    }

    private static String hidingUser(String url) {
        return url.contains("@") ? "***" + url.substring(url.lastIndexOf('@')) : url.replaceFirst("[?#].*", "?***");
    }

    private static boolean isNetwork(String text) {
        String[] parts = text.split("/", -1);
        try {
            int bits = InetAddress.ofLiteral(parts[0]).getAddress().length * 8;
            return parts.length == 1
                    || (parts.length == 2 && Integer.parseInt(parts[1]) >= 0 && Integer.parseInt(parts[1]) <= bits);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
