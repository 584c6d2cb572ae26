package org.embygateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads configurations that tests write. */
final class Loading {
    private Loading() {}

    static Config config(Loaded loaded) {
        return switch (loaded) {
            case Loaded.Ready(var config, var ignored) -> config;
            case Loaded.Faulty(var faults) -> throw new AssertionError(faults);
        };
    }

    static List<String> warnings(Loaded loaded) {
        return ((Loaded.Ready) loaded).warnings().stream().map(Fault::toString).toList();
    }

    /** The faults, with the file's name in place of its path. */
    static List<String> faults(Loaded loaded) {
        return ((Loaded.Faulty) loaded)
                .faults().stream()
                        .map(fault -> fault.toString().replaceAll("\\S*/(\\w+\\.yaml)", "$1"))
                        .toList();
    }

    static Loaded yaml(Path folder, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), text);
        return ConfigLoader.load(Optional.of(file), Map.of(), List.of());
    }

    static Loaded environment(Map<String, String> environment) {
        return ConfigLoader.load(Optional.empty(), environment, List.of());
    }
}
