package org.embygateway.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.embygateway.auth.OwnUser;
import org.embygateway.index.IndexChange;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnList.ShareLevel;
import org.embygateway.index.OwnLists;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;

/**
 * What all changes of people's lists have in common: who may make them, and who is told. A list that the caller may not
 * see does not exist for them; what an upstream has cannot be changed.
 */
public final class ListEdits {
    private static final int MOST_IDS = 2000;
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_LISTS = 2000;
    private static final int LONGEST_NAME = 300;

    private final Catalogue catalogue;
    private final Consumer<IndexChange> told;

    /** @param told of lists that are new, other or gone, after whoever asks sees them so */
    public ListEdits(Catalogue catalogue, Consumer<IndexChange> told) {
        this.catalogue = catalogue;
        this.told = told;
    }

    OwnLists store() {
        return catalogue.ownLists();
    }

    Instant now() {
        return catalogue.clock().instant();
    }

    /** Refused with 403 when the call names another user than its own. */
    Visitor visitor(Call call) {
        OwnUser.check(call, call.fields().text("UserId", ""));
        return catalogue.visitor(call.signedIn());
    }

    /** Refused with 404 for what is not visible, with 403 when it is no list of people, or not for the caller to change so. */
    OwnList allowed(Visitor visitor, String id, ShareLevel wanted) {
        Row row = catalogue.row(visitor, ItemsHandlers.itemId(id));
        return Optional.ofNullable(visitor.lens().lists().own().get(row.id()))
                .filter(list -> ListFields.level(visitor, list).allows(wanted))
                .orElseThrow(ListEdits::forbidden);
    }

    OwnList allowed(Visitor visitor, String id, ShareLevel wanted, ItemKind kind) {
        OwnList list = allowed(visitor, id, wanted);
        if (list.kind() != kind) {
            throw Refused.notFound();
        }
        return list;
    }

    /** Refused with 404 when it is not visible, with 400 when no list can be made in it. */
    void checkLibrary(Visitor visitor, String id) {
        if (id.equals(Integer.toString(Views.ROOT))) {
            return;
        }
        ItemKind kind = catalogue.row(visitor, ItemsHandlers.itemId(id)).kind();
        if (kind != ItemKind.COLLECTION_FOLDER && kind != ItemKind.USER_VIEW) {
            throw new Refused(400, "ParentId: " + id + " (expected: a library).");
        }
    }

    static Refused forbidden() {
        return new Refused(403, "User does not have permission for this.");
    }

    /** Refused with 400 without a name, with one that is too long, and when the user has too many lists. */
    OwnList create(Visitor visitor, ItemKind kind, String name, String mediaType, boolean isPublic) {
        if (store().count(visitor.caller().user()) >= MOST_LISTS) {
            throw new Refused(400, "Too many lists: at most " + MOST_LISTS + " may be made.");
        }
        return store().create(kind, name(name), visitor.caller().user(), mediaType, isPublic, now());
    }

    static String name(String given) {
        String name = given.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new Refused(400, "Name is needed, with at most " + LONGEST_NAME + " characters.");
        }
        return name;
    }

    /** Refused with 400 when the list would become too long. */
    void add(OwnList list, List<ItemId> items) {
        if (list.entries().size() + items.size() > MOST_ENTRIES) {
            throw tooLong();
        }
        store().add(list.id(), items, now());
    }

    private static Refused tooLong() {
        return new Refused(400, "The list is too long: at most " + MOST_ENTRIES + " items fit in.");
    }

    /** The visible items that {@code Ids} names, in its order; unknown ones are left out. */
    List<Row> items(Visitor visitor, Params params) {
        List<String> texts = Stream.concat(params.list("Ids").stream(), params.list("ItemIds").stream())
                .toList();
        if (texts.size() > MOST_IDS) {
            throw new Refused(400, "Too many ids: at most " + MOST_IDS + " may be given at once.");
        }
        return texts.stream()
                .flatMap(text -> catalogue.ids().current(text).stream())
                .flatMap(id -> visitor.lens().find(id).stream())
                .toList();
    }

    /** See {@link Leaves}. Refused with 400 when they are more than a list may hold. */
    List<ItemId> leaves(Visitor visitor, List<Row> rows) {
        List<ItemId> leaves = new Leaves(visitor, catalogue.ids(), catalogue.clock()).of(rows, MOST_ENTRIES + 1);
        if (leaves.size() > MOST_ENTRIES) {
            throw tooLong();
        }
        return leaves;
    }

    /** Shows a list as the store has it now, and tells devices. */
    void changed(ItemId list) {
        boolean isThere = catalogue.ownListChanged(list);
        told.accept(isThere ? new IndexChange(Set.of(list), Set.of()) : new IndexChange(Set.of(), Set.of(list)));
    }
}
