package org.embygateway.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UserId;

/**
 * A collection or a playlist that somebody made at the gateway.
 *
 * @param kind {@link ItemKind#BOX_SET} or {@link ItemKind#PLAYLIST}
 * @param owner who made it; empty when that user is gone
 * @param mediaType {@code Video}, {@code Audio} …; empty for anything
 * @param isPublic whether everybody may see it
 * @param shares what others may do with it
 * @param entries in their order
 */
public record OwnList(
        ItemId id,
        ItemKind kind,
        String name,
        Optional<UserId> owner,
        String mediaType,
        boolean isPublic,
        Map<UserId, ShareLevel> shares,
        Instant created,
        Instant changed,
        List<Entry> entries) {

    public OwnList {
        shares = Map.copyOf(shares);
        entries = List.copyOf(entries);
    }

    /**
     * A member.
     *
     * @param id given once, over all lists; clients know it as {@code PlaylistItemId}
     * @param added the item's id when it was added
     * @param item what that id stands for now
     */
    public record Entry(int id, ItemId added, ItemId item) {}

    /**
     * What somebody may do with another's list; each may do what those before it may.
     *
     * <p>Emby API: {@code UserItemShareLevel}.
     */
    public enum ShareLevel {
        NONE,
        READ,
        WRITE,
        MANAGE,
        MANAGE_DELETE;

        public boolean allows(ShareLevel wanted) {
            return compareTo(wanted) >= 0;
        }
    }

    /** What the user may do with it. The owner may do everything. */
    public ShareLevel levelOf(UserId user) {
        if (owner.filter(user::equals).isPresent()) {
            return ShareLevel.MANAGE_DELETE;
        }
        ShareLevel shared = shares.getOrDefault(user, ShareLevel.NONE);
        return isPublic && !shared.allows(ShareLevel.READ) ? ShareLevel.READ : shared;
    }
}
