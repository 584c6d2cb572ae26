package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemKind;

/**
 * A title as its servers tell of it.
 *
 * @param series 0 for none
 * @param documents by upstream, the best first
 */
record PlainTitle(
        int id,
        ItemKind kind,
        String name,
        int view,
        int series,
        Map<Integer, ObjectNode> documents,
        Optional<UserData> data) {

    private static final Map<String, Integer> AGES =
            Map.of("G", 0, "PG", 8, "PG-13", 13, "R", 17, "FSK-16", 16, "Odd", -1);

    Optional<PlainTitle> seenFrom(Set<Integer> upstreams) {
        Map<Integer, ObjectNode> seen = new TreeMap<>(documents);
        seen.keySet().retainAll(upstreams);
        return seen.isEmpty()
                ? Optional.empty()
                : Optional.of(new PlainTitle(id, kind, name, view, series, seen, data));
    }

    private Stream<JsonNode> all(String field) {
        return documents.values().stream()
                .map(document -> document.path(field))
                .filter(value -> !value.isMissingNode());
    }

    /** What the best server says that says anything. */
    <T> Optional<T> first(String field, Function<JsonNode, T> as) {
        return all(field).map(as).findFirst();
    }

    Optional<Integer> number(String field) {
        return first(field, JsonNode::asInt);
    }

    Optional<Double> decimal(String field) {
        return first(field, JsonNode::asDouble);
    }

    Optional<Instant> date(String field) {
        return first(field, date -> Instant.parse(date.asText()));
    }

    Optional<Instant> created() {
        return all("DateCreated").map(date -> Instant.parse(date.asText())).min(Comparator.naturalOrder());
    }

    Optional<Instant> saved() {
        return all("DateLastSaved").map(date -> Instant.parse(date.asText())).max(Comparator.naturalOrder());
    }

    /** Empty when there is no rating, -1 when nobody knows what it means. */
    Optional<Integer> age() {
        return first("OfficialRating", rating -> AGES.get(rating.asText()));
    }

    boolean any(String field) {
        return all(field)
                .anyMatch(value ->
                        value.isTextual() ? !value.asText().isEmpty() : value.asInt() > 0 || value.asBoolean());
    }

    /** Names that any server gives. */
    Set<String> names(String field) {
        Set<String> names = new TreeSet<>();
        all(field)
                .forEach(list -> list.forEach(name -> names.add(
                        name.isTextual() ? name.asText() : name.path("Name").asText())));
        return names;
    }

    boolean did(String person, String role) {
        return all("People")
                .flatMap(people -> StreamSupport.stream(people.spliterator(), false))
                .anyMatch(one -> one.path("Name").asText().equals(person)
                        && (role.isEmpty() || one.path("Type").asText().equals(role)));
    }

    /** Those who did that, in the order in which servers name them. */
    Set<String> whoDid(String role) {
        Set<String> names = new LinkedHashSet<>();
        all("People")
                .flatMap(people -> StreamSupport.stream(people.spliterator(), false))
                .filter(one -> one.path("Type").asText().equals(role))
                .forEach(one -> names.add(one.path("Name").asText()));
        return names;
    }

    Set<String> providerIds() {
        Set<String> ids = new TreeSet<>();
        all("ProviderIds")
                .forEach(map -> map.properties()
                        .forEach(
                                id -> ids.add((id.getKey() + "." + id.getValue().asText()).toLowerCase())));
        return ids;
    }

    private Stream<JsonNode> sources() {
        return all("MediaSources").map(sources -> sources.path(0));
    }

    private Stream<JsonNode> streams(String type) {
        return sources()
                .flatMap(source ->
                        StreamSupport.stream(source.path("MediaStreams").spliterator(), false))
                .filter(stream -> stream.path("Type").asText().equals(type));
    }

    Stream<String> containers() {
        return sources().map(source -> source.path("Container").asText("")).filter(text -> !text.isEmpty());
    }

    boolean hasContainer(String container) {
        return containers().anyMatch(container::equals);
    }

    Stream<String> ofStreams(String type, String field) {
        return streams(type).map(stream -> stream.path(field).asText());
    }

    boolean hasStream(String type, String field, String value) {
        return ofStreams(type, field).anyMatch(value::equals);
    }

    boolean hasSubtitles() {
        return streams("Subtitle").findAny().isPresent();
    }

    int width() {
        return streams("Video")
                .mapToInt(stream -> stream.path("Width").asInt())
                .max()
                .orElse(0);
    }

    int height() {
        return streams("Video")
                .mapToInt(stream -> stream.path("Height").asInt())
                .max()
                .orElse(0);
    }

    int size() {
        return sources()
                .map(source -> source.path("Size").asInt())
                .filter(size -> size > 0)
                .findFirst()
                .orElse(0);
    }

    boolean favorite() {
        return data.filter(UserData::favorite).isPresent();
    }

    boolean played() {
        return data.filter(UserData::played).isPresent();
    }

    boolean begun() {
        return data.filter(known -> known.positionTicks() > 0 && !known.hiddenFromResume())
                .isPresent();
    }

    double opinion() {
        return data.map(known -> known.rating().orElse(-1)).orElse(-1.0);
    }

    /** As it is sorted by: without article, lower case, numbers of ten digits. */
    String key() {
        String bare = Objects.requireNonNull(name).replaceFirst("^The ", "").toLowerCase();
        int space = bare.indexOf(' ');
        return bare.substring(0, space + 1) + "%010d".formatted(Integer.parseInt(bare.substring(space + 1)));
    }
}
