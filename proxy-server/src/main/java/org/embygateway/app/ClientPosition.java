package org.embygateway.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embygateway.route.Headers;

/**
 * Where a client stands and how it reaches the gateway. Forwarding headers are believed only from trusted proxies, so
 * that nobody can put on another's address.
 *
 * @param remoteAddress the client's own address
 * @param baseUrl the gateway's address as this client reaches it, without a slash at the end
 */
record ClientPosition(String remoteAddress, String baseUrl) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");

    /** Finds positions; made once from the configuration. */
    static final class Finder {
        private final List<Subnet> trustedProxies;
        private final Optional<URI> publicUrl;
        private final String basePath;
        private final String fallbackHost;
        private final String secureFallbackHost;
        private volatile String lastHost;

        /**
         * @param trustedProxies networks whose forwarding headers are believed
         * @param publicUrl the address to tell every client, whatever it used itself
         * @param basePath where the gateway is mounted; empty or {@code /gateway}
         * @param fallbackHost {@code host:port} for requests that name no usable host
         * @param secureFallbackHost the same for those that come encrypted
         */
        Finder(
                List<Subnet> trustedProxies,
                Optional<URI> publicUrl,
                String basePath,
                String fallbackHost,
                String secureFallbackHost) {
            this.trustedProxies = List.copyOf(trustedProxies);
            this.publicUrl = publicUrl;
            this.basePath = basePath;
            this.fallbackHost = fallbackHost;
            this.secureFallbackHost = secureFallbackHost;
            this.lastHost = fallbackHost;
        }

        ClientPosition find(String peer, boolean secure, Headers headers) {
            boolean trusted = isTrusted(peer);
            return new ClientPosition(
                    trusted ? forwardedFor(headers).orElse(peer) : peer,
                    publicUrl.map(Finder::withoutSlash).orElseGet(() -> asReached(secure, trusted, headers)));
        }

        private boolean isTrusted(String address) {
            return trustedProxies.stream().anyMatch(subnet -> subnet.contains(address));
        }

        /** The last address in the chain that no trusted proxy has: what stands before it anybody can write. */
        private Optional<String> forwardedFor(Headers headers) {
            List<String> chain = headers.all().getOrDefault("X-Forwarded-For", List.of()).stream()
                    .flatMap(value -> List.of(value.split(",")).stream())
                    .map(String::trim)
                    .filter(value -> !value.isEmpty())
                    .toList();
            for (String hop : chain.reversed()) {
                if (!isTrusted(hop)) {
                    return Optional.of(hop);
                }
            }
            return chain.stream().findFirst();
        }

        private String asReached(boolean secure, boolean trusted, Headers headers) {
            Optional<String> proto = trusted ? headers.first("X-Forwarded-Proto") : Optional.empty();
            Optional<String> forwardedHost = trusted ? headers.first("X-Forwarded-Host") : Optional.empty();
            String scheme =
                    proto.filter(p -> p.equals("https") || p.equals("http")).orElse(secure ? "https" : "http");
            String host = forwardedHost
                    .or(() -> headers.first("Host"))
                    .filter(this::isHost)
                    .orElse(secure ? secureFallbackHost : fallbackHost);
            return scheme + "://" + host + basePath;
        }

        /** Nearly all requests name the same one. */
        private boolean isHost(String text) {
            if (text.equals(lastHost)) {
                return true;
            }
            boolean host = isAddress(text);
            lastHost = host ? text : lastHost;
            return host;
        }

        /** What the pattern lets through may still be no address, such as {@code [:::]}. */
        private static boolean isAddress(String text) {
            try {
                return HOST.matcher(text).matches()
                        && (text.charAt(0) != '[' || new URI("http://" + text).getRawAuthority() != null);
            } catch (URISyntaxException e) {
                return false;
            }
        }

        private static String withoutSlash(URI uri) {
            String text = uri.toString();
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
