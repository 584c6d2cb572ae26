package org.embygateway.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.protocol.Params;
import org.embygateway.route.EdgeRequest;
import org.embygateway.route.Refused;
import org.embygateway.route.RouteTable;
import org.embygateway.route.Treatment;

/**
 * What a request asks for, as its first line says.
 *
 * @param match empty for a path that no row fits
 */
record RequestLine(RequestPath path, Optional<RouteTable.Match> match, Params query) {

    /** Reads first lines. Those of media are kept: players ask for the same file again and again, piece by piece. */
    static final class Reader {
        private static final int MOST = 1000;
        private static final int LONGEST = 2048;

        private final RouteTable table;
        private final String basePath;
        private final Cache<Raw, RequestLine> media =
                Caffeine.newBuilder().maximumSize(MOST).build();

        private record Raw(String method, String path, String query) {}

        /** @param basePath where the gateway is mounted behind a proxy; empty or {@code /gateway} */
        Reader(RouteTable table, String basePath) {
            this.table = table;
            this.basePath = basePath;
        }

        /** @throws Refused with 400 for a path that is not valid */
        RequestLine read(EdgeRequest request) {
            Raw raw = new Raw(request.method(), request.rawPath(), request.rawQuery());
            RequestLine known = media.getIfPresent(raw);
            if (known != null) {
                return known;
            }
            RequestPath path = RequestPath.of(raw.path(), basePath);
            RequestLine line = new RequestLine(path, find(raw.method(), path.path()), Params.parse(raw.query()));
            if (line.isMedia() && raw.path().length() + raw.query().length() <= LONGEST) {
                media.put(raw, line);
            }
            return line;
        }

        /** Old libraries put {@code .json} behind paths. */
        private Optional<RouteTable.Match> find(String method, String path) {
            Optional<RouteTable.Match> found = table.find(method, path);
            boolean suffixed = path.toLowerCase(Locale.ROOT).endsWith(".json");
            return found.isPresent() || !suffixed
                    ? found
                    : table.find(method, path.substring(0, path.length() - ".json".length()));
        }
    }

    boolean isMedia() {
        return match.filter(m -> m.route().treatment() instanceof Treatment.Stream)
                .isPresent();
    }
}
