/**
 * The merged catalogue in memory and every answer that comes from it: lists, pages, counts, facets, search, what to watch
 * next. A snapshot is immutable and seen through a lens, which knows only what the asking user's upstreams hold.
 */
@NullMarked
package org.embygateway.catalogue;

import org.jspecify.annotations.NullMarked;
