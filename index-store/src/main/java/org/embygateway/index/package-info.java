/**
 * All that is kept in a database, in domain words: upstreams and accounts, users and sign-ins, the media index with its
 * merging, user data and the outbox. Knows neither HTTP nor Netty; SQL stays behind these interfaces.
 */
@NullMarked
package org.embygateway.index;

import org.jspecify.annotations.NullMarked;
