package org.embygateway.play;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.protocol.UpstreamId;

/** Entity tags of upstreams, which make them of their ids, as clients get to see them and send them back. */
final class EntityTags {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final OpaqueValues opaque;

    EntityTags(OpaqueValues opaque) {
        this.opaque = opaque;
    }

    /** A tag from an answer; the same one always gives the same. */
    String shown(UpstreamId upstream, String tag) {
        return QUOTED.matcher(tag)
                .replaceAll(found -> '"' + opaque.wrap(OpaqueValues.Kind.ENTITY_TAG, upstream, found.group(1)) + '"');
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
