/**
 * A simulated Emby (or Jellyfin) server for tests, the demo and the benchmarks. It refuses what a real one refuses, its
 * ids start at the same number on every server so that a mix-up shows, and it can be slow, wrong or gone on request.
 */
@NullMarked
package org.embygateway.protocol.sim;

import org.jspecify.annotations.NullMarked;
