package org.embygateway.app;

import java.net.InetSocketAddress;
import org.embygateway.config.Config;

/** The addresses that the configuration speaks of. */
final class Addresses {
    private Addresses() {}

    /** How a person reaches the gateway, as far as the gateway can know. */
    static String url(Config config, InetSocketAddress bound) {
        return config.server().publicUrl().map(Object::toString).orElseGet(() -> {
            boolean anywhere = bound.getAddress().isAnyLocalAddress();
            String host = anywhere ? "localhost" : bound.getAddress().getHostAddress();
            return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort()
                    + config.server().basePath();
        });
    }

    static ClientPosition.Finder positions(Config config) {
        return new ClientPosition.Finder(
                config.server().trustedProxies().stream().map(Subnet::parse).toList(),
                config.server().publicUrl(),
                config.server().basePath(),
                "localhost:" + config.server().port());
    }
}
