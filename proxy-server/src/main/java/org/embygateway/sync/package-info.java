/**
 * Filling the index: crawls, changes and deletions of each upstream, and live questions to those not yet crawled. Asks
 * upstreams with the gateway's own account and device only.
 */
@NullMarked
package org.embygateway.sync;

import org.jspecify.annotations.NullMarked;
