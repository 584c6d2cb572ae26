package org.embygateway.protocol.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.embygateway.protocol.Hex32;

/** Playlists and segments. */
final class HlsRoutes {
    private static final int SEGMENT_BYTES = 188 * 500;
    private static final int SEGMENT_SECONDS = 3;

    private final SimWorld world;

    HlsRoutes(SimWorld world) {
        this.world = world;
    }

    void register(SimRoutes routes) {
        routes.get("/Videos/{Id}/master.m3u8", this::master);
        routes.get("/Videos/{Id}/main.m3u8", this::main);
        routes.get("/Videos/{Id}/subtitles.m3u8", this::subtitles);
        routes.open("GET", "/Videos/{Id}/hls1/{PlaylistId}/{SegmentId}.{Container}", this::segment);
        routes.open("GET", "/Videos/{Id}/hls1/{PlaylistId}/hls.key", this::key);
    }

    private SimVersion version(Exchange exchange) {
        SimItem item = world.item(exchange, exchange.part("Id"));
        return StreamRoutes.version(
                world, item, exchange.part("Id"), exchange.query().text("MediaSourceId"));
    }

    private SimReply master(Exchange exchange) {
        SimVersion version = version(exchange);
        String session = playSession(exchange, version);
        HlsStyle style = world.hls;
        Playlist out = new Playlist(world, style, exchange.part("Id"));
        out.line("#EXTM3U").line("#EXT-X-VERSION:3").line("#EXT-X-INDEPENDENT-SEGMENTS");
        String query = withSession(rawQuery(exchange), session);
        boolean subtitles = !version.subtitles().isEmpty()
                && (style.subtitles() || exchange.query().has("ManifestSubtitles"));
        for (int i = 0; subtitles && i < version.subtitles().size(); i++) {
            SimVersion.Subtitle subtitle = version.subtitles().get(i);
            out.line("#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subs\",NAME=\"" + subtitle.title() + "\",LANGUAGE=\""
                    + subtitle.language() + "\",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI=\""
                    + out.uri("subtitles.m3u8?" + query + "&SubtitleStreamIndex=" + (version.firstSubtitle() + i))
                    + "\"");
        }
        out.line("#EXT-X-STREAM-INF:BANDWIDTH=5192000,AVERAGE-BANDWIDTH=4192000,RESOLUTION=" + version.width() + "x"
                + version.height() + ",CODECS=\"avc1.640028,mp4a.40.2\"" + (subtitles ? ",SUBTITLES=\"subs\"" : ""));
        out.line(out.uri("main.m3u8?" + query));
        return out.reply();
    }

    private SimReply main(Exchange exchange) {
        SimVersion version = version(exchange);
        String session = playSession(exchange, version);
        HlsStyle style = world.hls;
        int seconds = seconds(version);
        Playlist out = new Playlist(world, style, exchange.part("Id"));
        out.line("#EXTM3U").line("#EXT-X-PLAYLIST-TYPE:VOD").line("#EXT-X-VERSION:" + (style.map() ? 7 : 3));
        out.line("#EXT-X-TARGETDURATION:" + seconds).line("#EXT-X-MEDIA-SEQUENCE:0");
        String query = world.face().isJellyfin() ? rawQuery(exchange) : "PlaySessionId=" + session;
        if (style.key()) {
            out.line("#EXT-X-KEY:METHOD=AES-128,URI=\"" + out.uri("hls1/main/hls.key?" + query) + "\"");
        }
        String extension = style.map() ? "mp4" : "ts";
        if (style.map()) {
            out.line("#EXT-X-MAP:URI=\"" + out.uri("hls1/main/-1.mp4?" + query) + "\"");
        }
        int count = count(version);
        for (int i = 0; i < count; i++) {
            out.line("#EXTINF:" + seconds + ".0000, nodesc");
            out.line(out.uri("hls1/main/" + i + "." + extension + "?" + query));
        }
        return out.line("#EXT-X-ENDLIST").reply();
    }

    private SimReply subtitles(Exchange exchange) {
        SimVersion version = version(exchange);
        int index = exchange.query().number("SubtitleStreamIndex").orElse(-1);
        int place = index - version.firstSubtitle();
        if (place < 0 || place >= version.subtitles().size()) {
            throw SimError.notFound();
        }
        Playlist out = new Playlist(world, world.hls, exchange.part("Id"));
        out.line("#EXTM3U").line("#EXT-X-PLAYLIST-TYPE:VOD").line("#EXT-X-VERSION:3");
        out.line("#EXT-X-TARGETDURATION:" + version.duration().toSeconds());
        out.line("#EXTINF:" + version.duration().toSeconds() + ".0000, nodesc");
        out.line(out.uri(world.face().sourceId(version.number()) + "/Subtitles/" + index + "/0/Stream.vtt"));
        return out.line("#EXT-X-ENDLIST").reply();
    }

    /** The query as it came: the variant line repeats all of it. */
    private static String rawQuery(Exchange exchange) {
        int mark = exchange.uri().indexOf('?');
        return mark < 0 ? "" : exchange.uri().substring(mark + 1);
    }

    private static String withSession(String query, String session) {
        return query.toLowerCase(Locale.ROOT).contains("playsessionid=")
                ? query
                : (query.isEmpty() ? "" : query + "&") + "PlaySessionId=" + session;
    }

    /** The one the client says, whoever made it; a new one otherwise. */
    private String playSession(Exchange exchange, SimVersion version) {
        String session = exchange.query().text("PlaySessionId").orElseGet(Hex32::random);
        SimItem item = world.item(exchange, exchange.part("Id"));
        String device = exchange.session().identity.deviceId();
        world.playSessions()
                .put(session, new SimWorld.PlaySession(session, item, version, audio(exchange, session), device));
        return session;
    }

    /** What the playlist is asked for with; else what was agreed on. */
    private int audio(Exchange exchange, String session) {
        return exchange.query().number("AudioStreamIndex").orElseGet(() -> {
            SimWorld.PlaySession agreed = world.playSessions().get(session);
            return agreed == null ? 1 : agreed.audio();
        });
    }

    private SimReply segment(Exchange exchange) {
        SimWorld.PlaySession session = playing(exchange);
        int number;
        try {
            number = Integer.parseInt(exchange.part("SegmentId"));
        } catch (NumberFormatException e) {
            throw SimError.notFound();
        }
        if (number < -1 || number >= count(session.version())) {
            throw SimError.notFound();
        }
        String type = exchange.part("Container").equals("ts") ? "video/mp2t" : "video/mp4";
        Content content = segment(session.version(), session.audio(), number);
        return new SimReply.Part(200, Map.of("Content-Type", type), content, 0, content.size());
    }

    /** Real segments where there are, else bytes that are told apart by version and number. */
    static Content segment(SimVersion version, int audio, int number) {
        return version.segments(audio)
                .map(d -> Content.file(d.resolve(number + ".ts")))
                .orElseGet(() -> Content.random(version.number() * 100_000 + number, SEGMENT_BYTES));
    }

    private SimReply key(Exchange exchange) {
        SimWorld.PlaySession session = playing(exchange);
        return SimReply.bytes(
                200,
                "application/octet-stream",
                Content.random(session.version().number(), 16).bytes(0, 16));
    }

    /** Segments need no token, but a play session that has not ended. */
    private SimWorld.PlaySession playing(Exchange exchange) {
        String id = exchange.query().text("PlaySessionId", "");
        SimWorld.PlaySession session = world.playSessions().get(id);
        SimItem item = world.item(exchange, exchange.part("Id"));
        if (session == null
                || session.item() != item
                || !exchange.part("PlaylistId").equals("main")) {
            throw SimError.notFound();
        }
        return session;
    }

    private static int seconds(SimVersion version) {
        return version.segments().isPresent() ? 4 : SEGMENT_SECONDS;
    }

    static int count(SimVersion version) {
        if (version.segments().isPresent()) {
            try (Stream<Path> files = Files.list(version.segments().get())) {
                return (int) files.filter(f -> f.toString().endsWith(".ts")).count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return (int) Math.max(1, version.duration().toSeconds() / SEGMENT_SECONDS);
    }

    /** A playlist being written. */
    private static final class Playlist {
        private final StringBuilder text = new StringBuilder();
        private final SimWorld world;
        private final HlsStyle style;
        private final String item;

        Playlist(SimWorld world, HlsStyle style, String item) {
            this.world = world;
            this.style = style;
            this.item = item;
            text.append(style.bom() ? "\uFEFF" : "");
        }

        Playlist line(String line) {
            text.append(line).append(style.crlf() ? "\r\n" : "\n");
            return this;
        }

        /** In the style's form, from one relative to {@code /Videos/{Id}/}. */
        String uri(String relative) {
            String prefix = world.face().isJellyfin() ? "" : "/emby";
            String root = world.basePath() + prefix + "/videos/" + item + "/" + relative;
            return switch (style.uris()) {
                case RELATIVE -> relative;
                case ROOT_RELATIVE -> root;
                case ABSOLUTE -> world.address + root;
            };
        }

        SimReply reply() {
            byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
            return SimReply.bytes(200, "application/vnd.apple.mpegurl", body);
        }
    }
}
