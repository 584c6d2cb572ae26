/**
 * Emby's vocabulary: ids, ticks, kinds of items, the client's identity, parameters. Plain values without I/O, shared by
 * the store and the server.
 */
@NullMarked
package org.embygateway.protocol;

import org.jspecify.annotations.NullMarked;
