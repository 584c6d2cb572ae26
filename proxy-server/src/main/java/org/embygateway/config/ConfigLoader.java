package org.embygateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.embygateway.config.Given.Section;

/** Reads the configuration. A flag wins over a variable, a variable over the file, the file over the default. */
public final class ConfigLoader {
    private static final Pattern LINE = Pattern.compile(".*:(\\d+)");

    private ConfigLoader() {}

    /** @param file YAML; without one all is from flags, the environment and defaults */
    public static Loaded load(Optional<Path> file, Map<String, String> environment, List<Flag> flags) {
        return load(file, environment, flags, true);
    }

    /** The configuration of a gateway that runs: what has become of its certificate since is no fault. */
    public static Loaded loadRunning(Optional<Path> file, Map<String, String> environment, List<Flag> flags) {
        return load(file, environment, flags, false);
    }

    private static Loaded load(
            Optional<Path> file, Map<String, String> environment, List<Flag> flags, boolean starting) {
        List<Fault> faults = new ArrayList<>();
        Section root =
                file.map(path -> new YamlFile(path, faults).read()).orElse(new Section("configuration", Map.of()));
        Reading reading = new Reading(environment, byKey(flags), faults, starting);
        Config config = Config.read(new Keys(reading, "", root));
        Strangers strangers = new Strangers(reading);
        strangers.inFile(root);
        strangers.inEnvironment(environment);
        if (faults.isEmpty()) {
            return new Loaded.Ready(config, List.copyOf(reading.warnings()));
        }
        return new Loaded.Faulty(
                faults.stream().sorted(inOrderOfLines()).distinct().toList());
    }

    /** Every key there is, with {@code []} for the number of an entry of a list, and its sections. */
    static Set<String> knownKeys() {
        Reading reading = new Reading(Map.of("GATEWAY_EMBY_SERVERS_0_NAME", "any"), Map.of(), new ArrayList<>(), true);
        Config.read(new Keys(reading, "", new Section("", Map.of())));
        return reading.known();
    }

    private static Map<String, Flag> byKey(List<Flag> flags) {
        return flags.stream().collect(Collectors.toMap(Flag::key, Function.identity(), (first, last) -> last));
    }

    /** Lines of the file first; variables and flags keep the order in which they were met. */
    private static Comparator<Fault> inOrderOfLines() {
        return Comparator.comparingInt(fault -> {
            Matcher parts = LINE.matcher(fault.where());
            return parts.matches() ? Integer.parseInt(parts.group(1)) : Integer.MAX_VALUE;
        });
    }
}
