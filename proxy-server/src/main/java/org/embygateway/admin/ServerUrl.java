package org.embygateway.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The base address of a server as an administrator types it. */
final class ServerUrl {
    private ServerUrl() {}

    /**
     * Without the slash at its end. Empty for what is no http(s) address, and for link-local addresses, behind which
     * clouds keep their secrets; private ones are where most servers are.
     */
    static Optional<URI> parse(String text) {
        try {
            URI url = new URI(withoutSlash(text.trim()));
            return isAddress(url) && !isLinkLocal(url.getHost()) ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && url.getHost() != null
                && url.getPort() <= 65535
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    private static boolean isLinkLocal(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        return plain.startsWith("169.254.") || plain.startsWith("[fe80:") || plain.startsWith("[::ffff:169.254.");
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? withoutSlash(text.substring(0, text.length() - 1)) : text;
    }
}
