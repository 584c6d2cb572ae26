package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.forward;
import static org.embygateway.app.routes.Rows.stream;
import static org.embygateway.route.Access.PLAYBACK;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.play.LiveStreams;
import org.embygateway.play.Playing;
import org.embygateway.route.Route;
import org.embygateway.route.Treatment;

/** MediaInfoService, VideoService, AudioService, DynamicHlsService, SubtitleService and what else carries media. */
public final class PlaybackRoutes {
    private PlaybackRoutes() {}

    public static List<Route> rows(Playing playing) {
        Rows rows = new Rows();
        Treatment open = stream(playing.streams()::open);
        rows.each("GET,POST", "/Items/{Id}/PlaybackInfo", USER, forward(playing.playback()::info));
        video(rows, open);
        audio(rows, open);
        subtitles(rows, open);
        files(rows, open, playing);
        live(rows, playing.liveStreams());
        return rows.rows();
    }

    private static void video(Rows rows, Treatment open) {
        rows.get("/Videos/{Id}/stream", PLAYBACK, open)
                .get("/Videos/{Id}/stream.{Container}", PLAYBACK, open)
                .get("/Videos/{Id}/{StreamFileName}", PLAYBACK, open)
                .get("/Videos/{Id}/stream/{Name}", PLAYBACK, open)
                .get("/Videos/{Id}/master.m3u8", PLAYBACK, open)
                .get("/Videos/{Id}/main.m3u8", PLAYBACK, open)
                .get("/Videos/{Id}/live.m3u8", PLAYBACK, open)
                .get("/Videos/{Id}/subtitles.m3u8", PLAYBACK, open)
                .get("/Videos/{Id}/live_subtitles.m3u8", PLAYBACK, open)
                .get("/Videos/{Id}/hls/{PlaylistId}/{SegmentId}.{SegmentContainer}", PLAYBACK, open)
                .get("/Videos/{Id}/hls1/{PlaylistId}/{SegmentId}.{SegmentContainer}", PLAYBACK, open)
                .get("/Videos/{Id}/Trickplay/{Width}/{File}", PLAYBACK, open)
                .get("/Videos/{Id}/index.bif", PLAYBACK, open);
    }

    private static void audio(Rows rows, Treatment open) {
        rows.get("/Audio/{Id}/stream", PLAYBACK, open)
                .get("/Audio/{Id}/stream.{Container}", PLAYBACK, open)
                .get("/Audio/{Id}/{StreamFileName}", PLAYBACK, open)
                .get("/Audio/{Id}/universal", PLAYBACK, open)
                .get("/Audio/{Id}/universal.{Container}", PLAYBACK, open)
                .get("/Audio/{Id}/master.m3u8", PLAYBACK, open)
                .get("/Audio/{Id}/main.m3u8", PLAYBACK, open)
                .get("/Audio/{Id}/live.m3u8", PLAYBACK, open)
                .get("/Audio/{Id}/hls/{PlaylistId}/{SegmentId}.{SegmentContainer}", PLAYBACK, open)
                .get("/Audio/{Id}/hls1/{PlaylistId}/{SegmentId}.{SegmentContainer}", PLAYBACK, open);
    }

    /** Clients fetch these with the address they were given, which names the play session or carries the token. */
    private static void subtitles(Rows rows, Treatment open) {
        for (String family : List.of("/Videos", "/Items")) {
            rows.get(family + "/{Id}/{MediaSourceId}/Subtitles/{Index}/Stream.{Format}", PLAYBACK, open)
                    .get(
                            family + "/{Id}/{MediaSourceId}/Subtitles/{Index}/{StartPositionTicks}/Stream.{Format}",
                            PLAYBACK,
                            open);
        }
        // Subtitles in playlists of Jellyfin servers.
        rows.get("/Videos/{Id}/{MediaSourceId}/Subtitles/{Index}/subtitles.m3u8", PLAYBACK, open)
                .get("/Videos/{Id}/{MediaSourceId}/Attachments/{Index}", PLAYBACK, open)
                .get("/Videos/{Id}/{MediaSourceId}/Attachments/{Index}/{File}", PLAYBACK, open);
    }

    private static void files(Rows rows, Treatment open, Playing playing) {
        rows.get("/Items/{Id}/Download", PLAYBACK, open)
                .get("/Items/{Id}/File", PLAYBACK, open)
                .get("/Items/{Id}/ThumbnailSet", USER, forward(playing.thumbnails()::set))
                .get("/gw/x/{Opaque}/{Name}", PLAYBACK, stream(playing.sealedStreams()::open))
                .deleteTwins("/Videos/ActiveEncodings", USER, forward(playing.activeEncodings()::stop));
    }

    private static void live(Rows rows, LiveStreams live) {
        rows.post("/LiveStreams/Open", USER, forward(live::open))
                .post("/LiveStreams/Close", USER, forward(live::close))
                .post("/LiveStreams/MediaInfo", USER, forward(live::mediaInfo));
    }
}
