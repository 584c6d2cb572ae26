/** Judges of answers: Emby's OpenAPI document, and a scan for what must not reach a client. */
@NullMarked
package org.embygateway.protocol.check;

import org.jspecify.annotations.NullMarked;
