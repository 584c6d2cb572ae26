package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.index.UserData;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * What people did while their app was away from the network: {@code [{"Type": "PlayedItem"|"MarkPlayed"|"MarkFavorite",
 * "ItemId", "Date", "PositionTicks", "Played", "IsFavorite"}]}, taken in its order. An action on an item that is gone is
 * left out, and so is a playing older than what is known. 204.
 *
 * <p>Emby API: SyncService, {@code postSyncOfflineactions}.
 */
public final class OfflineActions {
    private static final int MAX = 1000;

    private final Titles titles;
    private final WatchState state;

    OfflineActions(Titles titles, WatchState state) {
        this.titles = titles;
        this.state = state;
    }

    public Reply take(Call call) {
        JsonNode actions = read(call);
        if (!actions.isArray() || actions.size() > MAX) {
            throw new Refused(400, "An array of at most 1000 actions is needed.");
        }
        actions.forEach(action -> take(call.signedIn(), action));
        return Reply.noContent();
    }

    private static JsonNode read(Call call) {
        try {
            return EmbyJson.read(call.body());
        } catch (IOException e) {
            throw new Refused(400, "The request body is not valid JSON.");
        }
    }

    private void take(Caller caller, JsonNode action) {
        Optional<ItemId> item = ItemId.parse(action.path("ItemId").asText(""))
                .flatMap(titles::resolve)
                .filter(id -> titles.kindOf(caller, id).isPresent());
        item.ifPresent(id -> {
            apply(caller, id, action);
            state.announce(caller, List.of(id));
        });
    }

    private void apply(Caller caller, ItemId item, JsonNode action) {
        Instant at = Marks.date(action.path("Date").asText("")).orElse(state.now());
        switch (action.path("Type").asText("").toLowerCase(Locale.ROOT)) {
            case "playeditem" ->
                played(caller, item, action.path("PositionTicks").asLong(0), at);
            case "markplayed" -> {
                boolean played = action.path("Played").asBoolean(true);
                state.change(
                        caller,
                        item,
                        before -> played
                                ? WatchRules.played(before, at, state.now())
                                : WatchRules.unplayed(before, state.now()),
                        change -> List.of(played ? Told.PLAYED : Told.UNPLAYED));
            }
            case "markfavorite" -> {
                boolean favorite = action.path("IsFavorite").asBoolean(true);
                state.change(
                        caller,
                        item,
                        before -> WatchRules.favorite(before, favorite, state.now()),
                        change -> List.of(Told.FAVORITE));
            }
            default -> throw new Refused(400, "An action has an unknown type.");
        }
    }

    private void played(Caller caller, ItemId item, long position, Instant at) {
        UserData known = state.stateOf(caller.user(), item);
        if (known.lastPlayed().filter(last -> last.isAfter(at)).isPresent()) {
            return;
        }
        long runTime = titles.runTimeOf(item, Optional.empty());
        titles.kindOf(caller, item)
                .ifPresent(kind -> state.change(
                        caller,
                        item,
                        before ->
                                WatchRules.lastPlayed(WatchRules.at(before, kind, position, runTime, state.now()), at),
                        change -> List.of(change.isFinish() ? Told.PLAYED : Told.STATE)));
    }
}
