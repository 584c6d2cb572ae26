package org.embygateway.edge;

import java.util.function.UnaryOperator;

/** The ways an edge can be run that must not make a difference. */
enum EdgeSetup {
    ONE_LOOP(options -> options.withEventLoops(1)),
    SEVERAL_LOOPS(options -> options.withEventLoops(3)),
    COPYING(options -> options.withEventLoops(2).withSplice(false)),
    SELECTORS(options -> options.withEventLoops(2).withNativeTransport(false)),
    ENCRYPTED(options -> EncryptedEdge.only(options.withEventLoops(2))),
    ENCRYPTED_BY_THE_JDK(options -> EncryptedEdge.only(options.withEventLoops(2).withNativeTransport(false)));

    private final UnaryOperator<EdgeOptions> change;

    EdgeSetup(UnaryOperator<EdgeOptions> change) {
        this.change = change;
    }

    EdgeOptions of(EdgeOptions options) {
        return change.apply(options);
    }
}
