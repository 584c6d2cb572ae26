/**
 * Turns what an upstream says into what the gateway says: which fields of Emby's structures may pass, which name ids,
 * tags, paths and addresses, and what a version is called. Works on parsed documents by field, never on text.
 */
@NullMarked
package org.embygateway.rewrite;

import org.jspecify.annotations.NullMarked;
