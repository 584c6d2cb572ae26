/** The route table, family by family. The rows are the dispatch, not a description beside it. */
@NullMarked
package org.embygateway.app.routes;

import org.jspecify.annotations.NullMarked;
