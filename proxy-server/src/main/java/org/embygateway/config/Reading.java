package org.embygateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.config.Given.Scalar;
import org.embygateway.config.Given.Section;

/** What one reading of the configuration has at hand and has found. */
final class Reading {
    private static final int MAX_ENTRIES = 1000;

    private final Map<String, String> environment;
    private final Map<String, Flag> flags;
    private final List<Fault> faults;
    private final List<Fault> warnings = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final boolean starting;

    /** @param starting whether a gateway shall start with it, not be asked how it is */
    Reading(Map<String, String> environment, Map<String, Flag> flags, List<Fault> faults, boolean starting) {
        this.environment = environment;
        this.flags = flags;
        this.faults = faults;
        this.starting = starting;
    }

    boolean isStarting() {
        return starting;
    }

    /** Every key asked for so far, with {@code []} for the number of an entry. */
    Set<String> known() {
        return known;
    }

    List<Fault> warnings() {
        return warnings;
    }

    void knows(String key) {
        known.add(key.replaceAll("\\[\\d+]", "[]"));
    }

    void fault(String where, String key, String message) {
        faults.add(new Fault(where, key, message));
    }

    void warn(String where, String key, String message) {
        warnings.add(new Fault(where, key, message));
    }

    boolean hasFault(String key) {
        return faults.stream().anyMatch(fault -> fault.key().equals(key));
    }

    /** From a flag, else from the environment, where an empty variable counts as none. */
    Optional<Scalar> override(String key) {
        Flag flag = flags.get(key);
        if (flag != null) {
            return Optional.of(new Scalar(flag.name(), flag.text()));
        }
        String variable = Variables.of(key);
        return variable(variable).map(text -> new Scalar(variable, text));
    }

    /** What the file named by the variable and {@code _FILE} holds. */
    Optional<Scalar> secretFromFile(String key) {
        String variable = Variables.of(key) + "_FILE";
        return variable(variable).flatMap(file -> {
            try {
                return Optional.of(
                        new Scalar(variable, Files.readString(Path.of(file)).strip()));
            } catch (IOException | InvalidPathException e) {
                fault(variable, key, "the file cannot be read");
                return Optional.empty();
            }
        });
    }

    /** The numbers of the entries of a list that variables mention. */
    SortedSet<Integer> numbersOf(String list) {
        Pattern entry = Pattern.compile(Pattern.quote(Variables.of(list)) + "_(\\d{1,9})_.+");
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String name : environment.keySet()) {
            Matcher parts = entry.matcher(name);
            if (parts.matches() && variable(name).isPresent()) {
                int number = Integer.parseInt(parts.group(1));
                if (number < MAX_ENTRIES) {
                    numbers.add(number);
                } else {
                    fault(name, list, "entry %d (expected: below %d)".formatted(number, MAX_ENTRIES));
                }
            }
        }
        return numbers;
    }

    /** An entry that the file does not have. */
    Section entryOfVariables(String entry) {
        return new Section(Variables.of(entry) + "_*", Map.of());
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }
}
