package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which episode comes next. The one after the furthest that was played, in the order of the air; specials are not
 * waited for. Of a series that was begun without finishing an episode it is the first.
 */
final class NextUp {
    private final Visitor visitor;

    NextUp(Visitor visitor) {
        this.visitor = visitor;
    }

    /** @param lastPlayed when anything of the series was last played, milliseconds since 1970 */
    record Next(Row episode, long lastPlayed) {}

    /** The next episode of every series that was begun, the series watched last first. */
    List<Next> ofAll() {
        UserState user = visitor.user();
        RoaringBitmap touched = RoaringBitmap.or(user.played(), user.started());
        touched.and(visitor.lens().visible());
        RoaringBitmap series = new RoaringBitmap();
        touched.forEach((int id) -> series.add(visitor.lens().row(id).series()));
        series.remove(0);
        List<Next> next = new ArrayList<>();
        series.forEach((int id) -> visitor.lens()
                .find(id)
                .ifPresent(row -> remaining(row).stream()
                        .findFirst()
                        .ifPresent(episode -> next.add(new Next(episode, lastPlayed(row))))));
        next.sort(Comparator.comparingLong(Next::lastPlayed).reversed().thenComparing(Next::episode, SortKey.BY_ID));
        return next;
    }

    private long lastPlayed(Row series) {
        long[] last = {Facts.NO_DATE};
        episodes(series)
                .forEach(episode -> last[0] = Math.max(last[0], visitor.user().lastPlayed(episode.id())));
        return last[0];
    }

    /** The unplayed episodes from the next one on; none when the series was never begun. */
    List<Row> remaining(Row series) {
        List<Row> episodes = episodes(series).stream()
                .filter(episode -> !AiredOrder.isSpecial(episode.facts()))
                .sorted(Sort.AIRED.terms()
                        .getFirst()
                        .key()
                        .comparator(new Sort.Context(visitor.lens(), visitor.user(), 0))
                        .thenComparing(SortKey.BY_ID))
                .toList();
        int anchor = -1;
        boolean begun = false;
        for (int i = 0; i < episodes.size(); i++) {
            int id = episodes.get(i).id();
            anchor = visitor.user().isPlayed(id) ? i : anchor;
            begun |= visitor.user().started().contains(id)
                    || visitor.user().resumable().contains(id);
        }
        if (anchor < 0 && !begun) {
            return List.of();
        }
        return episodes.subList(anchor + 1, episodes.size());
    }

    /** Where to go on in a series: an episode begun after everything played, else the next one. */
    Optional<Row> in(Row series) {
        List<Row> remaining = remaining(series);
        return remaining.stream()
                .filter(episode -> visitor.user().resumable().contains(episode.id()))
                .max(Comparator.comparingLong(episode -> visitor.user().lastPlayed(episode.id())))
                .or(() -> remaining.stream().findFirst());
    }

    private List<Row> episodes(Row series) {
        return Arrays.stream(Tree.leaves(visitor.lens(), series).toArray())
                .mapToObj(visitor.lens()::row)
                .toList();
    }
}
