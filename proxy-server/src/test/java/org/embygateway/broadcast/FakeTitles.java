package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.index.UserData;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;

/**
 * Movie 1 on both upstreams (its version on the second is 11), series 2 with episodes 21 and 22 on the first, song 3,
 * movie 4 without a run time, movie 5 on the second only.
 */
final class FakeTitles implements Titles {
    static final long HOUR = 36_000_000_000L;
    static final UpstreamId S1 = new UpstreamId(1);
    static final UpstreamId S2 = new UpstreamId(2);

    private static final Map<Integer, ItemKind> KINDS = Map.of(
            1, ItemKind.MOVIE,
            2, ItemKind.SERIES,
            21, ItemKind.EPISODE,
            22, ItemKind.EPISODE,
            3, ItemKind.AUDIO,
            4, ItemKind.MOVIE,
            5, ItemKind.MOVIE);

    final Map<UserId, Map<ItemId, UserData>> shown = new ConcurrentHashMap<>();

    static ItemId id(int value) {
        return new ItemId(value);
    }

    @Override
    public Optional<ItemId> resolve(ItemId id) {
        return id.value() == 11 ? Optional.of(id(1)) : Optional.of(id).filter(i -> KINDS.containsKey(i.value()));
    }

    @Override
    public Optional<ItemKind> kindOf(Caller caller, ItemId item) {
        return copiesOf(item, caller.visible()).isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(KINDS.get(item.value()));
    }

    @Override
    public List<ItemId> leavesOf(Caller caller, ItemId item) {
        return item.value() == 2 ? List.of(id(21), id(22)) : List.of(item);
    }

    @Override
    public Collection<ItemId> ancestorsOf(Caller caller, Collection<ItemId> items) {
        return items.stream().anyMatch(i -> i.value() > 20) ? Set.of(id(2)) : Set.of();
    }

    @Override
    public long runTimeOf(ItemId item, Optional<ItemId> version) {
        return item.value() == 4 ? 0 : 2 * HOUR;
    }

    @Override
    public Map<UpstreamId, List<String>> copiesOf(ItemId item, Visible visible) {
        Map<UpstreamId, List<String>> copies = new HashMap<>();
        if (item.value() != 5 && visible.includes(S1)) {
            copies.put(S1, List.of("1600"));
        }
        if ((item.value() < 2 || item.value() == 5) && visible.includes(S2)) {
            copies.put(S2, List.of("77"));
        }
        return copies;
    }

    @Override
    public ObjectNode userDataDto(Caller caller, ItemId item) {
        UserData data = shown.getOrDefault(caller.user(), Map.of()).getOrDefault(item, UserData.NONE);
        ObjectNode dto = EmbyJson.object();
        dto.put("Played", data.played());
        dto.put("PlaybackPositionTicks", data.positionTicks());
        dto.put("PlayCount", data.playCount());
        dto.put("IsFavorite", data.favorite());
        return dto;
    }

    @Override
    public void userDataChanged(UserId user, Map<ItemId, UserData> states) {
        shown.computeIfAbsent(user, u -> new ConcurrentHashMap<>()).putAll(states);
    }

    static Set<String> itemIds(List<ObjectNode> data) {
        Set<String> ids = new LinkedHashSet<>();
        data.forEach(d -> ids.add(d.path("ItemId").asText()));
        return ids;
    }
}
