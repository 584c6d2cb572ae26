/**
 * Administration of the servers: the calls of the gateway's own API below {@code /admin}, and the servers that the
 * configuration file names. What is changed takes effect at once.
 */
@NullMarked
package org.embygateway.admin;

import org.jspecify.annotations.NullMarked;
