package org.embygateway.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.config.Given.Listing;
import org.embygateway.config.Given.Scalar;
import org.embygateway.config.Given.Section;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML into {@link Given}s. Every scalar stays text: the key, not YAML, says what {@code on} or {@code 0123} is. */
final class YamlFile {
    private static final long MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 8;

    private final Path file;
    private final List<Fault> faults;

    /** @param faults gets everything wrong with the file */
    YamlFile(Path file, List<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** Without entries when the file is empty or could not be read. */
    Section read() {
        return text().flatMap(this::compose)
                .flatMap(root -> given(root, "", 0))
                .map(this::section)
                .orElse(empty());
    }

    private Section empty() {
        return new Section(file.toString(), Map.of());
    }

    private Section section(Given root) {
        if (root instanceof Section section) {
            return section;
        }
        fault(root.where(), "", root.shape() + " (expected: sections such as server: and database:)");
        return empty();
    }

    private Optional<String> text() {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
                fault(file.toString(), "", "larger than 1 MiB");
                return Optional.empty();
            }
            String text = Files.readString(file);
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            fault(file.toString(), "", "not UTF-8 text");
        } catch (IOException e) {
            fault(file.toString(), "", unreadable());
        }
        return Optional.empty();
    }

    private String unreadable() {
        if (Files.isDirectory(file)) {
            return "is a folder (expected: a file)";
        }
        return Files.exists(file) ? "cannot be read" : "no such file";
    }

    private Optional<Node> compose(String text) {
        try {
            return Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            fault(file + ":" + line, "", "not YAML: " + problem(e));
        } catch (YAMLException e) {
            fault(file.toString(), "", "not YAML: characters that YAML does not allow");
        }
        return Optional.empty();
    }

    /** Names of aliases, anchors and tags are left out: they may be the beginning of an unquoted password. */
    private static String problem(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("alias") || problem.contains("anchor") || problem.contains("tag")) {
            return "a value that starts with *, & or ! must be in quotes";
        }
        return problem;
    }

    private Optional<Given> given(Node node, String key, int depth) {
        String where = where(node);
        if (depth > MAX_DEPTH) {
            fault(where, key, "too deep");
            return Optional.empty();
        }
        if (!node.getTag().startsWith(Tag.PREFIX)) {
            fault(where, key, "a value that starts with ! must be in quotes");
            return Optional.empty();
        }
        return switch (node) {
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> Optional.empty();
            case ScalarNode scalar -> Optional.of(new Scalar(where, scalar.getValue()));
            case SequenceNode sequence -> Optional.of(new Listing(where, elements(sequence, key, depth)));
            case MappingNode mapping -> Optional.of(new Section(where, entries(mapping, key, depth)));
            default -> Optional.empty();
        };
    }

    private List<Given> elements(SequenceNode sequence, String key, int depth) {
        List<Given> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            String elementKey = key + "[" + elements.size() + "]";
            elements.add(given(element, elementKey, depth + 1).orElse(new Section(where(element), Map.of())));
        }
        return elements;
    }

    private Map<String, Given> entries(MappingNode mapping, String key, int depth) {
        Map<String, Given> entries = new LinkedHashMap<>();
        Map<String, String> first = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            String where = where(tuple.getKeyNode());
            String earlier = first.putIfAbsent(name, where);
            String path = key.isEmpty() ? name : key + "." + name;
            if (earlier != null) {
                fault(where, path, "twice (first: " + earlier + ")");
                continue;
            }
            given(tuple.getValueNode(), path, depth + 1).ifPresent(value -> entries.put(name, at(where, value)));
        }
        return entries;
    }

    /** A section begins at its key, not at its first entry. */
    private static Given at(String where, Given value) {
        return value instanceof Section section ? new Section(where, section.entries()) : value;
    }

    private String where(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }

    private void fault(String where, String key, String message) {
        faults.add(new Fault(where, key, message));
    }
}
