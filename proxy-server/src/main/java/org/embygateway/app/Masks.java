package org.embygateway.app;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Puts {@code ***} in the place of passwords and tokens in any text: queries, headers, JSON, addresses. */
final class Masks {
    private static final String NAME =
            "(?:[\\w-]*(?:api_?key|token|password|passwd|secret)|(?:new|current)?pw|passwordmd5)";

    /** {@code "Pw":"x"}, {@code Token="x"}, also where the quotes are those of a text inside a text. */
    private static final String QUOTED =
            "(\\b%s\\\\?[\"']?\\s*[=:]\\s*\\\\?[\"'])[^\"'\\\\]*(?:\\\\[^\"'][^\"'\\\\]*)*".formatted(NAME);

    /** {@code api_key=x}, {@code X-Emby-Token: x}. */
    private static final String BARE = "(\\b%s[=:]\\s*)(?![\"'\\\\])[^\\s&\"',;)}\\]]+".formatted(NAME);

    private static final String BEARER = "(\\bBearer\\s+)[\\w.~+/=-]+";

    /** {@code http://user:x@host}. */
    private static final String ADDRESS = "(://)[^\\s/@\"']+(?=@)";

    private static final Pattern SECRET =
            Pattern.compile(String.join("|", QUOTED, BARE, BEARER, ADDRESS), Pattern.CASE_INSENSITIVE);

    private Masks() {}

    static String apply(CharSequence text) {
        return SECRET.matcher(text).replaceAll(found -> Matcher.quoteReplacement(beginning(found)) + "***");
    }

    /** What stands before the secret: the one group that took part. */
    private static String beginning(MatchResult found) {
        return IntStream.rangeClosed(1, found.groupCount())
                .mapToObj(found::group)
                .filter(group -> group != null)
                .findFirst()
                .orElse("");
    }
}
