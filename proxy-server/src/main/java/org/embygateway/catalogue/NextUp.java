package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which episode comes next. The one after the furthest that was played, in the order of the air; specials are not
 * waited for, nor are episodes that were seen within a file of several. Of a series that was begun without finishing an episode it is the first.
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
        touched.and(visitor.lens().snapshot().ofKind(ItemKind.EPISODE));
        RoaringBitmap series = Tree.above(visitor.lens(), touched);
        series.and(visitor.lens().snapshot().ofKind(ItemKind.SERIES));
        List<Next> next = new ArrayList<>();
        series.forEach((int id) -> {
            int[] episodes = visitor.lens().episodes(id);
            int at = next(episodes);
            if (at < episodes.length) {
                next.add(new Next(visitor.lens().row(episodes[at]), lastPlayed(id)));
            }
        });
        next.sort(Comparator.comparingLong(Next::lastPlayed).reversed().thenComparing(Next::episode, SortKey.BY_ID));
        return next;
    }

    private long lastPlayed(int series) {
        RoaringBitmap started = visitor.lens().visibleOf(Keys.EPISODES_OF_SERIES.of(series));
        started.and(visitor.user().started());
        long last = Facts.NO_DATE;
        for (int id : started.toArray()) {
            last = Math.max(last, visitor.user().lastPlayed(id));
        }
        return last;
    }

    /** The place of the next episode; past the end when all are played or the series was never begun. */
    private int next(int[] episodes) {
        UserState user = visitor.user();
        int anchor = -1;
        boolean begun = false;
        for (int i = 0; i < episodes.length; i++) {
            int id = episodes[i];
            anchor = user.isPlayed(id) ? i : anchor;
            begun |= user.started().contains(id) || user.resumable().contains(id);
        }
        if (anchor < 0) {
            return begun ? 0 : episodes.length;
        }
        Facts furthest = facts(episodes[anchor]);
        int next = anchor + 1;
        while (next < episodes.length && isWithin(furthest, facts(episodes[next]))) {
            next++;
        }
        return next;
    }

    private Facts facts(int episode) {
        return visitor.lens().row(episode).scalars();
    }

    /** Whether a file with several episodes also has that one. */
    private static boolean isWithin(Facts file, Facts episode) {
        return episode.parentNumber() == file.parentNumber()
                && episode.number() != Facts.NO_NUMBER
                && Math.max(episode.number(), episode.numberEnd()) <= file.numberEnd();
    }

    /** The unplayed episodes from the next one on; none when the series was never begun. */
    List<Row> remaining(Row series) {
        int[] episodes = visitor.lens().episodes(series.id());
        return Arrays.stream(episodes)
                .skip(next(episodes))
                .mapToObj(visitor.lens()::row)
                .toList();
    }

    /** Where to go on in a series: an episode begun after everything played, else the next one. */
    Optional<Row> in(Row series) {
        List<Row> remaining = remaining(series);
        return remaining.stream()
                .filter(episode -> visitor.user().resumable().contains(episode.id()))
                .max(Comparator.comparingLong(episode -> visitor.user().lastPlayed(episode.id())))
                .or(() -> remaining.stream().findFirst());
    }
}
