/**
 * How people type titles: one spelling for what looks or sounds the same, and the letters that stand for characters no
 * keyboard has. Knows nothing of items.
 */
@NullMarked
package org.embygateway.catalogue.text;

import org.jspecify.annotations.NullMarked;
