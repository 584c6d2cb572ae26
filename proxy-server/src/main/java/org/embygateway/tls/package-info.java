/**
 * The gateway's own certificate and its key: read from files as they are usual, judged before they are used, and watched
 * so that a renewed one is taken without a restart. What is done with them is the edge's affair.
 */
@NullMarked
package org.embygateway.tls;

import org.jspecify.annotations.NullMarked;
