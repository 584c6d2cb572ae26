package org.embygateway.play;

import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRegistry;

/** What the classes of this package share; made once by {@link Playing}. */
record PlayParts(
        UpstreamRegistry upstreams,
        UpstreamCalls calls,
        PlaySessions sessions,
        Targets targets,
        OpaqueValues opaque,
        Interview interview,
        Ranking ranking,
        Slots slots,
        Lookout lookout,
        PlayRules rules,
        Rights rights) {}
