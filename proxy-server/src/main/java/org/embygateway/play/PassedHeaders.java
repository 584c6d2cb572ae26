package org.embygateway.play;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.route.Headers;

/** The fields of a client's request that an upstream gets to see. */
final class PassedHeaders {
    private static final String[] TAGGED = {"If-Range", "If-None-Match"};
    private static final String[] PASS = {
        "If-Modified-Since",
        "Accept",
        "Accept-Language",
        "getcontentFeatures.dlna.org",
        "transferMode.dlna.org",
        "TimeSeekRange.dlna.org",
        "X-Playback-Session-Id"
    };
    private static final Pattern SUFFIX = Pattern.compile("bytes=-(\\d{1,18})");
    private static final Pattern FROM = Pattern.compile("bytes=(\\d{1,18})-.*");

    private PassedHeaders() {}

    /**
     * @param size of the file in bytes; 0 when unknown. Ranges that count from the end are turned into ones from the
     *     start when it is known, since Emby 4.9.5 answers the former wrongly
     * @param tags makes the upstream's own entity tags of those in a condition
     */
    static Headers of(Headers headers, long size, UnaryOperator<String> tags) {
        Headers passed = Headers.of("Accept-Encoding", "identity");
        for (String name : PASS) {
            passed = with(passed, name, headers.first(name));
        }
        for (String name : TAGGED) {
            passed = with(passed, name, headers.first(name).map(tags));
        }
        Optional<String> range = headers.first("Range").map(String::trim);
        return range.isPresent() ? passed.with("Range", absolute(range.get(), size)) : passed;
    }

    private static Headers with(Headers headers, String name, Optional<String> value) {
        return value.map(text -> headers.with(name, text)).orElse(headers);
    }

    private static String absolute(String range, long size) {
        Matcher suffix = SUFFIX.matcher(range);
        if (size <= 0 || !suffix.matches()) {
            return range;
        }
        long length = Long.parseLong(suffix.group(1));
        return length == 0 ? range : "bytes=%d-%d".formatted(Math.max(0, size - length), size - 1);
    }

    /** Whether the request starts with the file's first byte. */
    static boolean fromStart(Headers headers) {
        return headers.first("Range")
                .map(range -> {
                    Matcher from = FROM.matcher(range.trim());
                    return from.matches() && Long.parseLong(from.group(1)) == 0;
                })
                .orElse(true);
    }
}
