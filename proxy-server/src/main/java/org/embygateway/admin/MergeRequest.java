package org.embygateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embygateway.admin.Problem.Fault;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Call;

/** Reads ids from the body of a request about merges; ids are text, numbers are taken too. */
final class MergeRequest {
    private static final int MOST = 50;

    private final Call call;
    private final List<Fault> faults = new ArrayList<>();

    MergeRequest(Call call) {
        this.call = call;
    }

    /** The faults found so far. */
    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Empty when it is no id, which is a fault. */
    Optional<ItemId> item(String field) {
        Optional<ItemId> id = id(call.bodyField(field));
        if (id.isEmpty()) {
            fault(field, "id", field + " must be the id of an item");
        }
        return id;
    }

    List<ItemId> items(String field, int least, int most) {
        JsonNode list = call.bodyField(field);
        List<ItemId> ids = new ArrayList<>();
        list.forEach(entry -> id(entry).ifPresent(ids::add));
        if (!list.isArray() || ids.size() != list.size() || ids.size() < least || ids.size() > most) {
            String count = least == most ? Integer.toString(least) : least + " to " + most;
            fault(field, "ids", "%s must be a list of %s ids".formatted(field, count));
        }
        return ids;
    }

    /** Copies are numbered as items are. */
    List<Integer> copies(String field) {
        return items(field, 1, MOST).stream().map(ItemId::value).toList();
    }

    private static Optional<ItemId> id(JsonNode node) {
        return node.isTextual() || node.isIntegralNumber() ? ItemId.parse(node.asText()) : Optional.empty();
    }

    private void fault(String field, String code, String detail) {
        faults.add(new Fault("#/" + field, code, detail));
    }
}
