package org.embygateway.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        List<Map.Entry<String, String>> passed = new ArrayList<>();
        passed.add(Map.entry("Accept-Encoding", "identity"));
        for (String name : PASS) {
            headers.first(name).ifPresent(value -> passed.add(Map.entry(name, value)));
        }
        for (String name : TAGGED) {
            headers.first(name).ifPresent(tag -> passed.add(Map.entry(name, tags.apply(tag))));
        }
        headers.first("Range").ifPresent(range -> passed.add(Map.entry("Range", absolute(range.trim(), size))));
        return Headers.of(passed);
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
