package org.embygateway.app;

import java.net.InetSocketAddress;
import org.embygateway.config.Config;

/** The addresses that the configuration speaks of. */
final class Addresses {
    private Addresses() {}

    /** How a person reaches the gateway, as far as the gateway can know. */
    static String url(Config config, InetSocketAddress bound) {
        return config.server()
                .publicUrl()
                .map(Object::toString)
                .orElseGet(() -> url(config.server().hasPlain() ? "http" : "https", bound, config));
    }

    /** The address of HTTPS beside that of plain HTTP. */
    static String secureUrl(Config config, InetSocketAddress bound) {
        return url("https", bound, config);
    }

    private static String url(String scheme, InetSocketAddress bound, Config config) {
        boolean anywhere = bound.getAddress().isAnyLocalAddress();
        String host = anywhere ? "localhost" : bound.getAddress().getHostAddress();
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort()
                + config.server().basePath();
    }

    static ClientPosition.Finder positions(Config config) {
        return new ClientPosition.Finder(
                config.server().trustedProxies().stream().map(Subnet::parse).toList(),
                config.server().publicUrl(),
                config.server().basePath(),
                "localhost:" + config.server().port(),
                "localhost:" + config.server().tls().port());
    }
}
