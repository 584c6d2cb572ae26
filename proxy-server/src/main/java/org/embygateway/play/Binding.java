package org.embygateway.play;

import org.embygateway.protocol.Hex32;

/**
 * A play session's tie to one version on one upstream.
 *
 * @param alias 32 unguessable hex digits that stand for this very binding where a request names nothing else
 * @param upstreamSession the upstream's play session id, or one that was made for it
 */
record Binding(String alias, Target target, String upstreamSession) {
    static Binding of(Target target, String upstreamSession) {
        return new Binding(Hex32.random(), target, upstreamSession);
    }

    boolean isFor(Target other) {
        return target.upstream().equals(other.upstream())
                && target.upstreamSource().equals(other.upstreamSource())
                && target.upstreamVersion().equals(other.upstreamVersion());
    }
}
