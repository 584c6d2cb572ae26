package org.embygateway.play;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.index.Passage;
import org.embygateway.route.RelaySource;

/** The address that a client can open itself: the source's with the upstream's token in its query. */
final class DirectAddress {
    private static final Pattern TOKEN = Pattern.compile("Token=\"([^\"]*)\"");
    private static final Pattern HAS_TOKEN = Pattern.compile("[?&]api_?key=", Pattern.CASE_INSENSITIVE);

    private DirectAddress() {}

    /**
     * Empty where a client could not play from there: the upstream is reached through a proxy, by a private certificate or
     * over another line than its own address; it takes no token in the query; or the client came encrypted and the
     * upstream is not, which browsers refuse.
     *
     * @param passage how the gateway reaches the upstream
     * @param encrypted whether the client reaches the gateway by https
     */
    static Optional<String> of(RelaySource source, Passage passage, boolean encrypted) {
        URI uri = source.uri();
        boolean reachable = passage.proxy().isEmpty()
                && passage.certificates().isEmpty()
                && passage.lines().stream().noneMatch(line -> isAt(line, uri))
                && (!encrypted || "https".equalsIgnoreCase(uri.getScheme()));
        return reachable ? withToken(source) : Optional.empty();
    }

    private static boolean isAt(URI line, URI uri) {
        return authority(line).equals(authority(uri));
    }

    private static String authority(URI uri) {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":"
                + (uri.getPort() < 0 ? usual : uri.getPort());
    }

    private static Optional<String> withToken(RelaySource source) {
        String address = source.uri().toString();
        if (HAS_TOKEN.matcher(address).find()) {
            return Optional.of(address);
        }
        return token(source)
                .map(token -> address + (address.contains("?") ? "&" : "?") + "api_key=" + Segments.encode(token));
    }

    private static Optional<String> token(RelaySource source) {
        return source.headers()
                .first("X-Emby-Token")
                .or(() -> source.headers()
                        .first("Authorization")
                        .map(TOKEN::matcher)
                        .filter(Matcher::find)
                        .map(found -> found.group(1)));
    }
}
