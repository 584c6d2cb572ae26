package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.emptyList;
import static org.embygateway.app.routes.Rows.emptyObject;
import static org.embygateway.app.routes.Rows.local;
import static org.embygateway.app.routes.Rows.noItems;
import static org.embygateway.route.Access.ANYONE;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.local.SystemPages;
import org.embygateway.route.Route;

/** SystemService, ConfigurationService, BrandingService: the gateway as the one server clients see. */
public final class SystemRoutes {
    private SystemRoutes() {}

    public static List<Route> rows(SystemPages system) {
        return new Rows()
                // The official document asks for a user here; clients call it before anyone has signed in.
                .get("/System/Info/Public", ANYONE, local(system::publicInfo))
                .each("GET,POST", "/System/Ping", ANYONE, local(system::ping))
                .get("/System/Info", USER, local(system::info))
                .get("/System/Endpoint", USER, local(system::endpoint))
                .get("/System/WakeOnLanInfo", USER, emptyList())
                .get("/System/ReleaseNotes", USER, emptyObject())
                .get("/System/ReleaseNotes/Versions", USER, emptyList())
                .get("/System/Configuration", USER, local(system::configuration))
                .get("/System/Configuration/{Key}", USER, local(system::configurationSection))
                .get("/Branding/Configuration", ANYONE, local(system::branding))
                .get("/Branding/Css", ANYONE, local(system::brandingCss))
                .get("/Branding/Css.css", ANYONE, local(system::brandingCss))
                .get("/News/Product", USER, noItems())
                .rows();
    }
}
