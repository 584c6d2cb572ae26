package org.embygateway.protocol.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;

/** Genres, studios, people, artists and tags of the items that the same filter selects. */
final class ByNameRoutes {
    private final SimWorld world;
    private final Whose whose;
    private final Listing listing;

    ByNameRoutes(SimWorld world, Whose whose, Listing listing) {
        this.world = world;
        this.whose = whose;
        this.listing = listing;
    }

    void register(SimRoutes routes) {
        family(routes, "/Genres", ItemKind.GENRE);
        family(routes, "/MusicGenres", ItemKind.MUSIC_GENRE);
        family(routes, "/Artists", ItemKind.MUSIC_ARTIST);
        routes.get("/Artists/AlbumArtists", e -> list(e, ItemKind.MUSIC_ARTIST, SimItem::shownAlbumArtists));
        family(routes, "/Studios", ItemKind.STUDIO);
        family(routes, "/Persons", ItemKind.PERSON);
        if (!world.face().isJellyfin()) {
            routes.get("/Tags", e -> list(e, ItemKind.TAG));
            family(routes, "/GameGenres", ItemKind.GAME_GENRE);
        }
    }

    private void family(SimRoutes routes, String path, ItemKind kind) {
        routes.get(path, e -> list(e, kind));
        routes.get(path + "/{Name}", e -> one(e, kind));
    }

    private SimReply one(Exchange exchange, ItemKind kind) {
        SimItem item = world.catalog().findByName(kind, exchange.part("Name")).orElseThrow(SimError::notFound);
        return SimReply.json(ItemJson.detail(world, whose.reading(exchange)).write(item));
    }

    private SimReply list(Exchange exchange, ItemKind kind) {
        return list(exchange, kind, item -> names(item, kind));
    }

    private SimReply list(Exchange exchange, ItemKind kind, Function<SimItem, List<String>> names) {
        Optional<SimUser> user = whose.reading(exchange);
        List<SimItem> named = new ArrayList<>();
        String parent = exchange.query().text("ParentId", "");
        List<SimItem> within =
                listing.select(user, Params.parse("Recursive=true" + (parent.isEmpty() ? "" : "&ParentId=" + parent)));
        within.stream()
                .flatMap(i -> names.apply(i).stream())
                .distinct()
                .forEach(n -> world.catalog().findByName(kind, n).ifPresent(named::add));
        String term = exchange.query().text("SearchTerm", "").toLowerCase(Locale.ROOT);
        Instant since =
                exchange.query().text("MinDateLastSaved").map(Instant::parse).orElse(Instant.EPOCH);
        List<SimItem> sorted = named.stream()
                .distinct()
                .filter(i -> i.sortKey().contains(term) && !i.saved.isBefore(since))
                .sorted(Comparator.comparing(SimItem::sortKey))
                .toList();
        return listing.page(user, exchange.query(), sorted);
    }

    private static List<String> names(SimItem item, ItemKind kind) {
        return switch (kind) {
            case GENRE, MUSIC_GENRE, GAME_GENRE -> item.genreKind() == kind ? item.genres : List.of();
            case MUSIC_ARTIST -> item.shownArtists();
            case STUDIO -> item.studios;
            case TAG -> item.tags;
            default -> item.people.stream().map(SimPerson::name).toList();
        };
    }
}
