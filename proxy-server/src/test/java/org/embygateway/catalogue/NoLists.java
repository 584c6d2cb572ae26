package org.embygateway.catalogue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Memberships;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnLists;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;

/** No collections and playlists, neither of upstreams nor of people. */
final class NoLists {
    private NoLists() {}

    /** @param after the libraries of lists get ids after this one */
    static StoredLists stored(int after) {
        return new StoredLists(new OfUpstreams(), new OfPeople(after));
    }

    private static final class OfUpstreams implements Memberships {
        @Override
        public IndexChange learn(UpstreamId upstream, Map<String, List<String>> lists) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> unread(UpstreamId upstream) {
            return List.of();
        }

        @Override
        public Map<String, Integer> sizes(UpstreamId upstream) {
            return Map.of();
        }

        @Override
        public List<Membership> of(Collection<ItemId> lists) {
            return List.of();
        }

        @Override
        public List<Membership> all() {
            return List.of();
        }
    }

    private record OfPeople(int after) implements OwnLists {
        @Override
        public List<OwnList> all() {
            return List.of();
        }

        @Override
        public Optional<OwnList> find(ItemId id) {
            return Optional.empty();
        }

        @Override
        public int count(UserId owner) {
            return 0;
        }

        @Override
        public OwnList create(
                ItemKind kind, String name, UserId owner, String mediaType, boolean isPublic, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void rename(ItemId list, String name, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void publish(ItemId list, boolean isPublic, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void share(ItemId list, Collection<UserId> users, OwnList.ShareLevel level) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void add(ItemId list, List<ItemId> items, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(ItemId list, Collection<Integer> entries, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void move(ItemId list, int entry, int index, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(ItemId list) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ItemId view(ItemKind kind) {
            return new ItemId(after + kind.code());
        }
    }
}
