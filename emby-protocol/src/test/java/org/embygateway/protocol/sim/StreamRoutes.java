package org.embygateway.protocol.sim;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Files, subtitles and fonts. */
final class StreamRoutes {
    private final SimWorld world;

    StreamRoutes(SimWorld world) {
        this.world = world;
    }

    void register(SimRoutes routes) {
        boolean anonymous = world.face().isJellyfin();
        for (String family : new String[] {"Videos", "Audio"}) {
            for (String name : new String[] {"stream", "stream.{Container}"}) {
                routes.add("GET", "/" + family + "/{Id}/" + name, anonymous, this::stream);
            }
        }
        if (!world.face().isJellyfin()) {
            routes.get("/Videos/{Id}/original", this::original);
            routes.get("/Videos/{Id}/original.{Container}", this::original);
            routes.get("/Videos/{Id}/stream/{FileName}", this::stream);
        }
        routes.get("/Items/{Id}/Download", this::download);
        routes.get("/Items/{Id}/File", this::original);
        for (String family : new String[] {"Videos", "Items"}) {
            String base = "/" + family + "/{Id}/{MediaSourceId}/Subtitles/{Index}";
            routes.open("GET", base + "/Stream.{Format}", this::subtitle);
            routes.open("GET", base + "/{Start}/Stream.{Format}", this::subtitle);
        }
        routes.open("GET", "/Videos/{Id}/{MediaSourceId}/Attachments/{Index}", this::attachment);
        routes.open("GET", "/Videos/{Id}/{MediaSourceId}/Attachments/{Index}/Stream.{Format}", this::attachment);
    }

    /** The version a stream request means: by its media source, else by the id in its path. */
    static SimVersion version(SimWorld world, SimItem item, String pathId, Optional<String> sourceId) {
        if (sourceId.isPresent()) {
            return item.versions.stream()
                    .filter(v -> world.face().sourceId(v.number()).equalsIgnoreCase(sourceId.get()))
                    .findFirst()
                    .orElseThrow(() -> new SimError(404, "Media source not found."));
        }
        return item.versions.stream()
                .filter(v -> world.face().itemId(v.number()).equals(pathId))
                .findFirst()
                .or(() -> item.versions.stream().findFirst())
                .orElseThrow(SimError::notFound);
    }

    private SimVersion version(Exchange exchange) {
        SimItem item = world.item(exchange, exchange.part("Id"));
        return version(world, item, exchange.part("Id"), exchange.query().text("MediaSourceId"));
    }

    private SimReply stream(Exchange exchange) {
        if (exchange.query().flag("Static", false)) {
            return original(exchange);
        }
        SimVersion version = version(exchange);
        String container = exchange.part("Container").isEmpty() ? "ts" : exchange.part("Container");
        Map<String, String> headers =
                Map.of("Content-Type", type(container), "Accept-Ranges", "none", "Transfer-Encoding", "chunked");
        return new SimReply.Part(
                200, headers, version.content(), 0, version.content().size());
    }

    private SimReply original(Exchange exchange) {
        return file(exchange, version(exchange), Map.of());
    }

    private SimReply file(Exchange exchange, SimVersion version, Map<String, String> more) {
        return new Ranges(world.suffixRangesBroken)
                .answer(exchange.headers(), version.content(), type(version.container()), more);
    }

    private SimReply download(Exchange exchange) {
        SimItem item = world.item(exchange, exchange.part("Id"));
        SimVersion version = version(exchange);
        String name = new MediaJson(world, item).fileName(version);
        String plain = name.replaceAll("[^\\x20-\\x7e]", "_").replace('"', '_');
        String coded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return file(
                exchange,
                version,
                Map.of("Content-Disposition", "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + coded));
    }

    static String type(String container) {
        return switch (container.toLowerCase(Locale.ROOT)) {
            case "mp4", "m4v" -> "video/mp4";
            case "mkv" -> "video/x-matroska";
            case "webm" -> "video/webm";
            case "ts" -> "video/mp2t";
            case "mp3" -> "audio/mpeg";
            case "flac" -> "audio/flac";
            default -> "application/octet-stream";
        };
    }

    private SimReply subtitle(Exchange exchange) {
        SimItem item = world.item(exchange, exchange.part("Id"));
        SimVersion version = version(world, item, exchange.part("Id"), Optional.of(exchange.part("MediaSourceId")));
        int place = index(exchange) - version.firstSubtitle();
        if (place < 0 || place >= version.subtitles().size()) {
            return SimReply.bytes(200, "text/plain", new byte[0]);
        }
        return Subtitles.reply(version.subtitles().get(place).text(), exchange.part("Format"));
    }

    private SimReply attachment(Exchange exchange) {
        SimItem item = world.item(exchange, exchange.part("Id"));
        SimVersion version = version(world, item, exchange.part("Id"), Optional.of(exchange.part("MediaSourceId")));
        int place = index(exchange) - version.firstFont();
        if (place < 0 || place >= version.fonts().size()) {
            throw SimError.notFound();
        }
        byte[] font =
                Content.random(version.fonts().get(place).hashCode(), 20_000).bytes(0, 20_000);
        return SimReply.bytes(200, "font/ttf", font);
    }

    private static int index(Exchange exchange) {
        try {
            return Integer.parseInt(exchange.part("Index"));
        } catch (NumberFormatException e) {
            throw new SimError(400, "Input string was not in a correct format.");
        }
    }
}
