package org.embygateway.play;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.protocol.UpstreamId;

/** Entity tags of upstreams, which make them of their ids, as clients get to see them and send them back. */
final class EntityTags {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private static final int MOST_SHOWN = 10_000;

    private final OpaqueValues opaque;
    /** A player that takes a file in small pieces gets the same tag with each. */
    private final Cache<Tag, String> shown =
            Caffeine.newBuilder().maximumSize(MOST_SHOWN).build();

    private record Tag(UpstreamId upstream, String text) {}

    EntityTags(OpaqueValues opaque) {
        this.opaque = opaque;
    }

    /** A tag from an answer; the same one always gives the same. */
    String shown(UpstreamId upstream, String tag) {
        return shown.get(new Tag(upstream, tag), this::sealed);
    }

    private String sealed(Tag tag) {
        return QUOTED.matcher(tag.text())
                .replaceAll(
                        found -> '"' + opaque.wrap(OpaqueValues.Kind.ENTITY_TAG, tag.upstream(), found.group(1)) + '"');
    }

    /** A condition from a request, as that upstream understands it; tags of others stay, and match nothing there. */
    String original(UpstreamId upstream, String condition) {
        return QUOTED.matcher(condition).replaceAll(found -> Matcher.quoteReplacement(original(upstream, found)));
    }

    private String original(UpstreamId upstream, MatchResult found) {
        return opaque.open(OpaqueValues.Kind.ENTITY_TAG, found.group(1))
                .filter(tag -> tag.upstream().equals(upstream))
                .map(tag -> '"' + tag.value() + '"')
                .orElseGet(found::group);
    }
}
