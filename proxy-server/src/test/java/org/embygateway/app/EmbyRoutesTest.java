package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.embygateway.config.ConfigLoader;
import org.embygateway.config.Loaded;
import org.embygateway.protocol.check.OpenApiCheck;
import org.embygateway.route.RouteTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the route table against the official API document: each of its operations has a row of its own. */
class EmbyRoutesTest {
    @TempDir
    Path data;

    @Test
    void everyOperationOfTheOfficialDocumentHasItsRow() {
        RouteTable table = complete();
        List<String> missing = new ArrayList<>();
        for (String operation : operations()) {
            String method = operation.substring(0, operation.indexOf(' '));
            String path = operation.substring(operation.indexOf(' ') + 1);
            String shape = shape(path);
            Optional<String> row = table.find(method, example(path))
                    .map(match -> shape(match.route().pattern().text()));
            if (!row.equals(Optional.of(shape))) {
                missing.add(operation + " -> " + row.orElse("no row"));
            }
        }
        assertThat(missing).isEmpty();
        assertThat(operations()).hasSize(524);
    }

    @Test
    void thePathsThatTheDocumentLacksHaveRowsToo() {
        RouteTable table = complete();
        List<String> real = List.of(
                "GET /Search/Hints",
                "GET /UserSettings/1",
                "POST /UserSettings/1/Partial",
                "GET /embywebsocket",
                "GET /socket",
                "GET /web/index.html",
                "GET /web/strings/en-US.json",
                "GET /Users/1/HomeSections",
                "GET /Users/1/Sections/1/Items",
                "POST /Items/1/Delete",
                "POST /Videos/ActiveEncodings/Delete",
                "GET /Library/VirtualFolders",
                "GET /Users",
                "GET /Notifications/Services/Configured",
                "GET /Plugins/SecurityInfo",
                "GET /Registrations/x",
                "GET /Parties");
        assertThat(real)
                .allSatisfy(operation -> assertThat(table.find(
                                operation.substring(0, operation.indexOf(' ')),
                                operation.substring(operation.indexOf(' ') + 1)))
                        .as(operation)
                        .isPresent());
    }

    @Test
    void theListKeptHereIsTheDocuments() {
        OpenApiCheck document = OpenApiCheck.orSkip();

        assertThat(operations())
                .allSatisfy(operation -> assertThat(document.knows(
                                operation.substring(0, operation.indexOf(' ')),
                                operation.substring(operation.indexOf(' ') + 1)))
                        .as(operation)
                        .isTrue());
    }

    private RouteTable complete() {
        Loaded loaded =
                ConfigLoader.load(Optional.empty(), Map.of("GATEWAY_SERVER_DATA_DIR", data.toString()), List.of());
        try (Gateway gateway = Gateway.open(((Loaded.Ready) loaded).config())) {
            return gateway.table();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> operations() {
        try (InputStream file = EmbyRoutesTest.class.getResourceAsStream("emby-operations.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String example(String path) {
        return path.replaceAll("\\{\\w+}", "77");
    }

    private static String shape(String path) {
        return path.replaceAll("\\{\\w+}", "{}").toLowerCase(Locale.ROOT);
    }
}
