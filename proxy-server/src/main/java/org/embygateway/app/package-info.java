/**
 * The process: start and stop, the object graph, the route table and the dispatcher that leads each request through it.
 * The one package that knows all others.
 */
@NullMarked
package org.embygateway.app;

import org.jspecify.annotations.NullMarked;
