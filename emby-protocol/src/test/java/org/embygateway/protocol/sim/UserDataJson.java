package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;

/** Writes an account's watch state of an item; folders count what is below them. */
final class UserDataJson {
    private UserDataJson() {}

    /** {@code detail} adds the date of the last play. */
    static ObjectNode write(SimWorld world, SimUser user, SimItem item, boolean detail) {
        WatchState state = user.state(item);
        ObjectNode json = EmbyJson.object();
        if (state.rating() > 0) {
            json.put("Rating", state.rating());
        }
        boolean played = state.played();
        if (item.kind.isFolder()) {
            List<SimItem> leaves = leaves(item);
            long unplayed = leaves.stream().filter(l -> !user.state(l).played()).count();
            played = !leaves.isEmpty() && unplayed == 0;
            if (!leaves.isEmpty()) {
                json.put("PlayedPercentage", (leaves.size() - unplayed) * 100.0 / leaves.size());
            }
            json.put("UnplayedItemCount", (int) unplayed);
        } else if (state.position() > 0 && !item.runtime.isZero()) {
            json.put("PlayedPercentage", state.position() * 100.0 / (item.runtime.toNanos() / 100));
        }
        json.put("PlaybackPositionTicks", state.position())
                .put("PlayCount", state.playCount())
                .put("IsFavorite", state.favorite());
        if (detail) {
            state.lastPlayed().ifPresent(at -> json.put("LastPlayedDate", EmbyJson.date(at)));
        }
        json.put("Played", played);
        if (world.face().isJellyfin()) {
            json.put("Key", Hex32.of("key" + item.number)).put("ItemId", item.id());
        }
        return json;
    }

    /** What plays below an item, or the item itself. */
    static List<SimItem> leaves(SimItem item) {
        List<SimItem> found = new ArrayList<>();
        collect(item, found);
        return found;
    }

    private static void collect(SimItem item, List<SimItem> found) {
        if (item.kind.isPlayable()) {
            found.add(item);
        }
        item.children().forEach(child -> collect(child, found));
        item.members.forEach(member -> collect(member, found));
    }
}
