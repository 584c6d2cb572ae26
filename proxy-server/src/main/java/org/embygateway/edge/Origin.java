package org.embygateway.edge;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.index.Passage;

/**
 * Where a connection to an upstream leads; connections to one origin can stand in for each other.
 *
 * @param proxy the HTTP proxy that leads there
 * @param certificates that vouch for the host in place of the well-known authorities, in PEM form; may be empty
 */
record Origin(boolean secure, String host, int port, Optional<URI> proxy, String certificates) {
    static Origin of(URI uri) {
        return of(uri, Passage.DIRECT);
    }

    /** @throws IllegalArgumentException when the address is not one of http or https */
    static Origin of(URI uri, Passage passage) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean secure = scheme.equals("https");
        if (host == null || !secure && !scheme.equals("http")) {
            throw new IllegalArgumentException("not an address of http or https");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new Origin(
                secure, host.toLowerCase(Locale.ROOT), port, passage.proxy(), secure ? passage.certificates() : "");
    }

    /** As the Host field has it. */
    String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }

    /** Without the brackets of an IPv6 address. */
    String plainHost() {
        return plain(host);
    }

    private static String plain(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The host to connect to: the proxy when there is one, which looks the other up itself. */
    String nextHost() {
        return proxy.map(uri -> plain(uri.getHost())).orElseGet(this::plainHost);
    }

    int nextPort() {
        return proxy.map(URI::getPort).orElse(port);
    }

    /** Requests in the clear are handed to a proxy as they are, with the whole address; TLS goes through it in a tunnel. */
    boolean isHandedOn() {
        return proxy.isPresent() && !secure;
    }
}
