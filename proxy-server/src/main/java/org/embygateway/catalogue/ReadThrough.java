package org.embygateway.catalogue;

import org.embygateway.route.Call;

/** Learns from servers that are not fully indexed yet what a list or a search is about, before the catalogue answers. */
@FunctionalInterface
public interface ReadThrough {
    ReadThrough NONE = call -> {};

    /** Returns after a deadline at the latest, whatever the servers do; never throws. */
    void before(Call call);
}
