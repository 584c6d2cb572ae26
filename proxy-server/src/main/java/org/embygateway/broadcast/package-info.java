/**
 * Watch state: what people play and mark is kept here first, answered at once, and told to every upstream that holds
 * the title by a durable outbox.
 */
@NullMarked
package org.embygateway.broadcast;

import org.jspecify.annotations.NullMarked;
