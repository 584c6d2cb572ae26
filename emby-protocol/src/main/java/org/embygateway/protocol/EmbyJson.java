package org.embygateway.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** JSON as Emby writes it: PascalCase names, absent instead of null, dates with seven digits of a second. */
public final class EmbyJson {
    private static final int MAX_DEPTH = 64;
    /** Two bytes of text can become fifty of heap for a name, a value or a bracket: so many are 20 MiB at worst. */
    private static final long MAX_TOKENS = 400_000;

    private static final long MAX_TOKENS_OF_CLIENTS = 200_000;
    private static final long MAX_TOKENS_OF_LISTS = 1_000_000;

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Shared and thread-safe; refuses documents nested deeper than 64 levels, or of more than 400 000 tokens. */
    public static final ObjectMapper MAPPER = mapper(MAX_TOKENS);

    private static final ObjectMapper OF_CLIENTS = mapper(MAX_TOKENS_OF_CLIENTS);
    private static final JsonFactory LISTS = factory(MAX_TOKENS_OF_LISTS);

    private EmbyJson() {}

    private static ObjectMapper mapper(long tokens) {
        return JsonMapper.builder(factory(tokens))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private static JsonFactory factory(long tokens) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxTokenCount(tokens)
                        .build())
                .build();
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Throws {@link IOException} when the bytes are not one JSON document, or too many values. */
    public static JsonNode read(byte[] bytes) throws IOException {
        return read(bytes, MAPPER);
    }

    /** As {@link #read}, for what anybody may send: takes half as many values, which is a queue of 30 000 titles. */
    public static JsonNode readOfClient(byte[] bytes) throws IOException {
        return read(bytes, OF_CLIENTS);
    }

    /** For lists that are read item by item; takes a million tokens and counts them. */
    public static JsonParser listParser(byte[] bytes) throws IOException {
        return LISTS.createParser(bytes);
    }

    private static JsonNode read(byte[] bytes, ObjectMapper mapper) throws IOException {
        JsonNode node = mapper.readTree(bytes);
        if (node == null || node.isMissingNode()) {
            throw new IOException("empty JSON document");
        }
        return node;
    }

    public static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 2024-05-15T09:52:52.5898360Z}: always seven digits, since clients cut at fixed positions. */
    public static String date(Instant instant) {
        return SECONDS.format(instant) + ".%07dZ".formatted(instant.getNano() / 100);
    }
}
