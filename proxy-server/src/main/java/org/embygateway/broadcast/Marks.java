package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.embygateway.auth.OwnUser;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * What people say of titles: played, unplayed, favourite, liked, hidden. Each answers with the {@code UserItemDataDto}
 * as it is now, since clients redraw from it. 404 for an item that is not visible.
 *
 * <p>Emby API: PlaystateService, UserLibraryService.
 */
public final class Marks {
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    private final Titles titles;
    private final WatchState state;
    private final Playbacks playbacks;

    Marks(Titles titles, WatchState state, Playbacks playbacks) {
        this.titles = titles;
        this.state = state;
        this.playbacks = playbacks;
    }

    /** Also for a season or a series: all its episodes. {@code DatePlayed=yyyyMMddHHmmss} in UTC, else now. */
    public Reply played(Call call) {
        Optional<Instant> at = call.query().text("DatePlayed").flatMap(Marks::date);
        return mark(call, before -> WatchRules.played(before, at.orElse(state.now()), state.now()), Told.PLAYED);
    }

    /** Ends the say of whatever still plays the title somewhere: its next report must not bring the mark back. */
    public Reply unplayed(Call call) {
        return mark(call, before -> WatchRules.unplayed(before, state.now()), Told.UNPLAYED);
    }

    private Reply mark(Call call, UnaryOperator<UserData> rule, Told told) {
        Caller caller = OwnUser.check(call, call.pathParam("UserId"));
        NamedItem item = NamedItem.find(titles, caller, call.pathParam("Id"));
        List<ItemId> leaves = item.kind().isFolder() ? titles.leavesOf(caller, item.id()) : List.of(item.id());
        state.alone(caller.user(), () -> {
            state.changeAll(caller, leaves, rule, told);
            if (told == Told.UNPLAYED) {
                playbacks.supersede(caller.user(), new HashSet<>(leaves));
            }
            return leaves;
        });
        return announced(caller, item.id(), leaves);
    }

    private Reply announced(Caller caller, ItemId item, List<ItemId> changed) {
        List<ItemId> all = new ArrayList<>(changed);
        if (!changed.contains(item)) {
            all.add(item);
        }
        state.announce(caller, all);
        return Reply.json(titles.userDataDto(caller, item));
    }

    public Reply favorite(Call call) {
        return change(call, before -> WatchRules.favorite(before, true, state.now()), Optional.of(Told.FAVORITE));
    }

    public Reply unfavorite(Call call) {
        return change(call, before -> WatchRules.favorite(before, false, state.now()), Optional.of(Told.FAVORITE));
    }

    /** {@code Likes=true|false}; 400 without it. */
    public Reply rate(Call call) {
        boolean likes = call.fields().flag("Likes").orElseThrow(() -> new Refused(400, "Likes is needed."));
        return change(
                call, before -> WatchRules.rated(before, Optional.of(likes), state.now()), Optional.of(Told.RATING));
    }

    public Reply unrate(Call call) {
        return change(
                call, before -> WatchRules.rated(before, Optional.empty(), state.now()), Optional.of(Told.RATING));
    }

    /** {@code Hide=true|false}, true when left out. Kept here only: it is about the gateway's list. */
    public Reply hideFromResume(Call call) {
        boolean hide = call.fields().flag("Hide", true);
        return change(call, before -> WatchRules.hidden(before, hide, state.now()), Optional.empty());
    }

    private Reply change(Call call, UnaryOperator<UserData> rule, Optional<Told> told) {
        Caller caller = OwnUser.check(call, call.pathParam("UserId"));
        NamedItem item = NamedItem.find(titles, caller, call.pathParam("Id"));
        state.change(caller, item.id(), rule, change -> told.stream().toList());
        return announced(caller, item.id(), List.of(item.id()));
    }

    /** Sets the given fields of {@code UserItemDataDto} and leaves the others. 204. */
    public Reply userData(Call call) {
        Caller caller = OwnUser.check(call, call.pathParam("UserId"));
        NamedItem item = NamedItem.find(titles, caller, call.pathParam("ItemId"));
        List<Told> told = new ArrayList<>();
        if (has(call, "Played") || has(call, "PlaybackPositionTicks") || has(call, "PlayCount")) {
            told.add(Told.STATE);
        }
        if (has(call, "IsFavorite")) {
            told.add(Told.FAVORITE);
        }
        if (has(call, "Rating")) {
            told.add(Told.RATING);
        }
        state.change(caller, item.id(), before -> given(call, before), change -> told);
        state.announce(caller, List.of(item.id()));
        return Reply.noContent();
    }

    private static boolean has(Call call, String name) {
        return call.fields().has(name);
    }

    private UserData given(Call call, UserData before) {
        var fields = call.fields();
        UserData data = new UserData(
                fields.flag("Played", before.played()),
                Math.max(0, fields.longNumber("PlaybackPositionTicks").orElse(before.positionTicks())),
                Math.max(0, fields.number("PlayCount").orElse(before.playCount())),
                fields.flag("IsFavorite", before.favorite()),
                fields.text("LastPlayedDate").flatMap(Marks::date).or(before::lastPlayed),
                before.rating(),
                before.hiddenFromResume(),
                WatchRules.after(before, state.now()));
        JsonNode rating = call.bodyField("Rating");
        return rating.isNumber() ? WatchRules.rating(data, Optional.of(rating.asDouble()), state.now()) : data;
    }

    /** {@code yyyyMMddHHmmss} or ISO; a date that is neither counts as not given. */
    static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    text.matches("\\d{14}")
                            ? LocalDateTime.parse(text, COMPACT).toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
