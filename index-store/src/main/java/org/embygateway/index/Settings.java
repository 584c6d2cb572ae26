package org.embygateway.index;

import java.util.Optional;
import java.util.function.Supplier;

/** Small named values that must outlive a restart: the server id, the signing key … */
public interface Settings {
    Optional<String> find(String name);

    void put(String name, String value);

    /** The kept value, or the first one if there was none, decided once even when two callers race. */
    String findOrCreate(String name, Supplier<String> first);
}
