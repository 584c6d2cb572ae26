package org.embygateway.index;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * How a server is reached, besides its address.
 *
 * @param lines other addresses of the same server, in the order in which they are tried when the first is dead
 * @param proxy the HTTP proxy that leads there: {@code http://host:port}
 * @param certificates in PEM form, those that vouch for the server in place of the well-known authorities; empty for the
 *     latter
 */
public record Passage(List<URI> lines, Optional<URI> proxy, String certificates) {
    public static final int MOST_LINES = 8;
    public static final Passage DIRECT = new Passage(List.of(), Optional.empty(), "");

    public Passage {
        lines = List.copyOf(lines);
        if (lines.size() > MOST_LINES) {
            throw new IllegalArgumentException("lines: %d (expected: <= %d)".formatted(lines.size(), MOST_LINES));
        }
    }

    /** The address of an HTTP proxy, with a host and a port and nothing else; empty for anything else. */
    public static Optional<URI> proxy(String text) {
        try {
            URI uri = new URI(text.replaceFirst("/$", ""));
            boolean plain = uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && String.valueOf(uri.getRawPath()).isEmpty();
            boolean fits = "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPort() <= 65535;
            return Optional.of(uri).filter(address -> plain && fits);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
