package org.embygateway.protocol;

import java.util.Set;

/**
 * The upstreams a user may see. Whatever finds an item or a copy takes one of these, so that a forgotten permission
 * check does not compile.
 */
public record Visible(Set<UpstreamId> upstreams) {
    public static final Visible NOTHING = new Visible(Set.of());

    public Visible {
        upstreams = Set.copyOf(upstreams);
    }

    public boolean includes(UpstreamId upstream) {
        return upstreams.contains(upstream);
    }
}
