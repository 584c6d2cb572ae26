package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.embygateway.protocol.EmbyJson;

/** What comes with an item: trailers, special features, themes, further parts. */
final class ExtraRoutes {
    static final Predicate<String> TRAILERS = "Trailer"::equals;
    static final Predicate<String> PARTS = "AdditionalPart"::equals;
    static final Predicate<String> FEATURES = type ->
            !Set.of("Trailer", "AdditionalPart", "ThemeSong", "ThemeVideo").contains(type);

    private final SimWorld world;
    private final Whose whose;
    private final Listing listing;

    ExtraRoutes(SimWorld world, Whose whose, Listing listing) {
        this.world = world;
        this.whose = whose;
        this.listing = listing;
    }

    void register(SimRoutes routes) {
        routes.get("/Users/{UserId}/Items/{Id}/SpecialFeatures", e -> array(e, FEATURES));
        routes.get("/Users/{UserId}/Items/{Id}/LocalTrailers", e -> array(e, TRAILERS));
        if (world.face().isJellyfin()) {
            routes.get("/Items/{Id}/SpecialFeatures", e -> array(e, FEATURES));
            routes.get("/Items/{Id}/LocalTrailers", e -> array(e, TRAILERS));
        }
        routes.get("/Videos/{Id}/AdditionalParts", this::parts);
        routes.get("/Items/{Id}/ThemeMedia", this::themeMedia);
        routes.get("/Items/{Id}/ThemeSongs", e -> SimReply.json(themes(e, "ThemeSong")));
        routes.get("/Items/{Id}/ThemeVideos", e -> SimReply.json(themes(e, "ThemeVideo")));
    }

    private SimReply array(Exchange exchange, Predicate<String> type) {
        return SimReply.json(listing.items(whose.reading(exchange), exchange.query(), extras(exchange, type)));
    }

    private SimReply parts(Exchange exchange) {
        return listing.page(whose.reading(exchange), exchange.query(), extras(exchange, PARTS));
    }

    private List<SimItem> extras(Exchange exchange, Predicate<String> type) {
        return world.item(exchange, exchange.part("Id")).extras(type);
    }

    private SimReply themeMedia(Exchange exchange) {
        ObjectNode json = EmbyJson.object();
        json.set("ThemeVideosResult", themes(exchange, "ThemeVideo"));
        json.set("ThemeSongsResult", themes(exchange, "ThemeSong"));
        json.set("SoundtrackSongsResult", themes(exchange, "Soundtrack"));
        return SimReply.json(json);
    }

    /** Those of the nearest parent when the item has none and is to inherit. */
    private ObjectNode themes(Exchange exchange, String type) {
        Optional<SimUser> user = whose.reading(exchange);
        SimItem owner = world.item(exchange, exchange.part("Id"));
        List<SimItem> found = owner.extras(type::equals);
        while (found.isEmpty() && exchange.query().flag("InheritFromParent", false) && owner.parent != null) {
            owner = owner.parent;
            found = owner.extras(type::equals);
        }
        ObjectNode result = EmbyJson.object();
        if (world.face().isJellyfin()) {
            result.put("OwnerId", owner.id());
        } else {
            result.put("OwnerId", owner.number);
        }
        result.set("Items", listing.items(user, exchange.query(), found));
        return result.put("TotalRecordCount", found.size());
    }
}
