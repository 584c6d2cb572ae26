/**
 * The store on a relational database: {@link Stores} opens it, everything else is hidden behind the interfaces of
 * {@link org.embygateway.index}. Statements run on a few platform threads, since an embedded database works in native
 * code and would hold on to the carriers of virtual threads.
 */
@NullMarked
package org.embygateway.index.sql;

import org.jspecify.annotations.NullMarked;
