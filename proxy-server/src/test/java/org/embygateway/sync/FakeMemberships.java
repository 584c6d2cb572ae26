package org.embygateway.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Memberships;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;

/** What lists of one upstream hold, by its own ids. */
final class FakeMemberships implements Memberships {
    private final FakeIndex index;
    private final Map<String, List<String>> members = new TreeMap<>();
    private final Map<String, UpstreamItem> readOf = new HashMap<>();

    FakeMemberships(FakeIndex index) {
        this.index = index;
    }

    synchronized Map<String, List<String>> known() {
        return Map.copyOf(members);
    }

    @Override
    public synchronized IndexChange learn(UpstreamId upstream, Map<String, List<String>> lists) {
        lists.forEach((list, ids) -> index.item(list).ifPresent(item -> {
            members.put(list, List.copyOf(ids));
            readOf.put(list, item);
        }));
        return IndexChange.NOTHING;
    }

    @Override
    public synchronized List<String> unread(UpstreamId upstream) {
        return index.known().stream()
                .filter(id -> index.item(id)
                        .filter(item -> Question.LISTS.contains(item.kind()) && item != readOf.get(id))
                        .isPresent())
                .toList();
    }

    @Override
    public synchronized Map<String, Integer> sizes(UpstreamId upstream) {
        return members.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().size()));
    }

    @Override
    public List<Membership> all() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Membership> of(Collection<ItemId> lists) {
        throw new UnsupportedOperationException();
    }
}
