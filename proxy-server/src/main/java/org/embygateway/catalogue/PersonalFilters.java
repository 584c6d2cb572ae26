package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/** What the person who asks has done with the items. */
final class PersonalFilters {
    private final Conditions conditions;
    private final Lens lens;
    private final UserState user;

    private PersonalFilters(Conditions conditions) {
        this.conditions = conditions;
        this.lens = conditions.lens();
        this.user = conditions.user();
    }

    static void add(Conditions conditions) {
        new PersonalFilters(conditions).add();
    }

    private void add() {
        Params params = conditions.params();
        Set<String> words = conditions.lowerList("Filters");
        flags(conditions, "IsPlayed", "isplayed", "isunplayed").forEach(this::played);
        flags(conditions, "IsFavorite", "isfavorite", "").forEach(wanted -> conditions.add(user.favorite(), wanted));
        if (words.contains("isresumable") || params.flag("IsResumable", false)) {
            conditions.add(resumable());
        }
        if (words.contains("likes")) {
            conditions.add(user.liked());
        }
        if (words.contains("dislikes")) {
            conditions.add(user.disliked());
        }
        if (words.contains("isfavoriteorlikes")) {
            conditions.add(RoaringBitmap.or(user.favorite(), user.liked()));
        }
    }

    /** A folder is played when everything below is and there is something below. */
    private void played(boolean wanted) {
        RoaringBitmap folders = lens.snapshot().ofKinds(ItemKind::isFolder);
        RoaringBitmap whole = user.playedFolders(lens);
        if (wanted) {
            conditions.add(RoaringBitmap.or(RoaringBitmap.andNot(user.played(), folders), whole));
            return;
        }
        RoaringBitmap others = RoaringBitmap.or(user.played(), folders);
        others.andNot(lens.parents());
        others.or(whole);
        conditions.addNot(others);
    }

    /** Of a series, whether an episode is. */
    private RoaringBitmap resumable() {
        RoaringBitmap allSeries = lens.snapshot().ofKind(ItemKind.SERIES);
        RoaringBitmap resumable = RoaringBitmap.andNot(user.resumable(), allSeries);
        RoaringBitmap series =
                Tree.above(lens, RoaringBitmap.and(resumable, lens.snapshot().ofKind(ItemKind.EPISODE)));
        series.and(allSeries);
        resumable.or(series);
        return resumable;
    }

    /** What a truth value and its two words in {@code Filters} ask for; all of it counts. */
    static List<Boolean> flags(Conditions conditions, String name, String yes, String no) {
        Set<String> words = conditions.lowerList("Filters");
        List<Boolean> wanted = new ArrayList<>();
        conditions.params().flag(name).ifPresent(wanted::add);
        if (words.contains(yes)) {
            wanted.add(true);
        }
        if (words.contains(no)) {
            wanted.add(false);
        }
        return wanted;
    }
}
