/**
 * What the gateway answers from its own state, with every upstream down: system information, users, preferences,
 * sessions and the web sockets that connect them, the web UI's files, its own sign-in API.
 */
@NullMarked
package org.embygateway.local;

import org.jspecify.annotations.NullMarked;
