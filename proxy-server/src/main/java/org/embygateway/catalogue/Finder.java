package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds the visible items with some text in their titles. The last answers are kept, since clients ask once for
 * everything and then once for each type.
 */
final class Finder {
    private static final int REMEMBERED = 16;

    private final Lens lens;
    private final Differing differing;
    private final Map<String, Found> known = new LinkedHashMap<>(16, 0.75f, true);

    Finder(Lens lens, Differing differing) {
        this.lens = lens;
        this.differing = differing;
    }

    Found find(String text) {
        Term term = Term.of(text);
        if (term.isEmpty()) {
            return Found.NOTHING;
        }
        Found found = remembered(term.text());
        if (found == null) {
            found = answer(term);
            remember(term.text(), found);
        }
        return found;
    }

    /** Makes beforehand what the first search would wait for. */
    void prepare() {
        differing.index(lens);
    }

    boolean isPrepared() {
        return differing.isMade();
    }

    private Found answer(Term term) {
        List<Found.Part> parts = new ArrayList<>();
        TitleIndex titles = lens.snapshot().titles();
        RoaringBitmap others = differing.items(lens);
        if (others.isEmpty()) {
            parts.add(search(lens.visible(), titles, term));
        } else {
            parts.add(search(RoaringBitmap.andNot(lens.visible(), others), titles, term));
            parts.add(search(RoaringBitmap.and(lens.visible(), others), differing.index(lens), term));
        }
        new EpisodeNumber(lens).find(term).ifPresent(numbered -> parts.add(numbered.found()));
        return new Found(parts);
    }

    private Found.Part search(RoaringBitmap items, TitleIndex titles, Term term) {
        return new TitleSearch(lens, new TitleSearch.Titled(items, titles), term).answer();
    }

    private synchronized @Nullable Found remembered(String text) {
        return known.get(text);
    }

    private synchronized void remember(String text, Found found) {
        known.put(text, found);
        if (known.size() > REMEMBERED) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /** For measurements. */
    synchronized void forget() {
        known.clear();
    }
}
