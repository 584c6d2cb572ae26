/**
 * HTTP at the outside: framing, limits, replies, web sockets and the relaying of media. The only package that imports
 * Netty; everything that decides an answer happens behind {@link org.embygateway.route.RequestHandler}, on a virtual
 * thread if it may take time or wait, and everything here that is not said to run there runs on the client's event loop
 * and never blocks.
 */
@NullMarked
package org.embygateway.edge;

import org.jspecify.annotations.NullMarked;
