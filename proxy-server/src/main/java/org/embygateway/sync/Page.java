package org.embygateway.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;

/**
 * A part of an upstream's list.
 *
 * @param entries as they came
 * @param total of the whole list, as the upstream says
 */
record Page(List<JsonNode> entries, OptionalLong total) {
    /** Takes the list of a query result, or a bare array; anything else is no answer to a list's question. */
    static Page of(JsonNode answer, UpstreamId from) {
        JsonNode items = answer.isArray() ? answer : answer.path("Items");
        if (!items.isArray()) {
            throw new UpstreamFailed(from, UpstreamFault.BAD_ANSWER, "answers without a list of items");
        }
        List<JsonNode> entries = new ArrayList<>();
        items.forEach(entries::add);
        JsonNode total = answer.path("TotalRecordCount");
        return new Page(
                entries,
                total.isIntegralNumber() && total.longValue() >= 0
                        ? OptionalLong.of(total.longValue())
                        : OptionalLong.empty());
    }

    int size() {
        return entries.size();
    }

    List<String> ids() {
        return idsWhere(entry -> true);
    }

    List<String> idsWhere(Predicate<JsonNode> test) {
        return entries.stream()
                .filter(test)
                .map(entry -> ItemParser.id(entry, "Id"))
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
