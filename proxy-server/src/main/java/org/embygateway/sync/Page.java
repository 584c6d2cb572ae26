package org.embygateway.sync;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.jspecify.annotations.Nullable;

/**
 * A part of an upstream's list.
 *
 * @param total of the whole list, as the upstream says
 */
record Page(List<Entry> entries, OptionalLong total) {
    /** Takes the list of a query result, or a bare array; anything else is no answer to a list's question. */
    static Page of(byte[] answer, UpstreamId from) {
        try (EntryReader reader = EntryReader.of(answer)) {
            Parts parts = new Parts();
            parts.read(reader);
            reader.end();
            return parts.page(from);
        } catch (IOException e) {
            throw UpstreamFailed.noJson(from);
        }
    }

    private static final class Parts {
        private @Nullable List<Entry> entries;
        private OptionalLong total = OptionalLong.empty();

        void read(EntryReader reader) throws IOException {
            JsonParser in = reader.parser();
            if (in.hasToken(JsonToken.START_ARRAY)) {
                entries = entries(reader);
            } else if (in.hasToken(JsonToken.START_OBJECT)) {
                for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                    in.nextToken();
                    take(field, reader);
                }
            }
        }

        private void take(String field, EntryReader reader) throws IOException {
            JsonParser in = reader.parser();
            switch (field) {
                case "Items" -> entries = in.hasToken(JsonToken.START_ARRAY) ? entries(reader) : skipped(in);
                case "TotalRecordCount" -> total = total(in);
                default -> in.skipChildren();
            }
        }

        private static List<Entry> entries(EntryReader reader) throws IOException {
            List<Entry> entries = new ArrayList<>();
            while (reader.parser().nextToken() != JsonToken.END_ARRAY) {
                entries.add(reader.entry());
            }
            return entries;
        }

        private static @Nullable List<Entry> skipped(JsonParser in) throws IOException {
            in.skipChildren();
            return null;
        }

        private static OptionalLong total(JsonParser in) throws IOException {
            boolean number = in.hasToken(JsonToken.VALUE_NUMBER_INT) && in.getNumberType() != NumberType.BIG_INTEGER;
            long value = number ? in.getLongValue() : -1;
            in.skipChildren();
            return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
        }

        Page page(UpstreamId from) {
            if (entries == null) {
                throw new UpstreamFailed(from, UpstreamFault.BAD_ANSWER, "answers without a list of items");
            }
            return new Page(entries, total);
        }
    }

    int size() {
        return entries.size();
    }

    List<String> ids() {
        return idsWhere(entry -> true);
    }

    List<String> idsWhere(Predicate<JsonNode> test) {
        return entries.stream()
                .filter(entry -> test.test(entry.said()))
                .map(Entry::id)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    /** What can be understood of it. */
    List<UpstreamItem> items(String libraryId) {
        return entries.stream()
                .map(entry -> ItemParser.item(entry, libraryId))
                .flatMap(Optional::stream)
                .toList();
    }
}
