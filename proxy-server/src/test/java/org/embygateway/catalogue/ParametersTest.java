package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.protocol.Params;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;
import org.embygateway.route.Refused;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parameter of the official document's lists, and what clients send besides, does what {@code parameters.txt} says. */
class ParametersTest {
    /** How many names the document has in the queries of its lists, and how many more in the schema of their bodies. */
    private static final Map<String, Long> IN_DOCUMENT = Map.of("document", 97L, "body", 27L);

    private static final Caller ALICE = Fixture.caller(1, 2);
    private static Map<String, Handler> routes = Map.of();

    private record Parameter(String name, String from, String does, String request, String result) {
        static Parameter of(String line) {
            String[] cells = Arrays.copyOf(line.split(" \\| ?", -1), 5);
            return new Parameter(cells[0], cells[1], cells[2], cells[3], cells[4] == null ? "" : cells[4]);
        }

        List<String> names() {
            return result.isEmpty() ? List.of() : List.of(result.split(","));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void aLibraryInWhichEveryParameterMatters() {
        Fixture fixture = SmallLibrary.loaded();
        routes = Map.of(
                "/Items", new ItemsHandlers(fixture.catalogue, ReadThrough.NONE)::query,
                "/Artists", new FacetHandlers(fixture.catalogue, ReadThrough.NONE)::artists,
                "/Persons", new FacetHandlers(fixture.catalogue, ReadThrough.NONE)::persons,
                "/Studios", new FacetHandlers(fixture.catalogue, ReadThrough.NONE)::studios);
    }

    private static List<Parameter> parameters() {
        return lines("parameters.txt").stream().map(Parameter::of).toList();
    }

    private static List<String> sortKeys() {
        return lines("sort-keys.txt");
    }

    private static List<String> lines(String resource) {
        try (InputStream file = ParametersTest.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode ask(String request) {
        int mark = request.startsWith("/") ? request.indexOf('?') : -1;
        String route = mark < 0 ? "/Items" : request.substring(0, mark);
        Params params = Params.parse("Recursive=true").overriddenBy(Params.parse(request.substring(mark + 1)));
        String query = params.all().entrySet().stream()
                .map(param -> param.getKey() + "="
                        + URLEncoder.encode(param.getValue().getFirst(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return Fixture.ask(routes.get(route), ALICE, query);
    }

    private static String without(Parameter parameter) {
        int mark = parameter.request.startsWith("/") ? parameter.request.indexOf('?') + 1 : 0;
        String prefix = parameter.name.toLowerCase(Locale.ROOT) + "=";
        return parameter.request.substring(0, mark)
                + Arrays.stream(parameter.request.substring(mark).split("&"))
                        .filter(pair -> !pair.toLowerCase(Locale.ROOT).startsWith(prefix))
                        .collect(Collectors.joining("&"));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void aParameterDoesWhatTheListSays(Parameter parameter) {
        assertThat(without(parameter)).as("the request has the parameter").isNotEqualTo(parameter.request);
        switch (parameter.does) {
            case "finds" -> {
                JsonNode answer = ask(parameter.request);
                assertThat(Fixture.names(answer.path("Items"))).containsExactlyInAnyOrderElementsOf(parameter.names());
                assertThat(answer.path("TotalRecordCount").asInt())
                        .isEqualTo(parameter.names().size());
            }
            case "sorts" ->
                assertThat(Fixture.names(ask(parameter.request).path("Items"))).isEqualTo(parameter.names());
            case "shows" -> assertThat(ask(parameter.request)).isNotEqualTo(ask(without(parameter)));
            case "ignored" -> assertThat(ask(parameter.request)).isEqualTo(ask(without(parameter)));
            case "refused" ->
                assertThatThrownBy(() -> ask(parameter.request))
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.status()).isEqualTo(Integer.parseInt(parameter.result)));
            default -> throw new AssertionError("unknown: " + parameter.does);
        }
    }

    @Test
    void noParameterOfTheDocumentIsForgotten() {
        assertThat(parameters().stream().collect(Collectors.groupingBy(Parameter::from, Collectors.counting())))
                .containsAllEntriesOf(IN_DOCUMENT);
        assertThat(parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("sortKeys")
    void aSortKeyOrdersAsTheListSays(String line) {
        String[] cells = line.split(" \\| ");
        assertThat(Fixture.names(ask(cells[1] + "&SortBy=" + cells[0]).path("Items")))
                .isEqualTo(List.of(cells[2].split(",")));
    }

    @Test
    void everySortKeyIsInTheList() {
        Set<String> listed = sortKeys().stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
        assertThat(Arrays.stream(SortKey.values()).flatMap(key -> key.names().stream()))
                .filteredOn(name -> !name.equals("Random"))
                .isSubsetOf(listed);
    }

    @Test
    void anUnknownParameterChangesNothing() {
        assertThat(ask("IncludeItemTypes=Movie&Unheard=Of")).isEqualTo(ask("IncludeItemTypes=Movie"));
    }
}
