package org.embygateway.protocol.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@link OpenApiCheck} says of one answer. */
public final class ApiReport {
    private static final int SHOWN = 40;

    private final String about;
    private final Set<String> faults = new LinkedHashSet<>();
    private final Set<String> unknown = new TreeSet<>();

    ApiReport(String about) {
        this.about = about;
    }

    ApiReport fault(String place, String what) {
        faults.add(place.isEmpty() ? what : place + ": " + what);
        return this;
    }

    void unknown(String place) {
        unknown.add(place);
    }

    /** Breaches of the document, each with its place; array positions are left out, so that each shows once. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Properties that the document does not have: allowed, since real servers send some. */
    public Set<String> unknownProperties() {
        return Set.copyOf(unknown);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(about).append(faults.isEmpty() ? ": as documented" : ":");
        faults.stream().limit(SHOWN).forEach(f -> text.append("\n  ").append(f));
        if (!unknown.isEmpty()) {
            text.append("\n  not in the document: ").append(String.join(", ", unknown));
        }
        return text.toString();
    }
}
