package org.embygateway.protocol.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.ItemKind;

/** Pictures: nobody needs a token for them. */
final class ImageRoutes {
    private static final int WIDTH = 400;

    private final SimWorld world;

    ImageRoutes(SimWorld world) {
        this.world = world;
    }

    void register(SimRoutes routes) {
        for (String end : new String[] {"", "/{Index}"}) {
            routes.open("GET", "/Items/{Id}/Images/{Type}" + end, this::ofItem);
            routes.open("GET", "/Persons/{Name}/Images/{Type}" + end, e -> named(e, ItemKind.PERSON));
            routes.open("GET", "/Genres/{Name}/Images/{Type}" + end, e -> named(e, ItemKind.GENRE));
            routes.open("GET", "/Studios/{Name}/Images/{Type}" + end, e -> named(e, ItemKind.STUDIO));
            routes.open("GET", "/Users/{Id}/Images/{Type}" + end, e -> {
                throw SimError.notFound();
            });
        }
    }

    private SimReply ofItem(Exchange exchange) {
        return image(exchange, world.item(exchange, exchange.part("Id")));
    }

    private SimReply named(Exchange exchange, ItemKind kind) {
        Optional<SimItem> item = world.catalog().findByName(kind, exchange.part("Name"));
        return image(exchange, item.orElseThrow(SimError::notFound));
    }

    private SimReply image(Exchange exchange, SimItem item) {
        String type = exchange.part("Type");
        boolean chapter = type.equalsIgnoreCase("Chapter") && item.kind.isPlayable();
        if (!chapter && item.images.stream().noneMatch(type::equalsIgnoreCase)) {
            throw new SimError(404, "Image not found.");
        }
        int index = index(exchange);
        if (index != 0 && !chapter) {
            throw new SimError(500, "Object reference not set to an instance of an object.");
        }
        String tag = "\"" + ItemJson.imageTag(world, item, type, index) + "\"";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", tag);
        headers.put("Last-Modified", "Sat, 01 Jun 2024 10:00:00 GMT");
        headers.put("Cache-Control", exchange.query().has("tag") ? "public, max-age=31536000" : "public");
        if (tag.equals(exchange.headers().get("If-None-Match"))) {
            return new SimReply.Whole(304, headers, new byte[0]);
        }
        Picture picture = new Picture(item.name + type + index, item.name, width(exchange), isWide(type, item));
        headers.put("Content-Type", world.posters ? "image/jpeg" : "image/png");
        return new SimReply.Whole(200, headers, world.posters ? picture.poster() : picture.plain());
    }

    private static int index(Exchange exchange) {
        String index = exchange.part("Index").isEmpty() ? exchange.query().text("Index", "0") : exchange.part("Index");
        return index.matches("\\d{1,4}") ? Integer.parseInt(index) : 0;
    }

    private static boolean isWide(String type, SimItem item) {
        return type.equalsIgnoreCase("Backdrop")
                || type.equalsIgnoreCase("Thumb")
                || item.kind == ItemKind.EPISODE
                || item.kind == ItemKind.COLLECTION_FOLDER;
    }

    /** Never enlarged. */
    private static int width(Exchange exchange) {
        int asked = exchange.query()
                .number("maxWidth")
                .orElse(exchange.query().number("width").orElse(WIDTH));
        return Math.clamp(asked, 1, WIDTH);
    }
}
