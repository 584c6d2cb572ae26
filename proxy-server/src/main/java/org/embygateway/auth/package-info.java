/**
 * Who asks: the credentials a request carries, the sign-in behind a token, passwords and the making of the first
 * administrator. Knows nothing of upstreams beyond which of them a user may see.
 */
@NullMarked
package org.embygateway.auth;

import org.jspecify.annotations.NullMarked;
