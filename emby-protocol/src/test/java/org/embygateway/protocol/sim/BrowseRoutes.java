package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;

/** Views, lists and single items. */
final class BrowseRoutes {
    private static final int LATEST = 20;

    private final SimWorld world;
    private final Whose whose;
    private final Listing listing;

    BrowseRoutes(SimWorld world, Whose whose, Listing listing) {
        this.world = world;
        this.whose = whose;
        this.listing = listing;
    }

    void register(SimRoutes routes) {
        routes.get("/Users/{UserId}/Views", this::views);
        routes.get("/Users/{UserId}/Items", this::items);
        routes.get("/Items", this::items);
        routes.get("/Users/{UserId}/Items/{Id}", this::item);
        routes.get("/Users/{UserId}/Items/Latest", this::latest);
        routes.get("/Users/{UserId}/Items/Resume", this::resume);
        routes.get("/Items/Counts", this::counts);
        routes.get("/Items/{Id}/Ancestors", this::ancestors);
        routes.get("/Items/{Id}/Similar", this::similar);
        routes.get("/Users/{UserId}/Items/{Id}/Intros", this::nothing);
        routes.get("/Playlists/{Id}/Items", this::members);
        if (world.face().isJellyfin()) {
            routes.get("/UserViews", this::views);
            routes.get("/Items/{Id}", this::item);
            routes.get("/Items/Latest", this::latest);
            routes.get("/UserItems/Resume", this::resume);
            routes.get("/Items/{Id}/Intros", this::nothing);
        } else {
            routes.get("/Library/MediaFolders", this::views);
        }
    }

    private SimReply views(Exchange exchange) {
        Optional<SimUser> user = whose.reading(exchange);
        List<SimItem> views = world.catalog().views().stream()
                .filter(v -> user.isEmpty() || user.get().sees(v))
                .toList();
        return listing.page(user, exchange.query(), views);
    }

    private SimReply items(Exchange exchange) {
        return listing.page(whose.reading(exchange), exchange.query());
    }

    private SimReply members(Exchange exchange) {
        world.item(exchange, exchange.part("Id"));
        Params below = Params.of(Map.of("ParentId", exchange.part("Id")));
        return listing.page(whose.reading(exchange), exchange.query().overriddenBy(below));
    }

    private SimReply item(Exchange exchange) {
        Optional<SimUser> user = whose.reading(exchange);
        SimItem item = world.item(exchange, exchange.part("Id"));
        ObjectNode json = ItemJson.detail(world, user).write(item);
        if (!world.face().isJellyfin()) {
            json.put("Id", exchange.part("Id"));
        }
        return SimReply.json(json);
    }

    private SimReply latest(Exchange exchange) {
        Optional<SimUser> user = whose.reading(exchange);
        Params query = exchange.query();
        Params wide = Params.parse("Recursive=true&IncludeItemTypes=Movie,Episode,MusicAlbum,Video&SortBy=DateCreated"
                        + "&SortOrder=Descending")
                .overriddenBy(only(query, "ParentId", "IncludeItemTypes"));
        List<SimItem> newest = new ArrayList<>();
        Boolean played = query.flag("IsPlayed").orElse(null);
        for (SimItem item : listing.select(user, wide)) {
            SimItem shown = item.kind == ItemKind.EPISODE && query.flag("GroupItems", true)
                    ? item.ancestor(ItemKind.SERIES).orElse(item)
                    : item;
            boolean seen = user.map(u -> SimQuery.isPlayed(u, item)).orElse(false);
            if ((played == null ? !seen : played == seen) && !newest.contains(shown)) {
                newest.add(shown);
            }
            if (newest.size() >= query.number("Limit").orElse(LATEST)) {
                break;
            }
        }
        return SimReply.json(listing.items(user, query, newest));
    }

    private static Params only(Params query, String... names) {
        Params result = Params.NONE;
        for (String name : names) {
            Optional<String> value = query.text(name);
            if (value.isPresent()) {
                result = result.overriddenBy(Params.of(Map.of(name, value.get())));
            }
        }
        return result;
    }

    private SimReply resume(Exchange exchange) {
        Optional<SimUser> user = whose.reading(exchange);
        Params query = Params.parse("Recursive=true").overriddenBy(exchange.query());
        List<SimItem> resumable = listing.select(user, query).stream()
                .filter(i -> user.isPresent()
                        && user.get().state(i).position() > 0
                        && !user.get().state(i).hidden())
                .sorted(Comparator.comparing(
                                (SimItem i) -> user.get().state(i).lastPlayed().orElse(Instant.EPOCH))
                        .reversed())
                .toList();
        return listing.page(user, exchange.query(), resumable);
    }

    private SimReply counts(Exchange exchange) {
        Map<ItemKind, Integer> counts = new EnumMap<>(ItemKind.class);
        world.catalog().all().forEach(i -> counts.merge(i.kind, 1, Integer::sum));
        ObjectNode json = EmbyJson.object();
        json.put("MovieCount", counts.getOrDefault(ItemKind.MOVIE, 0))
                .put("SeriesCount", counts.getOrDefault(ItemKind.SERIES, 0))
                .put("EpisodeCount", counts.getOrDefault(ItemKind.EPISODE, 0))
                .put("ArtistCount", counts.getOrDefault(ItemKind.MUSIC_ARTIST, 0))
                .put("AlbumCount", counts.getOrDefault(ItemKind.MUSIC_ALBUM, 0))
                .put("SongCount", counts.getOrDefault(ItemKind.AUDIO, 0))
                .put("BoxSetCount", counts.getOrDefault(ItemKind.BOX_SET, 0))
                .put("ItemCount", world.catalog().count());
        return SimReply.json(json);
    }

    private SimReply ancestors(Exchange exchange) {
        Optional<SimUser> user = whose.reading(exchange);
        ItemJson json = ItemJson.list(world, user, exchange.query());
        ArrayNode list = EmbyJson.MAPPER.createArrayNode();
        for (SimItem i = world.item(exchange, exchange.part("Id")).parent; i != null; i = i.parent) {
            list.add(json.write(i));
        }
        return SimReply.json(list);
    }

    private SimReply similar(Exchange exchange) {
        SimItem like = world.item(exchange, exchange.part("Id"));
        Params query = Params.parse(
                "Recursive=true&IncludeItemTypes=" + like.kind.wireName() + "&Genres=" + String.join("|", like.genres));
        Optional<SimUser> user = whose.reading(exchange);
        List<SimItem> others =
                listing.select(user, query).stream().filter(i -> i != like).toList();
        return listing.page(user, exchange.query(), others);
    }

    private SimReply nothing(Exchange exchange) {
        world.item(exchange, exchange.part("Id"));
        return listing.page(Optional.empty(), Params.NONE, List.of());
    }
}
