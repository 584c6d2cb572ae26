package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.absent;
import static org.embygateway.app.routes.Rows.emptyList;
import static org.embygateway.app.routes.Rows.emptyObject;
import static org.embygateway.app.routes.Rows.forbidden;
import static org.embygateway.app.routes.Rows.local;
import static org.embygateway.route.Access.ADMIN;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.local.DevicePages;
import org.embygateway.local.PreferencePages;
import org.embygateway.local.SessionPages;
import org.embygateway.local.SocketHub;
import org.embygateway.route.Reply;
import org.embygateway.route.Route;
import org.embygateway.route.Treatment;

/** SessionsService, DeviceService, DisplayPreferencesService and the web socket: all of them the gateway's own. */
public final class SessionRoutes {
    private SessionRoutes() {}

    public static List<Route> rows(
            SessionPages sessions, DevicePages devices, PreferencePages preferences, SocketHub sockets) {
        Rows rows = new Rows();
        sessions(rows, sessions);
        remoteControl(rows, sessions);
        devices(rows, devices);
        preferences(rows, preferences);
        sockets(rows, sockets);
        return rows.rows();
    }

    private static void sessions(Rows rows, SessionPages sessions) {
        rows.get("/Sessions", USER, local(sessions::list))
                .get("/Sessions/PlayQueue", USER, local(sessions::playQueue))
                .post("/Sessions/Capabilities", USER, local(sessions::capabilities))
                .post("/Sessions/Capabilities/Full", USER, local(sessions::capabilities))
                .post("/Sessions/Logout", USER, local(sessions::logout))
                .post("/Sessions/{Id}/Users/{UserId}", USER, local(sessions::additionalUser))
                .deleteTwins("/Sessions/{Id}/Users/{UserId}", USER, local(sessions::additionalUser))
                .get("/Parties", USER, emptyList())
                .get("/Parties/Info", USER, emptyObject())
                .post("/Parties", USER, forbidden())
                .post("/Parties/{Id}/Join", USER, forbidden())
                .post("/Parties/Leave", USER, forbidden());
    }

    private static void remoteControl(Rows rows, SessionPages sessions) {
        rows.post("/Sessions/{Id}/Playing", USER, local(sessions::play))
                .post("/Sessions/{Id}/Playing/{Command}", USER, local(sessions::playstate))
                .post("/Sessions/{Id}/Command", USER, local(sessions::command))
                .post("/Sessions/{Id}/Command/{Command}", USER, local(sessions::namedCommand))
                .post("/Sessions/{Id}/System/{Command}", USER, local(sessions::namedCommand))
                .post("/Sessions/{Id}/Message", USER, local(sessions::message))
                .post("/Sessions/{Id}/Viewing", USER, local(sessions::viewing));
    }

    private static void devices(Rows rows, DevicePages devices) {
        rows.get("/Devices", ADMIN, local(devices::list))
                .deleteTwins("/Devices", ADMIN, local(devices::delete))
                .get("/Devices/Info", ADMIN, local(devices::info))
                .get("/Devices/Options", ADMIN, emptyObject())
                .post("/Devices/Options", ADMIN, forbidden())
                .get("/Devices/CameraUploads", USER, local(devices::cameraUploads))
                .post("/Devices/CameraUploads", USER, forbidden());
    }

    private static void preferences(Rows rows, PreferencePages preferences) {
        rows.get("/DisplayPreferences/{Id}", USER, local(preferences::displayPreferences))
                .post("/DisplayPreferences/{DisplayPreferencesId}", USER, local(preferences::saveDisplayPreferences))
                .get("/UserSettings/{UserId}", USER, local(preferences::userSettings))
                .post("/UserSettings/{UserId}", USER, local(preferences::replaceUserSettings))
                .post("/UserSettings/{UserId}/Partial", USER, local(preferences::mergeUserSettings))
                .get("/Users/{UserId}/TypedSettings/{Key}", USER, local(preferences::typedSettings))
                .post("/Users/{UserId}/TypedSettings/{Key}", USER, local(preferences::saveTypedSettings))
                .deleteTwins("/Users/{UserId}/TrackSelections/{TrackType}", USER, Rows.accepted())
                .get("/Users/{UserId}/GroupingOptions", USER, emptyList())
                .post("/Users/{UserId}/EasyPassword", USER, absent());
    }

    private static void sockets(Rows rows, SocketHub sockets) {
        Treatment connect = local(call -> new Reply.WebSocket(sockets.connect(call)));
        rows.get("/embywebsocket", USER, connect).get("/socket", USER, connect);
    }
}
