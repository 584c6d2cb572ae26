package org.embygateway.index;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UserId;

/**
 * The collections and playlists that people made at the gateway. Every change is durable when it returns; ids of lists
 * that do not exist change nothing.
 */
public interface OwnLists {
    /** Private ones of removed users that were shared with nobody go at the next opening. */
    List<OwnList> all();

    Optional<OwnList> find(ItemId id);

    /** How many the user owns. */
    int count(UserId owner);

    /** A new list without members, under a new item id. */
    OwnList create(ItemKind kind, String name, UserId owner, String mediaType, boolean isPublic, Instant now);

    void rename(ItemId list, String name, Instant now);

    void publish(ItemId list, boolean isPublic, Instant now);

    /** Lets the user do that much; see {@link #share(ItemId, Collection, OwnList.ShareLevel)}. */
    default void share(ItemId list, UserId user, OwnList.ShareLevel level) {
        share(list, List.of(user), level);
    }

    /**
     * Lets the users do that much, all or none of them; {@link OwnList.ShareLevel#NONE} takes the shares back. Unknown users
     * are left out.
     */
    void share(ItemId list, Collection<UserId> users, OwnList.ShareLevel level);

    /** Appends the items in their order. */
    void add(ItemId list, List<ItemId> items, Instant now);

    /** Takes out the entries with these ids. */
    void remove(ItemId list, Collection<Integer> entries, Instant now);

    /** Puts an entry where it is the one with that index, from 0; beyond the end means the end. */
    void move(ItemId list, int entry, int index, Instant now);

    /** The id of the list is never given again. */
    void delete(ItemId list);

    /** The item id under which the library of all lists of that kind is known; the same for ever. */
    ItemId view(ItemKind kind);
}
