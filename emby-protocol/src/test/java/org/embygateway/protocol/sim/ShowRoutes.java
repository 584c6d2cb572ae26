package org.embygateway.protocol.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.protocol.ItemKind;

/** Seasons, episodes, what is next. */
final class ShowRoutes {
    private final SimWorld world;
    private final Whose whose;
    private final Listing listing;

    ShowRoutes(SimWorld world, Whose whose, Listing listing) {
        this.world = world;
        this.whose = whose;
        this.listing = listing;
    }

    void register(SimRoutes routes) {
        routes.get("/Shows/{Id}/Seasons", this::seasons);
        routes.get("/Shows/{Id}/Episodes", this::episodes);
        routes.get("/Shows/NextUp", this::nextUp);
    }

    private SimReply seasons(Exchange exchange) {
        SimItem series = world.item(exchange, exchange.part("Id"));
        List<SimItem> seasons = series.children().stream()
                .filter(c -> c.kind == ItemKind.SEASON)
                .sorted(Comparator.comparingInt(s -> s.index == null ? Integer.MAX_VALUE : s.index))
                .toList();
        return listing.page(whose.reading(exchange), exchange.query(), seasons);
    }

    private SimReply episodes(Exchange exchange) {
        SimItem series = world.item(exchange, exchange.part("Id"));
        Optional<String> season = exchange.query().text("SeasonId");
        OptionalInt number = exchange.query().number("Season");
        List<SimItem> episodes = inOrder(series).stream()
                .filter(e ->
                        season.isEmpty() || e.parent != null && e.parent.id().equals(season.get()))
                .filter(e -> number.isEmpty() || e.parentIndex != null && e.parentIndex == number.getAsInt())
                .toList();
        Optional<SimItem> start = exchange.query().text("StartItemId").flatMap(world.catalog()::find);
        int from = start.map(episodes::indexOf).filter(i -> i > 0).orElse(0);
        return listing.page(whose.reading(exchange), exchange.query(), episodes.subList(from, episodes.size()));
    }

    private static List<SimItem> inOrder(SimItem series) {
        List<SimItem> episodes = new ArrayList<>(UserDataJson.leaves(series));
        episodes.sort(Comparator.comparingInt((SimItem e) -> e.parentIndex == null ? 0 : e.parentIndex)
                .thenComparingInt(e -> e.index == null ? 0 : e.index));
        return episodes;
    }

    private SimReply nextUp(Exchange exchange) {
        SimUser user = whose.reading(exchange).orElse(exchange.session().user);
        Optional<SimItem> one = exchange.query().text("SeriesId").flatMap(world.catalog()::find);
        if (one.isPresent() && !world.face().isJellyfin()) {
            return listing.page(Optional.of(user), exchange.query(), afterLastPlayed(user, one.get()));
        }
        List<SimItem> next = new ArrayList<>();
        List<SimItem> series = one.map(List::of).orElseGet(this::allSeries);
        series.stream()
                .sorted(Comparator.comparing((SimItem s) -> lastPlayed(user, s)).reversed())
                .forEach(s -> afterLastPlayed(user, s).stream().findFirst().ifPresent(next::add));
        return listing.page(Optional.of(user), exchange.query(), next);
    }

    private List<SimItem> allSeries() {
        List<SimItem> series = new ArrayList<>();
        world.catalog().all().forEach(i -> {
            if (i.kind == ItemKind.SERIES) {
                series.add(i);
            }
        });
        return series;
    }

    private static Instant lastPlayed(SimUser user, SimItem series) {
        return UserDataJson.leaves(series).stream()
                .flatMap(e -> user.state(e).lastPlayed().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** The unplayed regular episodes after the last played one; none when nothing was played yet. */
    private static List<SimItem> afterLastPlayed(SimUser user, SimItem series) {
        List<SimItem> regular = inOrder(series).stream()
                .filter(e -> e.parentIndex != null && e.parentIndex != 0)
                .toList();
        int last = -1;
        for (int i = 0; i < regular.size(); i++) {
            if (user.state(regular.get(i)).played()) {
                last = i;
            }
        }
        return last < 0
                ? List.of()
                : regular.subList(last + 1, regular.size()).stream()
                        .filter(e -> !user.state(e).played())
                        .toList();
    }
}
