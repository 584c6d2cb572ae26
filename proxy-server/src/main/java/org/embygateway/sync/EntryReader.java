package org.embygateway.sync;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.JsonExcerpt;

/**
 * Reads the items of an answer one by one. A crawl's pages are megabytes: an item's bytes are kept as they came, and only
 * what is asked of it becomes nodes, which takes a third of the time of a whole tree that is written again.
 */
final class EntryReader implements AutoCloseable {
    /** Much of an item by its length, and nothing that it is understood or found by. */
    private static final Set<String> FOR_SHOWING = Set.of(
            "Chapters", "Taglines", "ExternalUrls", "Path", "Etag", "PresentationUniqueKey", "RequiredHttpHeaders");

    private static final JsonExcerpt SAID = new JsonExcerpt(
            FOR_SHOWING,
            Map.of(
                    "MediaSources",
                    Set.of(
                            "Id",
                            "ItemId",
                            "Size",
                            "RunTimeTicks",
                            "Container",
                            "Bitrate",
                            "Video3DFormat",
                            "MediaStreams"),
                    "MediaStreams",
                    Set.of(
                            "Type",
                            "Codec",
                            "Language",
                            "ChannelLayout",
                            "ExtendedVideoType",
                            "VideoRange",
                            "AverageFrameRate",
                            "Width",
                            "Height"),
                    "People",
                    Set.of("Name", "Id", "Type", "ProviderIds")));

    private final byte[] answer;
    private final JsonParser in;

    private EntryReader(byte[] answer, JsonParser in) {
        this.answer = answer;
        this.in = in;
    }

    /** At its first token. Throws {@link IOException} when the answer is empty or does not begin like JSON. */
    static EntryReader of(byte[] answer) throws IOException {
        EntryReader reader = begin(answer);
        boolean isUtf8WithoutMark = reader.at() == 0;
        return isUtf8WithoutMark ? reader : begin(EmbyJson.write(EmbyJson.read(answer)));
    }

    private static EntryReader begin(byte[] answer) throws IOException {
        EntryReader reader = new EntryReader(answer, EmbyJson.listParser(answer));
        if (reader.in.nextToken() == null) {
            throw new EOFException("empty JSON document");
        }
        return reader;
    }

    JsonParser parser() {
        return in;
    }

    private int at() {
        return (int) in.currentTokenLocation().getByteOffset();
    }

    /** The item that begins at the current token, and goes on to its last. */
    Entry entry() throws IOException {
        int first = at();
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            JsonNode other = SAID.read(in);
            return new Entry(other, EmbyJson.write(other));
        }
        boolean withState = false;
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            withState |= field.equals("UserData");
            SAID.readField(in, said);
        }
        byte[] document = Arrays.copyOfRange(answer, first, at() + 1);
        return new Entry(said, withState ? withoutState(document) : document);
    }

    private static byte[] withoutState(byte[] document) throws IOException {
        return EmbyJson.write(((ObjectNode) EmbyJson.read(document)).without("UserData"));
    }

    /** Throws {@link IOException} when something follows. */
    void end() throws IOException {
        if (in.nextToken() != null) {
            throw new JsonParseException(in, "more than one JSON document");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
