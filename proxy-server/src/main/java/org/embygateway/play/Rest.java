package org.embygateway.play;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.embygateway.upstream.UpstreamFailed;

/**
 * Where the rest of a file comes from when the copy it came from breaks off: copies that are proven to be the same.
 *
 * @param copies in the order of preference
 * @param source of a copy, without what a single request says
 */
record Rest(Twins twins, List<Target> copies, Function<Target, RelaySource> source) {
    /** @param used copies that are not asked any more; those that are asked now join them */
    Optional<RelaySource> of(Target broken, ByteSpan missing, Set<Target> used) {
        used.add(broken);
        for (Target target : copies) {
            if (!used.contains(target) && twins.same(broken, target)) {
                Optional<RelaySource> found = open(target, missing);
                used.add(target);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<RelaySource> open(Target target, ByteSpan missing) {
        try {
            Headers headers = Headers.of("Accept-Encoding", "identity", "Range", missing.range());
            return Optional.of(source.apply(target).with(headers).within(Streams.PATIENCE));
        } catch (UpstreamFailed failed) {
            return Optional.empty();
        }
    }
}
