package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.absent;
import static org.embygateway.app.routes.Rows.emptyList;
import static org.embygateway.app.routes.Rows.local;
import static org.embygateway.route.Access.ANYONE;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.local.WebFiles;
import org.embygateway.route.Route;

/** WebAppService: the gateway's own web UI below {@code /web/}, and what clients look for around it. */
public final class WebRoutes {
    private WebRoutes() {}

    public static List<Route> rows(WebFiles files) {
        return new Rows()
                .get("/", ANYONE, local(files::root))
                .get("/web", ANYONE, local(files::root))
                .get("/web/ConfigurationPages", USER, emptyList())
                .get("/web/ConfigurationPage", USER, absent())
                .get("/web/strings", ANYONE, local(files::strings))
                .get("/web/stringset", ANYONE, emptyList())
                .get("/web/**", ANYONE, local(files::file))
                .get("/favicon.ico", ANYONE, local(files::favicon))
                .get("/robots.txt", ANYONE, local(files::robots))
                .rows();
    }
}
