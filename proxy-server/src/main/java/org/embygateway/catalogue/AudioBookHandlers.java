package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which part of an audio book comes next.
 *
 * <p>Emby API: {@code getAudiobooksNextup}.
 */
public final class AudioBookHandlers {
    private final Catalogue catalogue;
    private final Listing listing;

    public AudioBookHandlers(Catalogue catalogue, ReadThrough readThrough) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, readThrough);
    }

    private record Next(int part, long lastPlayed) {}

    /**
     * {@code GET /AudioBooks/NextUp}: of each book that was begun the part to go on with, the book heard last first; with
     * {@code AlbumId} of that book alone, its first part when it was not begun.
     */
    public Reply nextUp(Call call) {
        Visitor visitor = listing.asked(call);
        Params params = call.query();
        List<Next> next = new ArrayList<>();
        for (Row book : books(visitor, params)) {
            part(visitor, book, params.has("AlbumId")).ifPresent(next::add);
        }
        next.sort(Comparator.comparingLong(Next::lastPlayed).reversed().thenComparing(Next::part));
        int[] all = next.stream().mapToInt(Next::part).toArray();
        return listing.page(visitor, Listing.cut(all, Listing.Paging.of(call)), all.length, params);
    }

    private List<Row> books(Visitor visitor, Params params) {
        Lens lens = visitor.lens();
        if (params.has("AlbumId")) {
            return catalogue
                    .ids()
                    .current(params.text("AlbumId", ""))
                    .flatMap(lens::find)
                    .filter(row -> row.kind() == ItemKind.MUSIC_ALBUM)
                    .stream()
                    .toList();
        }
        List<Condition> conditions =
                new ArrayList<>(listing.scope(visitor, params.overriddenBy(Params.parse("Recursive=true")))
                        .conditions());
        conditions.addAll(Filters.of(
                Params.parse("CollectionTypes=audiobooks&MediaTypes=Audio"),
                lens,
                visitor.user(),
                catalogue.ids(),
                catalogue.clock()));
        conditions.add(Condition.ids(visitor.user().known()));
        RoaringBitmap heard = new Query(lens, visitor.user(), conditions).matches();
        RoaringBitmap books = Tree.above(lens, heard);
        return Arrays.stream(books.toArray())
                .mapToObj(lens::row)
                .filter(row -> row.kind() == ItemKind.MUSIC_ALBUM)
                .toList();
    }

    /** The part after the furthest that was heard to its end; none when that is the last, or nothing was begun. */
    private static Optional<Next> part(Visitor visitor, Row book, boolean always) {
        UserState user = visitor.user();
        int[] parts = new Query(visitor.lens(), user, List.of())
                .slice(Tree.leaves(visitor.lens(), book), Sort.TRACKS, 0, 0, Integer.MAX_VALUE);
        int next = 0;
        boolean begun = false;
        long last = Facts.NO_DATE;
        for (int i = 0; i < parts.length; i++) {
            next = user.isPlayed(parts[i]) ? i + 1 : next;
            begun |= user.isPlayed(parts[i]) || user.resumable().contains(parts[i]);
            last = Math.max(last, user.lastPlayed(parts[i]));
        }
        return next < parts.length && (begun || always) ? Optional.of(new Next(parts[next], last)) : Optional.empty();
    }
}
