package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.absent;
import static org.embygateway.app.routes.Rows.accepted;
import static org.embygateway.app.routes.Rows.emptyList;
import static org.embygateway.app.routes.Rows.emptyObject;
import static org.embygateway.app.routes.Rows.forbidden;
import static org.embygateway.app.routes.Rows.local;
import static org.embygateway.app.routes.Rows.noItems;
import static org.embygateway.route.Access.ANYONE;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.local.BitrateTest;
import org.embygateway.local.Localization;
import org.embygateway.local.NeutralPages;
import org.embygateway.route.Reply;
import org.embygateway.route.Route;

/** LocalizationService, SyncService, NotificationsService and other answers that need no state. */
public final class NeutralRoutes {
    private NeutralRoutes() {}

    public static List<Route> rows(NeutralPages neutral, Localization localization, BitrateTest bitrate) {
        Rows rows = new Rows();
        localization(rows, localization);
        rows.get("/Playback/BitrateTest", USER, local(bitrate::bytes));
        licence(rows, neutral);
        sync(rows, neutral);
        notifications(rows, neutral);
        return rows.rows();
    }

    private static void localization(Rows rows, Localization localization) {
        rows.get("/Localization/Options", ANYONE, local(localization::options))
                .get("/Localization/Cultures", USER, local(localization::cultures))
                .get("/Localization/Countries", USER, local(localization::countries))
                .get("/Localization/ParentalRatings", USER, local(localization::parentalRatings));
    }

    /** The gateway holds no licence of its own and says so. */
    private static void licence(Rows rows, NeutralPages neutral) {
        rows.get("/Plugins/SecurityInfo", USER, local(neutral::securityInfo))
                .get("/Registrations/{Name}", USER, local(neutral::registration))
                .get("/Features", USER, emptyList())
                .get(
                        "/Connect/Exchange",
                        ANYONE,
                        local(call -> Reply.text(401, "Emby Connect is not available here.")));
    }

    private static void sync(Rows rows, NeutralPages neutral) {
        rows.get("/Sync/Targets", USER, emptyList())
                .get("/Sync/Items/Ready", USER, emptyList())
                .get("/Sync/Options", USER, local(neutral::syncOptions))
                .get("/Sync/Jobs", USER, noItems())
                .post("/Sync/Jobs", USER, forbidden())
                .each("GET,POST", "/Sync/Jobs/{Id}", USER, absent())
                .deleteTwins("/Sync/Jobs/{Id}", USER, absent())
                .get("/Sync/JobItems", USER, noItems())
                .deleteTwins("/Sync/JobItems/{Id}", USER, absent())
                .get("/Sync/JobItems/{Id}/File", USER, absent())
                .get("/Sync/JobItems/{Id}/AdditionalFiles", USER, absent())
                .post("/Sync/JobItems/{Id}/Transferred", USER, accepted())
                .post("/Sync/JobItems/{Id}/Enable", USER, accepted())
                .post("/Sync/JobItems/{Id}/MarkForRemoval", USER, accepted())
                .post("/Sync/JobItems/{Id}/UnmarkForRemoval", USER, accepted())
                .post("/Sync/Items/Cancel", USER, accepted())
                .deleteTwins("/Sync/{TargetId}/Items", USER, accepted())
                .post("/Sync/{ItemId}/Status", USER, local(neutral::syncStatus))
                .post("/Sync/Data", USER, local(neutral::syncData));
    }

    private static void notifications(Rows rows, NeutralPages neutral) {
        rows.get("/Notifications/Types", USER, emptyList())
                .get("/Notifications/Services", USER, emptyList())
                .get("/Notifications/Services/Defaults", USER, emptyObject())
                .get("/Notifications/Services/Configured", USER, emptyList())
                .get("/Notifications/{UserId}", USER, local(neutral::notifications))
                .get("/Notifications/{UserId}/Summary", USER, local(neutral::notificationsSummary))
                .post("/Notifications/{UserId}/Read", USER, accepted())
                .post("/Notifications/{UserId}/Unread", USER, accepted());
    }
}
