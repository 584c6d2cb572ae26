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

/** The collections of upstreams that a test gives, and no lists of people. */
final class GivenLists {
    private GivenLists() {}

    /** @param after the libraries of lists get ids after this one */
    static StoredLists none(int after) {
        return stored(after, List.of());
    }

    /** @param memberships as they are whenever they are read */
    static StoredLists stored(int after, List<Memberships.Membership> memberships) {
        return new StoredLists(new OfUpstreams(memberships), new OfPeople(after));
    }

    private record OfUpstreams(List<Membership> all) implements Memberships {
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
            return all.stream().filter(one -> lists.contains(one.list())).toList();
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
