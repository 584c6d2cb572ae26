package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.local;
import static org.embygateway.route.Access.ADMIN;
import static org.embygateway.route.Access.ANYONE;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.local.UserAdministration;
import org.embygateway.local.UserPages;
import org.embygateway.route.Route;

/** UserService: the people who may sign in at the gateway. */
public final class UserRoutes {
    private UserRoutes() {}

    public static List<Route> rows(UserPages users, UserAdministration administration) {
        return new Rows()
                .get("/Users/Public", ANYONE, local(users::publicUsers))
                .post("/Users/AuthenticateByName", ANYONE, local(users::authenticateByName))
                .post("/Users/{Id}/Authenticate", ANYONE, local(users::authenticate))
                .post("/Users/ForgotPassword", ANYONE, local(users::forgotPassword))
                .post("/Users/ForgotPassword/Pin", ANYONE, local(users::forgotPasswordPin))
                .get("/Users", USER, local(users::users))
                .get("/Users/Query", USER, local(users::usersQuery))
                .get("/Users/Prefixes", USER, local(users::userPrefixes))
                .get("/Users/ItemAccess", USER, local(users::sharing))
                .get("/Users/Me", USER, local(users::me))
                .get("/Users/{Id}", USER, local(users::user))
                .post("/Users/{Id}", USER, local(users::update))
                .deleteTwins("/Users/{Id}", ADMIN, local(administration::remove))
                .post("/Users/New", ADMIN, local(administration::create))
                .post("/Users/{Id}/Policy", ADMIN, local(administration::changePolicy))
                .post("/Users/{Id}/Password", USER, local(users::changePassword))
                .post("/Users/{Id}/Configuration", USER, local(users::replaceConfiguration))
                .post("/Users/{Id}/Configuration/Partial", USER, local(users::mergeConfiguration))
                .rows();
    }
}
