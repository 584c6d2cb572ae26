package org.embygateway.rewrite;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web address taken apart as browsers do it: lenient about characters, since servers write spaces and brackets into
 * file names.
 *
 * @param origin scheme, host and port in lower case, without a default port
 * @param path starting with a slash, without dot segments, still percent-encoded
 * @param query as written, without the question mark; empty when there is none
 */
record UrlPlace(String origin, String path, String query) {
    private static final Pattern ABSOLUTE =
            Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?");

    static UrlPlace of(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return new UrlPlace(origin(uri.getScheme(), uri.getRawAuthority()), normal(path), query);
    }

    /** Where the text leads when it stands in a document at this place. */
    UrlPlace resolve(String text) {
        String plain = text.contains("#") ? text.substring(0, text.indexOf('#')) : text;
        Matcher absolute = ABSOLUTE.matcher(plain);
        if (absolute.find()) {
            String written = absolute.group(4) == null ? "" : absolute.group(4);
            return new UrlPlace(origin(absolute.group(1), absolute.group(2)), normal(absolute.group(3)), written);
        }
        if (plain.startsWith("//")) {
            return resolve(origin.substring(0, origin.indexOf(':') + 1) + plain);
        }
        int mark = plain.indexOf('?');
        String name = mark < 0 ? plain : plain.substring(0, mark);
        String asked = mark < 0 ? "" : plain.substring(mark + 1);
        if (name.isEmpty()) {
            return new UrlPlace(origin, path, mark < 0 ? query : asked);
        }
        String full = name.startsWith("/") ? name : path.substring(0, path.lastIndexOf('/') + 1) + name;
        return new UrlPlace(origin, normal(full), asked);
    }

    String text() {
        return origin + path + (query.isEmpty() ? "" : "?" + query);
    }

    private static String origin(String scheme, String authority) {
        String name = scheme.toLowerCase(Locale.ROOT);
        String host = authority.toLowerCase(Locale.ROOT);
        String port = name.equals("https") ? ":443" : ":80";
        return name + "://" + (host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host);
    }

    private static String normal(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            String segment = segments[i];
            boolean last = i == segments.length - 1;
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.equals(".")) {
                kept.addLast(segment);
                continue;
            }
            if (last) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
