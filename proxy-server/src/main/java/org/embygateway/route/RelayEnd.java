package org.embygateway.route;

import java.time.Duration;

/**
 * How a relay ended.
 *
 * @param bytes sent to the client
 * @param complete whether the whole body was sent; false when client or upstream left early
 * @param firstByte from the request to the upstream until its answer's head
 */
public record RelayEnd(long bytes, boolean complete, Duration firstByte, Duration total) {}
