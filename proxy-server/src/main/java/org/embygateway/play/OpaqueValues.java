package org.embygateway.play;

import java.util.Optional;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.rewrite.Sealed;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;

/**
 * Opaque values of an upstream (live stream ids, open tokens, addresses) as clients carry them: sealed together with the
 * upstream they belong to.
 */
final class OpaqueValues {
    /** What a sealed text says. */
    record Opaque(UpstreamId upstream, String value) {}

    enum Kind {
        LIVE_STREAM('l'),
        OPEN_TOKEN('o'),
        ADDRESS('a'),
        ENTITY_TAG('e');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    private final Sealed sealed;

    OpaqueValues(Sealed sealed) {
        this.sealed = sealed;
    }

    String wrap(Kind kind, UpstreamId upstream, String value) {
        return sealed.seal(kind.letter + upstream.toString() + ":" + value);
    }

    /** Refused with 404 for what is not ours, of another kind, or of an upstream the caller may not see. */
    Opaque unwrap(Kind kind, Caller caller, String text) {
        return open(kind, text)
                .filter(o -> caller.visible().includes(o.upstream()))
                .orElseThrow(() -> new Refused(404, "No such stream."));
    }

    /** Empty for what is not ours or of another kind. */
    Optional<Opaque> open(Kind kind, String text) {
        return sealed.open(text).filter(t -> t.charAt(0) == kind.letter).flatMap(OpaqueValues::parse);
    }

    private static Optional<Opaque> parse(String text) {
        int colon = text.indexOf(':');
        return Optional.of(
                new Opaque(new UpstreamId(Integer.parseInt(text.substring(1, colon))), text.substring(colon + 1)));
    }
}
