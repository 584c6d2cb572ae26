package org.embygateway.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.admin.Configured;
import org.embygateway.admin.MergePages;
import org.embygateway.admin.ServerPages;
import org.embygateway.admin.SyncPages;
import org.embygateway.app.routes.GatewayRoutes;
import org.embygateway.app.routes.ImageRoutes;
import org.embygateway.app.routes.LibraryRoutes;
import org.embygateway.app.routes.LiveTvRoutes;
import org.embygateway.app.routes.NeutralRoutes;
import org.embygateway.app.routes.PlaybackRoutes;
import org.embygateway.app.routes.ServerAdministrationRoutes;
import org.embygateway.app.routes.SessionRoutes;
import org.embygateway.app.routes.SystemRoutes;
import org.embygateway.app.routes.UserRoutes;
import org.embygateway.app.routes.WatchRoutes;
import org.embygateway.app.routes.WebRoutes;
import org.embygateway.broadcast.Broadcast;
import org.embygateway.broadcast.CatchUp;
import org.embygateway.broadcast.Deliverer;
import org.embygateway.broadcast.Recipients;
import org.embygateway.catalogue.Catalogue;
import org.embygateway.catalogue.CatalogueKeeping;
import org.embygateway.catalogue.ExcerptRenewal;
import org.embygateway.catalogue.KeptRows;
import org.embygateway.catalogue.ListEdits;
import org.embygateway.catalogue.RowExcerpts;
import org.embygateway.catalogue.StoredLists;
import org.embygateway.config.Config;
import org.embygateway.edge.Discovery;
import org.embygateway.edge.DiscoveryOptions;
import org.embygateway.edge.EdgeOptions;
import org.embygateway.edge.EdgeServer;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.sql.Stores;
import org.embygateway.local.AuthApi;
import org.embygateway.local.BitrateTest;
import org.embygateway.local.DevicePages;
import org.embygateway.local.Localization;
import org.embygateway.local.NeutralPages;
import org.embygateway.local.OpenPorts;
import org.embygateway.local.PreferencePages;
import org.embygateway.local.ServerFacts;
import org.embygateway.local.SessionPages;
import org.embygateway.local.Sessions;
import org.embygateway.local.SocketHub;
import org.embygateway.local.SystemPages;
import org.embygateway.local.UserAdministration;
import org.embygateway.local.UserPages;
import org.embygateway.local.WebFiles;
import org.embygateway.play.ImageFiles;
import org.embygateway.play.Images;
import org.embygateway.play.MediaApi;
import org.embygateway.play.PlayRules;
import org.embygateway.play.PlaySessions;
import org.embygateway.play.Playing;
import org.embygateway.play.SlottedPlaySessions;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.rewrite.Sealed;
import org.embygateway.route.Caller;
import org.embygateway.route.Route;
import org.embygateway.route.RouteTable;
import org.embygateway.sync.Budgets;
import org.embygateway.sync.CalmCalls;
import org.embygateway.sync.CrawlOptions;
import org.embygateway.sync.Crawls;
import org.embygateway.sync.Extras;
import org.embygateway.sync.Learning;
import org.embygateway.sync.ReadThrough;
import org.embygateway.sync.Use;
import org.embygateway.tls.CertificateWatch;
import org.embygateway.upstream.EventSockets;
import org.embygateway.upstream.HealthTimes;
import org.embygateway.upstream.OutboundIdentity;
import org.embygateway.upstream.UpstreamOptions;
import org.embygateway.upstream.UpstreamSide;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process: its object graph, its start and its stop. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    /** Of ready-written JSON; a large heap has room for that of many more items. */
    private static final long RENDERED_BYTES =
            Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final Duration PLAYBACK_INFO = Duration.ofMillis(2500);
    private static final Duration READ_THROUGH = Duration.ofMillis(2500);
    /** A page of a title shows without them. */
    private static final Duration EXTRAS = Duration.ofSeconds(1);

    /** Who was here since is expected soon after a start. */
    private static final Duration LATELY = Duration.ofDays(14);

    private static final Duration OPENING = Duration.ofSeconds(20);

    private final Config config;
    private final Clock clock = Clock.systemUTC();
    private final GatewayMetrics metrics = new GatewayMetrics();
    private final ActiveStreams streams = new ActiveStreams(clock);
    private final Store store;
    private final ServerFacts facts;
    private final UpstreamSide upstreams;
    private final People people;
    private final Catalogue catalogue;
    private final CatalogueLibrary library;
    private final Sessions sessions;
    private final SocketHub sockets;
    private final Learning learning;
    private final NoticedCalls noticed;
    private final Budgets budgets;
    private final Crawls crawls;
    private final ReadThrough readThrough;
    private final Extras extras;
    private final EventSockets events;
    private final Playing playing;
    private final Deliverer deliverer;
    private final CatchUp catchUp;
    private final Broadcast broadcast;
    private final ImageFiles imageFiles;
    private final KeptRows kept;
    private final CatalogueKeeping keeping;
    private final ExcerptRenewal renewal;
    private final Opening opening = new Opening(OPENING);
    private final Readiness readiness;
    private final RouteTable table;
    private final EdgeServer edge;
    private final Optional<CertificateWatch> certificates;
    private Optional<Discovery> discovery = Optional.empty();

    private Gateway(Config config, Secret encryptionKey, Optional<OwnHttps> https) {
        this.config = config;
        store = Stores.open(config.database().options(encryptionKey));
        facts = new ServerFacts(
                store.settings().findOrCreate("server.id", Hex32::random),
                config.server().name(),
                config.emby().version());
        upstreams = new UpstreamSide(store, facts.id(), identity(), upstreamOptions(), metrics::called);
        people = People.of(store, config, encryptionKey, this::upstreamIds, clock);
        catalogue = new Catalogue(
                store.media(),
                store.userData(),
                new StoredLists(store.memberships(), store.ownLists()),
                people.configurations(),
                facts.id(),
                clock,
                RENDERED_BYTES);
        kept = new KeptRows(
                config.server().dataDir().resolve("catalogue.rows"),
                store.settings(),
                facts.id() + " " + Version.current());
        keeping = new CatalogueKeeping(catalogue, kept);
        renewal = new ExcerptRenewal(store.media(), store.settings(), new RowExcerpts(facts.id()));
        library = new CatalogueLibrary(catalogue);
        sessions = new Sessions(facts, library, clock);
        sockets = new SocketHub(sessions, library, people.authenticator(), this::reported, clock);
        learning = new Learning(store, new RowExcerpts(facts.id()), this::indexChanged);
        noticed = new NoticedCalls(upstreams.calls(), clock);
        budgets = new Budgets(store.syncStates(), this::use);
        crawls = new Crawls(store, upstreams.registry(), upstreams.calls(), CrawlOptions.DEFAULT, budgets, learning);
        readThrough = new ReadThrough(
                store, upstreams.registry(), upstreams.calls(), budgets, learning, READ_THROUGH, memory());
        extras = new Extras(store, upstreams.registry(), upstreams.calls(), budgets, learning, EXTRAS, memory());
        events = new EventSockets(upstreams.registry(), upstreams.calls(), new LibraryHints(crawls));
        playing = playing(encryptionKey);
        CatalogueTitles titles = new CatalogueTitles(catalogue, store.media());
        Recipients recipients = new Recipients(store.accounts(), titles, people.authenticator()::visibleTo, true);
        deliverer = new Deliverer(store.outbox(), recipients, upstreams.calls(), upstreams.registry(), clock);
        catchUp = new CatchUp(
                store.outbox(),
                store.userData(),
                recipients,
                new CalmCalls(upstreams.calls(), budgets),
                upstreams.registry(),
                clock);
        broadcast = Broadcast.of(
                store.userData(),
                titles,
                new SessionEvents(sessions, sockets),
                new PlayingUpstream(playing.liveReports()),
                deliverer::wake,
                clock);
        imageFiles = new ImageFiles(
                config.cache().imageDir(),
                config.cache().enabled() ? config.cache().imageMaxSize() : 0);
        readiness = new Readiness(List.of(
                new Readiness.Check("database", this::databaseFault),
                new Readiness.Check("catalogue", opening::fault)));
        table = new RouteTable(routes());
        edge = new EdgeServer(edgeOptions(https), dispatcher(), upstreams.registry()::passageTo);
        certificates = https.map(own -> own.watch(edge, clock));
        upstreams.registry().onRecovered(deliverer::upstreamRecovered);
        upstreams.registry().onRecovered(crawls::wake);
        upstreams.registry().onReplaced(this::replaced);
    }

    /**
     * Builds everything and opens the database; nothing listens or calls yet.
     *
     * @throws IOException when the key file cannot be read or made, or the certificate not be used
     */
    public static Gateway open(Config config) throws IOException {
        return new Gateway(config, config.security().key(), OwnHttps.of(config.server()));
    }

    /**
     * Listens, loads the catalogue and starts to watch and crawl upstreams; returns the address, that of plain HTTP if
     * there are two. From its beginning who asks is told who this is; answers about items come when the catalogue is
     * loaded.
     */
    public InetSocketAddress start() throws IOException {
        metrics.bindProcess();
        metrics.bindOutbox(() -> store.outbox().waiting().values().stream()
                .mapToLong(Long::longValue)
                .sum());
        metrics.bindPlaces(playing::places);
        certificates.ifPresent(watch -> metrics.bindCertificate(watch::end));
        ensureAdministrator();
        new Configured(store).bring(config.emby().servers());
        InetSocketAddress bound = edge.start();
        imageFiles.load();
        catalogue.expect(people.lately(clock.instant().minus(LATELY)));
        catalogue.load(kept);
        upstreams.start();
        crawls.start();
        events.start();
        playing.start();
        broadcast.reports().start();
        deliverer.start();
        catchUp.start();
        sockets.start();
        keeping.start();
        renewal.start();
        certificates.ifPresent(CertificateWatch::start);
        opening.done();
        discovery = discovery(bound);
        String address = Addresses.url(config, bound);
        LOG.info("{} {} listens on {}", facts.name(), Version.current(), address);
        secureAddress().ifPresent(secure -> LOG.info("HTTPS is on {}", Addresses.secureUrl(config, secure)));
        people.setup().announce(address);
        return bound;
    }

    /** Where HTTPS is spoken; empty when it is not. */
    public Optional<InetSocketAddress> secureAddress() {
        return edge.secureAddress();
    }

    /** Lets running streams end until the deadline of the configuration, then stops everything. */
    @Override
    public void close() {
        readiness.stop();
        discovery.ifPresent(Discovery::close);
        certificates.ifPresent(CertificateWatch::close);
        events.close();
        catchUp.close();
        crawls.close();
        sockets.close();
        try {
            edge.close(config.server().drainTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        broadcast.reports().close();
        deliverer.close();
        playing.close();
        keeping.close();
        renewal.close();
        upstreams.close();
        store.close();
        metrics.close();
        LOG.info("Stopped");
    }

    /** The protocol: every path that is answered. */
    public RouteTable table() {
        return table;
    }

    private void ensureAdministrator() {
        config.admin()
                .username()
                .ifPresent(name -> config.admin()
                        .password()
                        .ifPresent(password -> people.setup().ensureAdministrator(name, password)));
    }

    private Optional<Discovery> discovery(InetSocketAddress bound) {
        if (!config.emby().discovery()) {
            return Optional.empty();
        }
        Discovery service = new Discovery(new DiscoveryOptions(
                new InetSocketAddress(config.server().host(), DiscoveryOptions.PORT),
                facts.id(),
                facts.name(),
                config.server().publicUrl().map(Object::toString),
                bound.getPort(),
                !config.server().hasPlain()));
        try {
            service.start();
            return Optional.of(service);
        } catch (IOException e) {
            LOG.warn("Clients cannot find the gateway by themselves: UDP port {} is not free", DiscoveryOptions.PORT);
            return Optional.empty();
        }
    }

    private void indexChanged(IndexChange change) {
        sockets.libraryChanged(catalogue.apply(change));
    }

    /** Another server answers where one was: nothing that is known of it holds any more. */
    private void replaced(UpstreamId upstream) {
        readThrough.reopen(upstream);
        extras.reopen(upstream);
        crawls.crawlAgain(upstream);
    }

    /** Reports that come over a web socket instead of HTTP. */
    private void reported(Caller caller, String messageType, ObjectNode data) {
        broadcast.reports().report(caller, messageType, data);
    }

    private Optional<String> databaseFault() {
        try {
            store.check();
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("The database cannot be used: {}", e.getMessage());
            return Optional.of("the database cannot be used");
        }
    }

    private Set<UpstreamId> upstreamIds() {
        return upstreams.registry().all().stream().map(UpstreamRecord::id).collect(Collectors.toSet());
    }

    private OutboundIdentity identity() {
        return new OutboundIdentity("Emby Gateway", config.server().name(), Version.current());
    }

    private UpstreamOptions upstreamOptions() {
        return UpstreamOptions.DEFAULT.withHealth(
                HealthTimes.noticing(config.emby().healthInterval()));
    }

    private Use use(UpstreamId upstream) {
        if (streams.isStreaming(upstream)) {
            return Use.STREAMED;
        }
        return noticed.isReading(upstream) ? Use.READ : Use.NONE;
    }

    /** How long what an upstream said is not asked again. */
    private Duration memory() {
        return config.cache().enabled() ? config.cache().ttl() : Duration.ZERO;
    }

    private Playing playing(Secret encryptionKey) {
        PlaySessions playSessions =
                new PlaySessions(new SlottedPlaySessions(store.settings(), clock), people::owner, clock);
        return new Playing(
                store.media(),
                upstreams.registry(),
                noticed,
                playSessions,
                store.fingerprints(),
                new Sealed(encryptionKey.value()),
                facts.id(),
                clock,
                new PlayRules(
                        PLAYBACK_INFO,
                        config.playback().streamsPerUser(),
                        config.playback().stallTimeout(),
                        config.playback().idleTimeout(),
                        people.rights(),
                        metrics));
    }

    private OpenPorts ports() {
        return new OpenPorts(
                edge.plainAddress().map(InetSocketAddress::getPort),
                edge.secureAddress().map(InetSocketAddress::getPort));
    }

    private EdgeOptions edgeOptions(Optional<OwnHttps> https) {
        InetSocketAddress bind =
                new InetSocketAddress(config.server().host(), config.server().port());
        EdgeOptions options = EdgeOptions.listeningOn(bind)
                .withMaxBodyBytes(Math.toIntExact(config.server().maxBody()));
        return https.map(own -> options.withTls(own.options())).orElse(options);
    }

    private Dispatcher dispatcher() {
        return new Dispatcher(
                table,
                people.authenticator(),
                playing.sessions()::callerOf,
                Addresses.positions(config),
                config.server().basePath(),
                new Watching(metrics, streams, sessions),
                opening);
    }

    private List<Route> routes() {
        List<Route> rows = new ArrayList<>();
        rows.addAll(SystemRoutes.rows(new SystemPages(facts, this::ports)));
        rows.addAll(
                UserRoutes.rows(userPages(), new UserAdministration(facts, people.users(), people.signIn(), clock)));
        rows.addAll(SessionRoutes.rows(
                new SessionPages(sessions, sockets, library, people.signIn(), people.authenticator()),
                new DevicePages(people.signIns(), people.users()),
                new PreferencePages(store.preferences()),
                sockets));
        rows.addAll(LibraryRoutes.rows(
                catalogue,
                readThrough::before,
                extras::read,
                new ListEdits(catalogue, sockets::libraryChanged),
                mixesNextUp()));
        rows.addAll(PlaybackRoutes.rows(playing));
        rows.addAll(WatchRoutes.rows(broadcast));
        rows.addAll(ImageRoutes.rows(new Images(library, store.media(), upstreams.registry(), noticed, imageFiles)));
        rows.addAll(NeutralRoutes.rows(new NeutralPages(), new Localization(), new BitrateTest()));
        rows.addAll(WebRoutes.rows(new WebFiles(Gateway.class.getClassLoader())));
        rows.addAll(LiveTvRoutes.rows());
        rows.addAll(ServerAdministrationRoutes.rows());
        CrawledIndexing indexing = new CrawledIndexing(crawls, readThrough, budgets, events);
        rows.addAll(GatewayRoutes.rows(
                new AuthApi(people.users(), people.signIn(), people.authenticator(), people.jwts(), people.setup()),
                new MediaApi(library, playing.playback()),
                playing.runningStreams(),
                readThrough::before,
                broadcast.reports(),
                new ServerPages(store, upstreams, indexing, learning::forget),
                new SyncPages(store, upstreams, indexing),
                new MergePages(store, library, learning::decide, clock)));
        rows.addAll(new Operations(readiness, metrics).rows());
        return rows;
    }

    private UserPages userPages() {
        return new UserPages(
                facts,
                people.users(),
                people.signIn(),
                people.authenticator(),
                sessions,
                sockets::configurationUpdated);
    }

    /** Servers from 4.9.1 on put the next episodes into the resume row. */
    private boolean mixesNextUp() {
        return !config.emby().version().startsWith("4.8.");
    }
}
