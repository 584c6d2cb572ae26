/**
 * The vocabulary of a request's way through the gateway: the route table's rows, the call that a handler gets and the
 * reply it gives. Plain values, no I/O.
 */
@NullMarked
package org.embygateway.route;

import org.jspecify.annotations.NullMarked;
