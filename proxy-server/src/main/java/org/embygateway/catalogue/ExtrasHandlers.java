package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.SourceLocation;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * What comes with an item and is in no list: trailers, special features, themes, further parts. Each is an item with an id
 * of its own, which details, playing and pictures take.
 *
 * <p>Emby API: UserLibraryService {@code getUsersByUseridItemsByIdSpecialfeatures},
 * {@code getUsersByUseridItemsByIdLocaltrailers}, LibraryService {@code getItemsByIdThememedia} and its halves,
 * VideosService {@code getVideosByIdAdditionalparts}.
 */
public final class ExtrasHandlers {
    private final Catalogue catalogue;
    private final Listing listing;
    private final ExtrasReading reading;

    public ExtrasHandlers(Catalogue catalogue, ExtrasReading reading) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, ReadThrough.NONE);
        this.reading = reading;
    }

    /** {@code GET /Users/{UserId}/Items/{Id}/LocalTrailers}: a bare array, those of all servers, each once. */
    public Reply trailers(Call call) {
        return distinct(call, ItemKind.LOCAL_TRAILER);
    }

    /** {@code GET /Users/{UserId}/Items/{Id}/SpecialFeatures}: likewise. */
    public Reply features(Call call) {
        return distinct(call, ItemKind.SPECIAL_FEATURE);
    }

    private Reply distinct(Call call, ItemKind kind) {
        read(listing.visitor(call), List.of(row(call)), Set.of(kind));
        Visitor visitor = listing.visitor(call);
        return listing.array(visitor, ids(ItemExtras.distinct(visitor.lens(), row(call), kind)), call.query());
    }

    private Row row(Call call) {
        return catalogue.row(listing.visitor(call), ItemsHandlers.itemId(call.pathParam("Id")));
    }

    private static int[] ids(List<Row> rows) {
        return rows.stream().mapToInt(Row::id).toArray();
    }

    /** Libraries and by-name items have nothing that comes with them, nor have extras. */
    private void read(Visitor visitor, List<Row> rows, Set<ItemKind> kinds) {
        List<Row> owners = rows.stream()
                .filter(row -> Search.MEDIA.contains(row.kind()) && !row.isOwn())
                .toList();
        reading.read(catalogue.copies(visitor, owners), kinds);
    }

    /**
     * {@code GET /Items/{Id}/ThemeMedia}: {@code ThemeVideosResult}, {@code ThemeSongsResult} and
     * {@code SoundtrackSongsResult}, each with {@code OwnerId} (a number), {@code Items} and {@code TotalRecordCount}. No
     * server says what songs a film's soundtrack has: that list is empty.
     */
    public Reply themeMedia(Call call) {
        readThemes(call, Set.of(ItemKind.THEME_SONG, ItemKind.THEME_VIDEO));
        ObjectNode result = EmbyJson.object();
        result.set("ThemeVideosResult", themes(call, ItemKind.THEME_VIDEO));
        result.set("ThemeSongsResult", themes(call, ItemKind.THEME_SONG));
        result.set("SoundtrackSongsResult", themes(listing.visitor(call), row(call), List.of(), call.query()));
        return Reply.json(result);
    }

    /** {@code GET /Items/{Id}/ThemeSongs}. */
    public Reply themeSongs(Call call) {
        readThemes(call, Set.of(ItemKind.THEME_SONG));
        return Reply.json(themes(call, ItemKind.THEME_SONG));
    }

    /** {@code GET /Items/{Id}/ThemeVideos}. */
    public Reply themeVideos(Call call) {
        readThemes(call, Set.of(ItemKind.THEME_VIDEO));
        return Reply.json(themes(call, ItemKind.THEME_VIDEO));
    }

    private void readThemes(Call call, Set<ItemKind> kinds) {
        Visitor visitor = listing.visitor(call);
        read(visitor, themeOwners(visitor, call), kinds);
    }

    /** The item, with {@code InheritFromParent} also what it is in, nearest first. */
    private List<Row> themeOwners(Visitor visitor, Call call) {
        Row item = row(call);
        List<Row> owners = new ArrayList<>(List.of(item));
        if (call.query().flag("InheritFromParent", false)) {
            owners.addAll(Catalogue.ancestors(visitor.lens(), item));
        }
        return owners;
    }

    /** Those of the first owner that has any, from the first server that has any. */
    private ObjectNode themes(Call call, ItemKind kind) {
        Visitor visitor = listing.visitor(call);
        List<Row> owners = themeOwners(visitor, call);
        for (Row owner : owners) {
            List<Row> all = ItemExtras.all(visitor.lens(), owner, kind);
            if (!all.isEmpty()) {
                int server = ItemExtras.upstream(all.getFirst());
                List<Row> ofOne = all.stream()
                        .filter(row -> ItemExtras.upstream(row) == server)
                        .toList();
                return themes(visitor, owner, ofOne, call.query());
            }
        }
        return themes(visitor, owners.getFirst(), List.of(), call.query());
    }

    private ObjectNode themes(Visitor visitor, Row owner, List<Row> rows, Params params) {
        Projection projection = Projection.list(params).counting();
        ObjectNode result = EmbyJson.object().put("OwnerId", owner.id());
        result.putArray("Items").addAll(catalogue.documents().listed(visitor, rows, projection));
        return result.put("TotalRecordCount", rows.size());
    }

    /**
     * {@code GET /Videos/{Id}/AdditionalParts}: the parts after the first of the version that {@code MediaSourceId} or the
     * path names, else of the best.
     */
    public Reply parts(Call call) {
        Visitor asking = listing.visitor(call);
        Row row = row(call);
        Optional<SourceLocation> version = version(call, asking, row);
        version.ifPresent(place -> reading.read(
                Map.of(place.upstream(), Set.of(place.upstreamVersionId())), Set.of(ItemKind.ADDITIONAL_PART)));
        Visitor visitor = listing.visitor(call);
        int[] parts = version.stream()
                .flatMap(place -> ItemExtras.all(visitor.lens(), row, ItemKind.ADDITIONAL_PART).stream()
                        .filter(part -> isOf(part, place)))
                .mapToInt(Row::id)
                .toArray();
        return listing.page(visitor, parts, parts.length, call.query());
    }

    private static boolean isOf(Row part, SourceLocation version) {
        return ItemExtras.upstream(part) == version.upstream().value()
                && part.facts().upstreamAlbum().equals(version.upstreamVersionId());
    }

    /** Refused with 404 when the call names a source that is not visible or is of another item. */
    private Optional<SourceLocation> version(Call call, Visitor visitor, Row row) {
        Optional<String> named = call.query().text("MediaSourceId");
        if (named.isPresent()) {
            SourceLocation place = named.flatMap(id -> place(visitor, id))
                    .filter(found -> found.item().value() == row.id())
                    .orElseThrow(Refused::notFound);
            return Optional.of(place);
        }
        return place(visitor, call.pathParam("Id")).or(() -> {
            JsonNode best = catalogue
                    .documents()
                    .full(visitor, List.of(row))
                    .getFirst()
                    .path("MediaSources")
                    .path(0);
            return place(visitor, best.path("Id").asText(""));
        });
    }

    private Optional<SourceLocation> place(Visitor visitor, String id) {
        return MediaSourceId.parse(id).flatMap(source -> catalogue.source(visitor, source));
    }
}
