package org.embygateway.catalogue;

import org.embygateway.route.Caller;

/** Who asks, and how the catalogue looks to them at this moment. */
record Visitor(Caller caller, Lens lens, UserState user) {}
