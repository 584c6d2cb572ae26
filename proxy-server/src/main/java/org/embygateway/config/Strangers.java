package org.embygateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.config.Given.Listing;
import org.embygateway.config.Given.Section;

/** Finds keys and variables that mean nothing, and the ones probably meant. */
final class Strangers {
    private static final List<String> TOOLS = List.of("GATEWAY_CONFIG");

    private final Reading reading;
    private final Set<String> known;

    Strangers(Reading reading) {
        this.reading = reading;
        this.known = Set.copyOf(reading.known());
    }

    /** Leaves a fault for each key of the file that nothing asked for. */
    void inFile(Section root) {
        inSection(root, "");
    }

    private void inSection(Section section, String path) {
        section.entries().forEach((name, value) -> {
            String key = path.isEmpty() ? name : path + "." + name;
            if (!known.contains(general(key))) {
                reading.fault(value.where(), key, "unknown key" + meant(general(key), known));
            } else if (value instanceof Section inner && isSection(key)) {
                inSection(inner, key);
            } else if (value instanceof Listing listing) {
                inEntries(listing, key);
            }
        });
    }

    private boolean isSection(String key) {
        return known.stream().anyMatch(other -> other.startsWith(general(key) + "."));
    }

    private void inEntries(Listing listing, String path) {
        for (int i = 0; i < listing.elements().size(); i++) {
            if (listing.elements().get(i) instanceof Section entry) {
                inSection(entry, path + "[" + i + "]");
            }
        }
    }

    /** Warns of variables that look like ours; a fault would be too much, as orchestrators add some of their own. */
    void inEnvironment(Map<String, String> environment) {
        Set<String> variables = known.stream().map(Variables::of).collect(Collectors.toSet());
        Set<String> sections = known.stream()
                .filter(key -> !key.contains(".") && !key.equals("database"))
                .map(key -> Variables.of(key) + "_")
                .collect(Collectors.toSet());
        environment.keySet().stream()
                .filter(name -> sections.stream().anyMatch(name::startsWith))
                .filter(name -> !variables.contains(withoutNumber(name)) && !TOOLS.contains(name))
                .sorted()
                .forEach(name -> reading.warn(name, "", "unknown variable" + meant(name, variables)));
    }

    private static String withoutNumber(String name) {
        return name.replaceFirst("_FILE$", "").replaceAll("_\\d+_", "_");
    }

    private static String general(String key) {
        return key.replaceAll("\\[\\d+]", "[]");
    }

    private static String meant(String name, Collection<String> choices) {
        Optional<String> nearest = choices.stream()
                .filter(choice -> isNear(name, choice))
                .min(Comparator.comparingInt((String choice) -> distance(folded(name), folded(choice)))
                        .thenComparing(Comparator.naturalOrder()));
        return nearest.map(choice -> " (meant: " + choice.replace("[]", "[…]") + "?)")
                .orElse("");
    }

    private static boolean isNear(String name, String choice) {
        int distance = distance(folded(name), folded(choice));
        boolean misspelt = distance <= Math.max(2, lastPart(name).length() / 3);
        return misspelt || folded(lastPart(choice)).equals(folded(lastPart(name)));
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private static String folded(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    /** Edits (insert, delete, replace one letter) from one text to the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
