package org.embygateway.protocol.sim;

/** A request that the simulated server refuses, with the status and the plain text that a real one sends. */
final class SimError extends RuntimeException {
    final int status;

    SimError(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    static SimError notFound() {
        return new SimError(404, "Item not found.");
    }

    static SimError unauthorized() {
        return new SimError(401, "Access token is invalid or expired.");
    }
}
