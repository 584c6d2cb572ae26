package org.embygateway.local;

import java.util.Optional;

/**
 * Where the gateway itself listens, whatever a client reaches it by.
 *
 * @param plain the port for plain HTTP; empty when there is none
 * @param secure the port for HTTPS; empty when there is none
 */
public record OpenPorts(Optional<Integer> plain, Optional<Integer> secure) {}
