package org.embygateway.route;

/**
 * Everything behind the edge. Called on a virtual thread, for one request of a connection at a time; may block. The
 * thread is interrupted when the client hangs up. Whatever it throws is answered with 500.
 */
@FunctionalInterface
public interface RequestHandler {
    Reply answer(EdgeRequest request);
}
