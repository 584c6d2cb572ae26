package org.embygateway.protocol.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;
import org.junit.jupiter.api.Assumptions;

/**
 * Compares answers with Emby's published OpenAPI document. The document is no part of the repository: it is looked for
 * in the system property {@code emby.openapi}, the environment variable {@code EMBY_OPENAPI}, and as
 * {@code emby-openapi.json} or {@code shared/emby-openapi.json} in the working directory and all above it.
 */
public final class OpenApiCheck {
    private static final String FILE = "emby-openapi.json";

    private final JsonNode document;
    private final Map<String, JsonNode> operations = new HashMap<>();

    private OpenApiCheck(JsonNode document) {
        this.document = document;
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                operations.put(key(operation.getKey(), path.getKey()), operation.getValue())));
    }

    /** The check, or a skipped test that says where the document was expected. */
    public static OpenApiCheck orSkip() {
        Optional<OpenApiCheck> found = find();
        Assumptions.assumeTrue(
                found.isPresent(),
                "no " + FILE + ": set -Demby.openapi or EMBY_OPENAPI, or put it into a directory 'shared' above");
        return found.orElseThrow();
    }

    public static Optional<OpenApiCheck> find() {
        return file().map(OpenApiCheck::load);
    }

    private static Optional<Path> file() {
        for (String named : new String[] {System.getProperty("emby.openapi"), System.getenv("EMBY_OPENAPI")}) {
            if (named != null && Files.isReadable(Path.of(named))) {
                return Optional.of(Path.of(named));
            }
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            for (Path candidate : List.of(at.resolve(FILE), at.resolve("shared").resolve(FILE))) {
                if (Files.isReadable(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static OpenApiCheck load(Path file) {
        try {
            return new OpenApiCheck(EmbyJson.MAPPER.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document has templates that differ in the names of their parameters alone. */
    private static String key(String method, String template) {
        return (method + " " + template.replaceAll("\\{[^}]*}", "{}")).toLowerCase(Locale.ROOT);
    }

    /** Whether the document has that operation; parameters' names and letter case do not matter. */
    public boolean knows(String method, String template) {
        return operation(method, template).isPresent();
    }

    private Optional<JsonNode> operation(String method, String template) {
        return Optional.ofNullable(operations.get(key(method, template)));
    }

    /**
     * What is wrong with an answer.
     *
     * @param template {@code /Users/{UserId}/Items}
     * @param body the JSON of the answer; a missing node for an empty body
     */
    public ApiReport check(String method, String template, int status, JsonNode body) {
        ApiReport report = new ApiReport(method + " " + template + " -> " + status);
        Optional<JsonNode> operation = operation(method, template);
        if (operation.isEmpty()) {
            return report.fault("", "the document has no such operation");
        }
        JsonNode answer = operation.get().get("responses").get(Integer.toString(status));
        if (answer == null) {
            // Reports answer 204 on every measured server, where the document says 200.
            return status == 204 && body.isMissingNode() ? report : report.fault("", "undocumented status");
        }
        JsonNode schema = answer.at("/content/application~1json/schema");
        if (schema.isMissingNode()) {
            return report;
        }
        if (body.isMissingNode()) {
            return report.fault("", "empty body");
        }
        new SchemaWalk(document, report).walk("$", schema, body);
        return report;
    }
}
