package org.embygateway.protocol.sim;

import org.embygateway.protocol.ItemKind;

/** One library of a simulated server. */
public final class SimLibrary {
    private final SimCatalog catalog;
    private final SimItem view;

    SimLibrary(SimCatalog catalog, SimItem view) {
        this.catalog = catalog;
        this.view = view;
    }

    /** The library as an item. */
    public SimItem view() {
        return view;
    }

    public SimItem movie(String name) {
        return catalog.add(ItemKind.MOVIE, view, name);
    }

    public SimItem series(String name) {
        return catalog.add(ItemKind.SERIES, view, name);
    }

    /** An item of any other kind. */
    public SimItem item(ItemKind kind, String name) {
        return catalog.add(kind, view, name);
    }
}
