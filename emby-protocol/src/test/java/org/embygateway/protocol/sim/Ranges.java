package org.embygateway.protocol.sim;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers for files: whole, in part, unchanged, or with a range that lies outside. */
final class Ranges {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private final boolean suffixBroken;

    /** Emby 4.9.5 takes {@code bytes=-500} for the first 500 bytes. */
    Ranges(boolean suffixBroken) {
        this.suffixBroken = suffixBroken;
    }

    SimReply answer(HttpHeaders request, Content content, String type, Map<String, String> more) {
        String etag = "\"" + content.tag() + "\"";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("Accept-Ranges", "bytes");
        headers.put("Cache-Control", "private, no-transform");
        headers.put("ETag", etag);
        headers.put("Last-Modified", "Sat, 01 Jun 2024 10:00:00 GMT");
        headers.putAll(more);
        if (etag.equals(request.get("If-None-Match"))) {
            return new SimReply.Whole(304, headers, new byte[0]);
        }
        String range = request.get("Range", "");
        boolean current = !request.contains("If-Range") || etag.equals(request.get("If-Range"));
        Matcher matcher = RANGE.matcher(range);
        if (range.isEmpty() || !current || !matcher.matches() || range.equals("bytes=-")) {
            return new SimReply.Part(200, headers, content, 0, content.size());
        }
        return part(matcher.group(1), matcher.group(2), content, headers);
    }

    private SimReply part(String first, String last, Content content, Map<String, String> headers) {
        long size = content.size();
        long from;
        long to = size - 1;
        if (first.isEmpty()) {
            long count = Math.min(Long.parseLong(last), size);
            from = suffixBroken ? 0 : size - count;
            to = suffixBroken ? count : to;
        } else {
            from = Long.parseLong(first);
            to = last.isEmpty() ? to : Math.min(to, Long.parseLong(last));
        }
        if (from >= size || from > to) {
            Map<String, String> refused = new LinkedHashMap<>(headers);
            refused.put("Content-Range", "bytes */" + size);
            refused.put("Content-Type", "text/plain");
            return new SimReply.Whole(416, refused, "Range not satisfiable".getBytes(StandardCharsets.US_ASCII));
        }
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + size);
        return new SimReply.Part(206, headers, content, from, to - from + 1);
    }
}
