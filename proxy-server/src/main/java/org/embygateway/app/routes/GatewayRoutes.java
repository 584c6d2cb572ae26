package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.broadcast;
import static org.embygateway.app.routes.Rows.catalogue;
import static org.embygateway.app.routes.Rows.forward;
import static org.embygateway.app.routes.Rows.local;
import static org.embygateway.route.Access.ADMIN;
import static org.embygateway.route.Access.ANYONE;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.admin.MergePages;
import org.embygateway.admin.ServerPages;
import org.embygateway.admin.SyncPages;
import org.embygateway.broadcast.PlaybackReports;
import org.embygateway.catalogue.ReadThrough;
import org.embygateway.local.AuthApi;
import org.embygateway.play.MediaApi;
import org.embygateway.play.RunningStreams;
import org.embygateway.route.Handler;
import org.embygateway.route.Route;

/** The gateway's own API, for what Emby has no word for; described by the OpenAPI file that is served with it. */
public final class GatewayRoutes {
    private GatewayRoutes() {}

    public static List<Route> rows(
            AuthApi auth,
            MediaApi media,
            RunningStreams streams,
            ReadThrough readThrough,
            PlaybackReports reports,
            ServerPages servers,
            SyncPages sync,
            MergePages merges) {
        return new Rows()
                .post("/auth/login", ANYONE, local(auth::login))
                .post("/auth/logout", USER, local(auth::logout))
                .get("/auth/me", USER, local(auth::me))
                .get("/auth/setup", ANYONE, local(auth::setupState))
                .post("/auth/setup", ANYONE, local(auth::finishSetup))
                .get("/media/search", USER, catalogue(after(readThrough, media::search)))
                .get("/media/{Id}", USER, catalogue(after(readThrough, media::detail)))
                .get("/media/{Id}/sources", USER, forward(media::sources))
                .post("/media/{Id}/play", USER, forward(media::play))
                .post("/progress/report", USER, broadcast(reports::progressReport))
                .get("/admin/servers", ADMIN, local(servers::list))
                .post("/admin/servers", ADMIN, local(servers::add))
                .post("/admin/servers/test", ADMIN, local(servers::test))
                .get("/admin/servers/{Id}", ADMIN, local(servers::get))
                .put("/admin/servers/{Id}", ADMIN, local(servers::replace))
                .patch("/admin/servers/{Id}", ADMIN, local(servers::change))
                .delete("/admin/servers/{Id}", ADMIN, local(servers::remove))
                .post("/admin/servers/{Id}/test", ADMIN, local(servers::testAgain))
                .post("/admin/servers/{Id}/sync", ADMIN, local(servers::sync))
                .get("/admin/streams", ADMIN, local(streams::list))
                .get("/admin/sync", ADMIN, local(sync::progress))
                .post("/admin/sync", ADMIN, local(sync::act))
                .get("/admin/merges", ADMIN, local(merges::list))
                .post("/admin/merges/join", ADMIN, local(merges::join))
                .post("/admin/merges/split", ADMIN, local(merges::split))
                .post("/admin/merges/never", ADMIN, local(merges::never))
                .get("/admin/merges/overrides", ADMIN, local(merges::overrides))
                .post("/admin/merges/overrides/{Id}/undo", ADMIN, local(merges::undo))
                .get("/admin/merges/{Id}", ADMIN, local(merges::get))
                .rows();
    }

    /** Servers that are not indexed yet are asked first, as they are for Emby's own lists. */
    private static Handler after(ReadThrough readThrough, Handler handler) {
        return call -> {
            readThrough.before(call);
            return handler.handle(call);
        };
    }
}
