/**
 * Decides which copies on different upstreams are the same title. Pure: the outcome depends on the set of copies alone,
 * never on the order they came in, and copies that share no key, directly or through others, do not influence each other.
 */
@NullMarked
package org.embygateway.index.merge;

import org.jspecify.annotations.NullMarked;
