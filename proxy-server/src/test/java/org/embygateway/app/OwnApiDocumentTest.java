package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.embygateway.config.ConfigLoader;
import org.embygateway.config.Loaded;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Access;
import org.embygateway.route.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The served description of the gateway's own API says what the table does. */
class OwnApiDocumentTest {
    private static final Set<String> OWN =
            Set.of("auth", "media", "progress", "admin", "gateway", "health", "ready", "metrics");

    @TempDir
    Path data;

    @Test
    void everyRowIsDescribedAndNothingElse() throws IOException {
        Set<String> described = new TreeSet<>();
        document()
                .path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(described)
                .isEqualTo(rows().stream().map(OwnApiDocumentTest::name).collect(Collectors.toSet()));
    }

    @Test
    void itSaysWhichRowsNeedAToken() throws IOException {
        JsonNode paths = document().path("paths");

        assertThat(rows())
                .allSatisfy(route -> assertThat(paths.path(path(route))
                                .path(route.method().toLowerCase(Locale.ROOT))
                                .path("security")
                                .isEmpty())
                        .as(route.template())
                        .isEqualTo(route.access() == Access.ANYONE));
    }

    private static JsonNode document() throws IOException {
        try (InputStream file = Operations.class.getResourceAsStream("openapi.json")) {
            return EmbyJson.read(file.readAllBytes());
        }
    }

    private List<Route> rows() throws IOException {
        Loaded loaded =
                ConfigLoader.load(Optional.empty(), Map.of("GATEWAY_SERVER_DATA_DIR", data.toString()), List.of());
        try (Gateway gateway = Gateway.open(((Loaded.Ready) loaded).config())) {
            return gateway.table().routes().stream()
                    .filter(route -> OWN.contains(
                            path(route).split("/").length > 1 ? path(route).split("/")[1] : ""))
                    .toList();
        }
    }

    private static String name(Route route) {
        return route.method() + " " + path(route);
    }

    private static String path(Route route) {
        return route.pattern().text().replace("{Id}", "{id}");
    }
}
