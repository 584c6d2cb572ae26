package org.embygateway.play;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.route.RelaySource;

/** The address that a client can open itself: the source's with the upstream's token in its query. */
final class DirectAddress {
    private static final Pattern TOKEN = Pattern.compile("Token=\"([^\"]*)\"");

    private DirectAddress() {}

    static String of(RelaySource source) {
        String address = source.uri().toString();
        Optional<String> token = source.headers()
                .first("X-Emby-Token")
                .or(() -> source.headers()
                        .first("Authorization")
                        .map(TOKEN::matcher)
                        .filter(Matcher::find)
                        .map(m -> m.group(1)));
        return token.filter(t -> !address.matches("(?i).*[?&]api_?key=.*"))
                .map(t -> address + (address.contains("?") ? "&" : "?") + "api_key=" + Segments.encode(t))
                .orElse(address);
    }
}
