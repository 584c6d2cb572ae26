package org.embygateway.play;

import java.util.List;
import java.util.Optional;
import org.embygateway.play.PlaySessions.Found;

/**
 * The copies a stream may come from, best first; never empty.
 *
 * @param named whether the client named the version, so that none but an identical one may stand in
 * @param session the play session that the request names, if the gateway knows it
 * @param live the upstream's live stream id
 */
record Chosen(List<Target> copies, boolean named, Optional<Found> session, Optional<String> live) {}
