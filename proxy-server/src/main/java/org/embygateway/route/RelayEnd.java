package org.embygateway.route;

import java.time.Duration;

/**
 * How a relay ended.
 *
 * @param bytes sent to the client
 * @param complete whether the whole body was sent; false when client or upstream left early
 * @param waited how long the client was ready for more and the upstream sent nothing, after its first byte
 * @param firstByte from the request to the upstream until its answer's head
 */
public record RelayEnd(long bytes, boolean complete, Duration waited, Duration firstByte, Duration total) {}
