package org.embygateway.sync;

import java.util.List;

/**
 * What an upstream says by itself about its library. Only a hint: what it names is asked for before it is believed.
 *
 * @param removed the upstream's ids of items that it says are gone
 */
public record Hint(List<String> removed) {
    public Hint {
        removed = List.copyOf(removed);
    }
}
