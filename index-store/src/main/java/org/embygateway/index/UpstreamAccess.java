package org.embygateway.index;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/** Which upstreams a user may see: all, also later ones, or exactly these. */
public sealed interface UpstreamAccess {
    record All() implements UpstreamAccess {}

    record Selected(Set<UpstreamId> upstreams) implements UpstreamAccess {
        public Selected {
            upstreams = Set.copyOf(upstreams);
        }
    }

    /** What is visible of the servers that exist. */
    default Visible among(Collection<UpstreamId> existing) {
        return switch (this) {
            case All() -> new Visible(Set.copyOf(existing));
            case Selected(Set<UpstreamId> chosen) ->
                new Visible(existing.stream().filter(chosen::contains).collect(Collectors.toSet()));
        };
    }
}
