package org.embygateway.config;

import java.util.List;

/** What became of reading the configuration. */
public sealed interface Loaded {

    /**
     * Free of faults.
     *
     * @param warnings lines worth a look that stop nothing
     */
    record Ready(Config config, List<Fault> warnings) implements Loaded {}

    /** Every fault there is, in the order of the file, then variables and flags. Never empty. */
    record Faulty(List<Fault> faults) implements Loaded {}
}
