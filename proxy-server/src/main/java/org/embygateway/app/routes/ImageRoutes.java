package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.forbidden;
import static org.embygateway.app.routes.Rows.forward;
import static org.embygateway.route.Access.ANYONE;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.play.Images;
import org.embygateway.route.Route;
import org.embygateway.route.Treatment;

/** ImageService. Pictures are for anyone: clients load them as plain resources, without credentials. */
public final class ImageRoutes {
    private static final List<String> BY_NAME =
            List.of("Artists", "Genres", "MusicGenres", "GameGenres", "Persons", "Studios");

    private ImageRoutes() {}

    public static List<Route> rows(Images images) {
        Rows rows = new Rows();
        Treatment open = forward(images::open);
        rows.get("/Items/{Id}/Images/{Type}", ANYONE, open)
                .get("/Items/{Id}/Images/{Type}/{Index}", ANYONE, open)
                .get(
                        "/Items/{Id}/Images/{Type}/{Index}/{Tag}/{Format}/{MaxWidth}/{MaxHeight}/{PercentPlayed}/{UnPlayedCount}",
                        ANYONE,
                        open);
        for (String family : BY_NAME) {
            rows.get("/" + family + "/{Name}/Images/{Type}", ANYONE, open)
                    .get("/" + family + "/{Name}/Images/{Type}/{Index}", ANYONE, open);
        }
        rows.get("/Users/{Id}/Images/{Type}", ANYONE, forward(images::ofUser))
                .get("/Users/{Id}/Images/{Type}/{Index}", ANYONE, forward(images::ofUser));
        changes(rows);
        return rows.rows();
    }

    private static void changes(Rows rows) {
        for (String family : List.of("Items", "Users")) {
            rows.post("/" + family + "/{Id}/Images/{Type}", USER, forbidden())
                    .deleteTwins("/" + family + "/{Id}/Images/{Type}", USER, forbidden())
                    .post("/" + family + "/{Id}/Images/{Type}/{Index}", USER, forbidden())
                    .deleteTwins("/" + family + "/{Id}/Images/{Type}/{Index}", USER, forbidden());
        }
        rows.post("/Items/{Id}/Images/{Type}/{Index}/Index", USER, forbidden())
                .post("/Items/{Id}/Images/{Type}/{Index}/Url", USER, forbidden());
    }
}
