package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.absent;
import static org.embygateway.app.routes.Rows.emptyList;
import static org.embygateway.app.routes.Rows.forbidden;
import static org.embygateway.app.routes.Rows.local;
import static org.embygateway.app.routes.Rows.noItems;
import static org.embygateway.app.routes.Rows.serverOnly;
import static org.embygateway.route.Access.USER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Reply;
import org.embygateway.route.Route;

/** Live television: the gateway has no channels, and says so in the shape clients expect of a server without any. */
public final class LiveTvRoutes {
    private LiveTvRoutes() {}

    public static List<Route> rows() {
        Rows rows = new Rows();
        guide(rows);
        recordings(rows);
        streams(rows);
        tuners(rows);
        return rows.rows();
    }

    private static void guide(Rows rows) {
        rows.get("/LiveTv/Info", USER, local(call -> Reply.json(noServices())))
                .get("/LiveTv/GuideInfo", USER, Rows.emptyObject())
                .get("/LiveTv/Folder", USER, absent())
                .get("/LiveTv/Channels", USER, noItems())
                .get("/LiveTv/Channels/{Id}", USER, absent())
                .get("/LiveTv/ChannelTags", USER, noItems())
                .get("/LiveTv/ChannelTags/Prefixes", USER, emptyList())
                .get("/LiveTv/EPG", USER, noItems())
                .each("GET,POST", "/LiveTv/Programs", USER, noItems())
                .get("/LiveTv/Programs/Recommended", USER, noItems())
                .get("/LiveTv/Programs/{Id}", USER, absent())
                .get("/Channels", USER, noItems());
    }

    private static ObjectNode noServices() {
        ObjectNode info = EmbyJson.object();
        info.putArray("Services");
        info.put("IsEnabled", false);
        info.putArray("EnabledUsers");
        return info;
    }

    private static void recordings(Rows rows) {
        rows.get("/LiveTv/Recordings", USER, noItems())
                .get("/LiveTv/Recordings/Folders", USER, emptyList())
                .get("/LiveTv/Recordings/Groups", USER, noItems())
                .get("/LiveTv/Recordings/Series", USER, noItems())
                .get("/LiveTv/Recordings/{Id}", USER, absent())
                .deleteTwins("/LiveTv/Recordings/{Id}", USER, absent())
                .get("/LiveTv/AvailableRecordingOptions", USER, Rows.emptyObject())
                .get("/LiveTv/Timers", USER, noItems())
                .post("/LiveTv/Timers", USER, forbidden())
                .get("/LiveTv/Timers/Defaults", USER, absent())
                .each("GET,POST", "/LiveTv/Timers/{Id}", USER, absent())
                .deleteTwins("/LiveTv/Timers/{Id}", USER, absent())
                .get("/LiveTv/SeriesTimers", USER, noItems())
                .post("/LiveTv/SeriesTimers", USER, forbidden())
                .each("GET,POST", "/LiveTv/SeriesTimers/{Id}", USER, absent())
                .deleteTwins("/LiveTv/SeriesTimers/{Id}", USER, absent());
    }

    private static void streams(Rows rows) {
        rows.get("/LiveTv/LiveStreamFiles/{Id}/stream.{Container}", USER, absent())
                .get("/LiveTv/LiveStreamFiles/{Id}/hls/master.m3u8", USER, absent())
                .get("/LiveTv/LiveStreamFiles/{Id}/hls/live.m3u8", USER, absent())
                .get("/LiveTv/LiveStreamFiles/{Id}/hls/{Segment}", USER, absent())
                .get("/LiveTv/LiveRecordings/{Id}/stream", USER, absent())
                .get("/LiveTv/LiveRecordings/{Id}/hls/master.m3u8", USER, absent())
                .get("/LiveTv/LiveRecordings/{Id}/hls/live.m3u8", USER, absent())
                .get("/LiveTv/LiveRecordings/{Id}/hls/{Segment}", USER, absent());
    }

    private static void tuners(Rows rows) {
        rows.each("GET,POST,PUT,DELETE", "/LiveTv/ChannelMappings", USER, serverOnly())
                .each("GET,POST,PUT,DELETE", "/LiveTv/ChannelMappingOptions", USER, serverOnly())
                .each("GET,POST", "/LiveTv/ListingProviders", USER, serverOnly())
                .deleteTwins("/LiveTv/ListingProviders", USER, serverOnly())
                .get("/LiveTv/ListingProviders/Available", USER, serverOnly())
                .get("/LiveTv/ListingProviders/Default", USER, serverOnly())
                .get("/LiveTv/ListingProviders/Lineups", USER, serverOnly())
                .get("/LiveTv/ListingProviders/SchedulesDirect/Countries", USER, serverOnly())
                .each("GET,POST", "/LiveTv/TunerHosts", USER, serverOnly())
                .deleteTwins("/LiveTv/TunerHosts", USER, serverOnly())
                .get("/LiveTv/TunerHosts/Types", USER, serverOnly())
                .get("/LiveTv/TunerHosts/Default/{Type}", USER, serverOnly())
                // The official document spells it so; later servers spell it right.
                .get("/LiveTv/Tuners/Discvover", USER, serverOnly())
                .get("/LiveTv/Tuners/Discover", USER, serverOnly())
                .post("/LiveTv/Tuners/{Id}/Reset", USER, serverOnly())
                .get("/LiveTv/Manage/Channels", USER, serverOnly())
                .post("/LiveTv/Manage/Channels/{Id}/Disabled", USER, serverOnly())
                .post("/LiveTv/Manage/Channels/{Id}/SortIndex", USER, serverOnly());
    }
}
