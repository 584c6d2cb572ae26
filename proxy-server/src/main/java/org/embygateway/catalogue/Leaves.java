package org.embygateway.catalogue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/** What a playlist takes in when something is added to it: of folders, artists, genres … everything that plays. */
final class Leaves {
    private final Visitor visitor;
    private final Ids ids;
    private final Clock clock;

    Leaves(Visitor visitor, Ids ids, Clock clock) {
        this.visitor = visitor;
        this.ids = ids;
        this.clock = clock;
    }

    /** In the order of the rows, and in that of each folder; the first of them when there are more than {@code most}. */
    List<ItemId> of(List<Row> rows, int most) {
        return rows.stream().flatMap(this::of).limit(most).map(ItemId::new).toList();
    }

    private Stream<Integer> of(Row row) {
        Lens lens = visitor.lens();
        return switch (row.kind()) {
            case SERIES, SEASON, MUSIC_ALBUM -> sorted(Tree.leaves(lens, row), Sort.within(row.kind()));
            case PLAYLIST ->
                lens.lists().entries(lens, row.id()).stream()
                        .map(entry -> lens.row(entry.item()))
                        .filter(member -> member.kind() != ItemKind.PLAYLIST)
                        .flatMap(this::of);
            case BOX_SET ->
                sorted(lens.lists().members(lens, row.id()), Sort.by(SortKey.PREMIERE_DATE))
                        .map(lens::row)
                        .filter(member -> !Lists.isList(member.kind()))
                        .flatMap(this::of);
            case MUSIC_ARTIST -> songs(Params.parse("ArtistIds=" + row.id()));
            case PERSON, GENRE, MUSIC_GENRE, GAME_GENRE, STUDIO, TAG ->
                sorted(
                        matching(List.of(
                                Filters.naming(lens, List.of(row.id())),
                                Filters.kinds(
                                        lens,
                                        EnumSet.of(
                                                ItemKind.MOVIE,
                                                ItemKind.EPISODE,
                                                ItemKind.AUDIO,
                                                ItemKind.MUSIC_VIDEO)))),
                        Sort.BY_NAME);
            default -> row.kind().isFolder() ? Stream.empty() : Stream.of(row.id());
        };
    }

    private Stream<Integer> songs(Params of) {
        List<Condition> conditions = new ArrayList<>(Filters.of(of, visitor.lens(), visitor.user(), ids, clock));
        conditions.add(Filters.kinds(visitor.lens(), EnumSet.of(ItemKind.AUDIO)));
        return sorted(matching(conditions), Sort.BY_ALBUM);
    }

    private RoaringBitmap matching(List<Condition> conditions) {
        return new Query(visitor.lens(), visitor.user(), conditions).matches();
    }

    private Stream<Integer> sorted(RoaringBitmap items, Sort sort) {
        Query query = new Query(visitor.lens(), visitor.user(), List.of());
        return Arrays.stream(query.slice(items, sort, 0, 0, Integer.MAX_VALUE)).boxed();
    }
}
