/**
 * What the operator wrote: one record per section, read from flags, the environment and a YAML file, in this order of
 * precedence. All faults are found together; a {@link org.embygateway.config.Config} that exists is free of them.
 */
@NullMarked
package org.embygateway.config;

import org.jspecify.annotations.NullMarked;
