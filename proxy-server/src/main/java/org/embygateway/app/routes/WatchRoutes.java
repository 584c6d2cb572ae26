package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.broadcast;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.broadcast.Broadcast;
import org.embygateway.broadcast.Marks;
import org.embygateway.broadcast.PlaybackReports;
import org.embygateway.route.Route;

/** PlaystateService and the marks of UserLibraryService: kept here, told to every server that holds the title. */
public final class WatchRoutes {
    private WatchRoutes() {}

    public static List<Route> rows(Broadcast parts) {
        Rows rows = new Rows();
        reports(rows, parts.reports());
        marks(rows, parts.marks());
        rows.post("/Sync/OfflineActions", USER, broadcast(parts.offline()::take));
        return rows.rows();
    }

    private static void reports(Rows rows, PlaybackReports reports) {
        rows.post("/Sessions/Playing", USER, broadcast(reports::playing))
                .post("/Sessions/Playing/Progress", USER, broadcast(reports::progress))
                .post("/Sessions/Playing/Stopped", USER, broadcast(reports::stopped))
                .post("/Sessions/Playing/Ping", USER, broadcast(reports::ping))
                .post("/Users/{UserId}/PlayingItems/{Id}", USER, broadcast(reports::playingItem))
                .post("/Users/{UserId}/PlayingItems/{Id}/Progress", USER, broadcast(reports::playingItemProgress))
                .deleteTwins("/Users/{UserId}/PlayingItems/{Id}", USER, broadcast(reports::playingItemStopped));
    }

    private static void marks(Rows rows, Marks marks) {
        rows.post("/Users/{UserId}/PlayedItems/{Id}", USER, broadcast(marks::played))
                .deleteTwins("/Users/{UserId}/PlayedItems/{Id}", USER, broadcast(marks::unplayed))
                .post("/Users/{UserId}/FavoriteItems/{Id}", USER, broadcast(marks::favorite))
                .deleteTwins("/Users/{UserId}/FavoriteItems/{Id}", USER, broadcast(marks::unfavorite))
                .post("/Users/{UserId}/Items/{Id}/Rating", USER, broadcast(marks::rate))
                .deleteTwins("/Users/{UserId}/Items/{Id}/Rating", USER, broadcast(marks::unrate))
                .post("/Users/{UserId}/Items/{Id}/HideFromResume", USER, broadcast(marks::hideFromResume))
                .post("/Users/{UserId}/Items/{ItemId}/UserData", USER, broadcast(marks::userData));
    }
}
