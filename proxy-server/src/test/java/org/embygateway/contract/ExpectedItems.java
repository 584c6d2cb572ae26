package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What the person in front of the TV has to find in the lists of a scene: each title once, whoever holds it. */
final class ExpectedItems {
    private static final Pattern LATER_PAGE = Pattern.compile("[?&]StartIndex=[1-9]");

    private static final List<Row> TABLE = List.of(
            new Row("movies", "/Items?IncludeItemTypes=Movie", "film", "foreign"),
            new Row("movies-sort", "/Items?IncludeItemTypes=Movie", "film", "foreign"),
            new Row("movies-filter", "Filters=IsUnplayed", "film", "foreign"),
            new Row("tvshows", "/Items?IncludeItemTypes=Series", "series"),
            new Row("series-detail", "/Seasons?", "season"),
            new Row("season", "/Episodes?", "episode1", "episode2", "episode3", "episode4", "episode5", "episode6"),
            new Row("episode-play", "/Episodes?", "episode1", "episode2", "episode6"),
            new Row("series-play", "/Shows/NextUp?", "episode2"),
            new Row("series-play", "IncludeItemTypes=Episode&ParentId=", "episode2"),
            new Row("person", "IncludeItemTypes=Movie&Recursive=true&PersonIds=", "film"),
            new Row("person", "IncludeItemTypes=Series&Recursive=true&PersonIds=", "series"),
            new Row("genre", "/Items?IncludeItemTypes=Movie,Series,Video", "film"),
            new Row("genre", "/Genres?", "genre"),
            new Row("search", "/Items?SearchTerm=FO", "film"));

    private ExpectedItems() {}

    /** @param part of the request's target; only first pages are judged */
    private record Row(String scene, String part, List<String> items) {
        Row(String scene, String part, String... items) {
            this(scene, part, List.of(items));
        }

        boolean concerns(String inScene, String target) {
            return scene.equals(inScene)
                    && target.contains(part)
                    && !LATER_PAGE.matcher(target).find();
        }
    }

    static void check(String scene, String target, JsonNode answer, Placeholders names) {
        List<String> ids = StreamSupport.stream(answer.path("Items").spliterator(), false)
                .map(item -> item.path("Id").asText())
                .toList();
        TABLE.stream()
                .filter(row -> row.concerns(scene, target))
                .flatMap(row -> row.items().stream())
                .forEach(item -> assertThat(ids).as(item).containsOnlyOnce(names.value(item)));
    }
}
