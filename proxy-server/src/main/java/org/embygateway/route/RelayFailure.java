package org.embygateway.route;

/**
 * Why a source could not be used, before any byte reached the client.
 *
 * @param status of the upstream's answer; 0 when there was none
 * @param reason for the log: short, without addresses
 */
public record RelayFailure(RelaySource source, int status, String reason) {}
