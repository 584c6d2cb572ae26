package org.embygateway.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.app.routes.LibraryRoutes;
import org.embygateway.app.routes.LiveTvRoutes;
import org.embygateway.app.routes.PlaybackRoutes;
import org.embygateway.app.routes.ServerAdministrationRoutes;
import org.embygateway.app.routes.SystemRoutes;
import org.embygateway.catalogue.Catalogue;
import org.embygateway.catalogue.FacetHandlers;
import org.embygateway.catalogue.ItemsHandlers;
import org.embygateway.catalogue.ViewsHandlers;
import org.embygateway.config.Config;
import org.embygateway.edge.EdgeOptions;
import org.embygateway.edge.EdgeServer;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.sql.Stores;
import org.embygateway.local.ServerFacts;
import org.embygateway.local.SystemPages;
import org.embygateway.play.PlaySessions;
import org.embygateway.play.Playing;
import org.embygateway.play.SlottedPlaySessions;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.rewrite.Sealed;
import org.embygateway.route.Route;
import org.embygateway.route.RouteTable;
import org.embygateway.sync.CrawlOptions;
import org.embygateway.sync.Crawls;
import org.embygateway.sync.ReadThrough;
import org.embygateway.upstream.OutboundIdentity;
import org.embygateway.upstream.UpstreamOptions;
import org.embygateway.upstream.UpstreamSide;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process: its object graph, its start and its stop. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long RENDERED_BYTES = 32L << 20;
    private static final Duration PLAYBACK_INFO = Duration.ofMillis(2500);
    private static final Duration READ_THROUGH = Duration.ofMillis(2500);

    private final Config config;
    private final Clock clock = Clock.systemUTC();
    private final GatewayMetrics metrics = new GatewayMetrics();
    private final Store store;
    private final ServerFacts facts;
    private final UpstreamSide upstreams;
    private final People people;
    private final Catalogue catalogue;
    private final Crawls crawls;
    private final Playing playing;
    private final Readiness readiness;
    private final EdgeServer edge;

    private Gateway(Config config, Secret encryptionKey) {
        this.config = config;
        store = Stores.open(config.database().options(encryptionKey));
        facts = new ServerFacts(
                store.settings().findOrCreate("server.id", Hex32::random),
                config.server().name(),
                config.emby().version());
        upstreams = new UpstreamSide(store, facts.id(), identity(), UpstreamOptions.DEFAULT, metrics::called);
        people = People.of(store, config, this::upstreamIds, clock);
        catalogue = new Catalogue(
                store.media(), store.userData(), people.configurations(), facts.id(), clock, RENDERED_BYTES);
        crawls = new Crawls(
                store, upstreams.registry(), upstreams.calls(), this::crawlOptions, id -> false, catalogue::apply);
        playing = playing(encryptionKey);
        readiness = new Readiness(List.of());
        edge = new EdgeServer(edgeOptions(), dispatcher());
    }

    /**
     * Builds everything and opens the database; nothing listens or calls yet.
     *
     * @throws IOException when the key file cannot be read or made
     */
    public static Gateway open(Config config) throws IOException {
        return new Gateway(config, config.security().key());
    }

    /** Loads the catalogue, starts to watch and crawl upstreams, and listens; returns the address. */
    public InetSocketAddress start() throws IOException {
        metrics.bindProcess();
        ensureAdministrator();
        catalogue.load();
        upstreams.start();
        crawls.start();
        playing.start();
        InetSocketAddress bound = edge.start();
        LOG.info("{} {} listens on {}", facts.name(), Version.current(), Addresses.url(config, bound));
        people.setup().announce(Addresses.url(config, bound));
        return bound;
    }

    /** Lets running streams end until the deadline of the configuration, then stops everything. */
    @Override
    public void close() {
        readiness.stop();
        crawls.close();
        try {
            edge.close(config.server().drainTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        playing.close();
        upstreams.close();
        store.close();
        metrics.close();
        LOG.info("Stopped");
    }

    private void ensureAdministrator() {
        config.admin()
                .username()
                .ifPresent(name -> config.admin()
                        .password()
                        .ifPresent(password -> people.setup().ensureAdministrator(name, password)));
    }

    private Set<UpstreamId> upstreamIds() {
        return upstreams.registry().all().stream().map(UpstreamRecord::id).collect(Collectors.toSet());
    }

    private OutboundIdentity identity() {
        return new OutboundIdentity("Emby Gateway", config.server().name(), Version.current());
    }

    private CrawlOptions crawlOptions(UpstreamRecord upstream) {
        return CrawlOptions.DEFAULT;
    }

    private Playing playing(Secret encryptionKey) {
        PlaySessions sessions =
                new PlaySessions(new SlottedPlaySessions(store.settings(), clock), people::owner, clock);
        return new Playing(
                store.media(),
                upstreams.registry(),
                upstreams.calls(),
                sessions,
                new Sealed(encryptionKey.value()),
                facts.id(),
                clock,
                PLAYBACK_INFO);
    }

    private EdgeOptions edgeOptions() {
        InetSocketAddress bind =
                new InetSocketAddress(config.server().host(), config.server().port());
        return EdgeOptions.listeningOn(bind)
                .withMaxBodyBytes(Math.toIntExact(config.server().maxBody()));
    }

    private Dispatcher dispatcher() {
        return new Dispatcher(
                new RouteTable(routes()),
                people.authenticator(),
                playing.sessions()::callerOf,
                Addresses.positions(config),
                config.server().basePath(),
                metrics);
    }

    private List<Route> routes() {
        ReadThrough readThrough =
                new ReadThrough(store, upstreams.registry(), upstreams.calls(), catalogue::apply, READ_THROUGH);
        List<Route> rows = new ArrayList<>();
        rows.addAll(SystemRoutes.rows(new SystemPages(facts)));
        rows.addAll(LibraryRoutes.rows(
                new ItemsHandlers(catalogue, readThrough::before),
                new ViewsHandlers(catalogue, readThrough::before),
                new FacetHandlers(catalogue, readThrough::before)));
        rows.addAll(PlaybackRoutes.rows(playing.playback(), playing.streams()));
        rows.addAll(LiveTvRoutes.rows());
        rows.addAll(ServerAdministrationRoutes.rows());
        return rows;
    }
}
