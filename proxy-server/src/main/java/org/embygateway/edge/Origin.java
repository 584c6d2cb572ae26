package org.embygateway.edge;

import java.net.URI;
import java.util.Locale;

/** Where a connection to an upstream leads; connections to one origin can stand in for each other. */
record Origin(boolean secure, String host, int port) {

    /** @throws IllegalArgumentException when the address is not one of http or https */
    static Origin of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean secure = scheme.equals("https");
        if (host == null || !secure && !scheme.equals("http")) {
            throw new IllegalArgumentException("not an address of http or https");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new Origin(secure, host.toLowerCase(Locale.ROOT), port);
    }

    /** As the Host field has it. */
    String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }

    /** Without the brackets of an IPv6 address. */
    String plainHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
