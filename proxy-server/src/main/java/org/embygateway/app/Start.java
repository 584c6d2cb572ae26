package org.embygateway.app;

import org.embygateway.config.Config;

/** Runs the gateway until it is told to stop. */
@FunctionalInterface
public interface Start {
    /**
     * Returns the exit code of the process.
     *
     * @throws Exception with a message for the operator when the gateway cannot start
     */
    int run(Config config) throws Exception;
}
