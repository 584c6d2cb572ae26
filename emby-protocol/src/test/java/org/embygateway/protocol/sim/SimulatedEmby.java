package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;

/**
 * An Emby (or Jellyfin) server in this process, for tests, the demo and the benchmarks.
 *
 * <pre>{@code
 * try (SimulatedEmby emby = SimulatedEmby.named("Alpha").account("anna", "secret").start()) {
 *     SimItem heat = emby.library("Movies", "movies").movie("Heat").year(1995).tmdb("949").version("1080p", 5_000_000);
 *     emby.faults().on("GET /Users/{UserId}/Items").slow(Duration.ofSeconds(2));
 *     ...
 *     assertThat(emby.traffic().calls("POST /Items/{Id}/PlaybackInfo")).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>The library, the accounts and the faults may change while it runs.
 */
public final class SimulatedEmby implements AutoCloseable {
    private final SimWorld world;
    private final SimHttp http;
    private final String scheme;

    private SimulatedEmby(Builder builder) {
        world = new SimWorld(builder.name, builder.face, builder.version, builder.basePath, builder.firstId);
        builder.accounts.forEach((name, password) -> world.accounts().add(name, password));
        world.posters = builder.posters;
        http = new SimHttp(
                new SimDispatcher(world, routes()), world.traffic(), builder.host, builder.port, builder.tls);
        scheme = builder.tls.isPresent() ? "https" : "http";
        world.catalog().listen(new LibraryNews(world.sockets())::heard);
    }

    /** A server of that name; the name also decides its server id and its users' ids. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** What a simulated server starts with. */
    public static final class Builder {
        private final String name;
        private final Map<String, String> accounts = new LinkedHashMap<>();
        private Face face = Face.EMBY_4_9;
        private String version = Face.EMBY_4_9.version();
        private String basePath = "";
        private String host = "127.0.0.1";
        private int port;
        private long firstId = 1_600;
        private boolean posters;
        private Optional<SSLContext> tls = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        public Builder face(Face which) {
            face = which;
            version = which.version();
            return this;
        }

        /** A version other than the face's own. */
        public Builder version(String text) {
            version = text;
            return this;
        }

        public Builder account(String user, String password) {
            accounts.put(user, password);
            return this;
        }

        /** {@code /jelly/sub}: requests outside get 404. */
        public Builder basePath(String path) {
            basePath = path;
            return this;
        }

        /** 0, as to begin with, takes a free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        public Builder host(String address) {
            host = address;
            return this;
        }

        /** Every server begins with 1600, so that mixed-up ids show; a huge number makes leaked ids show. */
        public Builder idsFrom(long number) {
            firstId = number;
            return this;
        }

        /** Pictures with titles on them, for people to look at. */
        public Builder posters() {
            posters = true;
            return this;
        }

        /** Speaks HTTPS with that certificate. */
        public Builder tls(SelfSigned certificate) {
            tls = Optional.of(certificate.server());
            return this;
        }

        public SimulatedEmby build() {
            return new SimulatedEmby(this);
        }

        public SimulatedEmby start() {
            return build().start();
        }
    }

    private SimRoutes routes() {
        SimRoutes routes = new SimRoutes();
        Whose whose = new Whose(world);
        Listing listing = new Listing(world);
        new SystemRoutes(world).register(routes);
        new UserRoutes(world).register(routes);
        new BrowseRoutes(world, whose, listing).register(routes);
        new ShowRoutes(world, whose, listing).register(routes);
        new ExtraRoutes(world, whose, listing).register(routes);
        new ByNameRoutes(world, whose, listing).register(routes);
        new WatchRoutes(world, whose).register(routes);
        new PlaybackRoutes(world, whose).register(routes);
        new ReportRoutes(world).register(routes);
        new StreamRoutes(world).register(routes);
        new HlsRoutes(world).register(routes);
        new ImageRoutes(world).register(routes);
        new SessionRoutes(world).register(routes);
        routes.open("GET", "/__state", e -> SimReply.json(state()));
        routes.sort();
        return routes;
    }

    public SimulatedEmby start() {
        http.up();
        world.address = scheme + "://127.0.0.1:" + http.port();
        return this;
    }

    /** Stops listening and drops every connection; {@link #up} comes back on the same port. */
    public void down() {
        http.down();
    }

    public void up() {
        http.up();
    }

    /** Drops every connection, web sockets too; new ones are welcome. */
    public void dropConnections() {
        http.dropConnections();
    }

    @Override
    public void close() {
        http.close();
    }

    /** With the base path, without {@code /emby} and without a slash at the end. */
    public String url() {
        return world.address + world.basePath();
    }

    public int port() {
        return http.port();
    }

    public String name() {
        return world.name();
    }

    public String serverId() {
        return world.id();
    }

    public Face face() {
        return world.face();
    }

    /** The library of that name, made on first use; {@code collectionType} is {@code movies}, {@code tvshows} … */
    public SimLibrary library(String name, String collectionType) {
        return world.catalog().views().stream()
                .filter(v -> v.name.equals(name))
                .findFirst()
                .map(v -> new SimLibrary(world.catalog(), v))
                .orElseGet(() -> {
                    SimItem view = world.catalog().add(ItemKind.COLLECTION_FOLDER, null, name);
                    view.collectionType = collectionType;
                    return new SimLibrary(world.catalog(), view);
                });
    }

    /** The artist of that name, made on first use; a list shows it as soon as something is by it. */
    public SimItem artist(String name) {
        return world.catalog().byName(ItemKind.MUSIC_ARTIST, name);
    }

    /** A collection in the library of collections. */
    public SimItem collection(String name, SimItem... members) {
        SimItem view = library("Collections", "boxsets").view();
        return world.catalog().add(ItemKind.BOX_SET, view, name).members(members);
    }

    /** A playlist of that account, which nobody else sees; an item may stand in it twice. */
    public SimItem playlist(SimUser owner, String name, SimItem... members) {
        SimItem view = library("Playlists", "playlists").view();
        return world.catalog().add(ItemKind.PLAYLIST, view, name).ownedBy(owner).members(members);
    }

    /** The account of that name, made on first use with that password. */
    public SimUser account(String name, String password) {
        return world.accounts().add(name, password);
    }

    /**
     * The account of that name.
     *
     * @throws java.util.NoSuchElementException when there is none
     */
    public SimUser user(String name) {
        return world.accounts().named(name).orElseThrow();
    }

    public Faults faults() {
        return world.faults();
    }

    public Traffic traffic() {
        return world.traffic();
    }

    /** Takes all tokens back, as a server does whose database was rebuilt. */
    public void expireTokens() {
        world.accounts().expireAll();
    }

    /** The live sign-ins. */
    public List<SimSession> sessions() {
        return new ArrayList<>(world.accounts().sessions());
    }

    /** Play sessions whose encodings nobody has ended. */
    public int playSessions() {
        return world.playSessions().size();
    }

    public int openSockets() {
        return world.sockets().count();
    }

    /** What clients said on their web sockets. */
    public List<String> socketMessages() {
        return world.sockets().received();
    }

    /** Sends a message of any type to every web socket. */
    public void push(String messageType, ObjectNode data) {
        world.sockets().toAll(messageType, data);
    }

    /** As when the account marked something on another device: changes the state and tells its web sockets. */
    public void changesElsewhere(SimUser user, SimItem item, WatchState state) {
        user.state(item, state);
        WatchRoutes.UserDataNews.tell(world, user, List.of(item));
    }

    public void hls(HlsStyle style) {
        world.hls = style;
    }

    /** As 4.9.5 does: {@code bytes=-500} gives the beginning. */
    public void breakSuffixRanges(boolean yes) {
        world.suffixRangesBroken = yes;
    }

    /** The items of one kind, in the order of their ids. */
    public List<SimItem> items(ItemKind kind) {
        List<SimItem> found = new ArrayList<>();
        world.catalog().all().forEach(i -> {
            if (i.kind == kind) {
                found.add(i);
            }
        });
        return found;
    }

    /** What this server would not want to see at a client of somebody else: by what it is. */
    public Map<String, List<String>> secrets() {
        Map<String, List<String>> secrets = new LinkedHashMap<>();
        List<String> hosts = new ArrayList<>(world.hostNames());
        hosts.add("127.0.0.1:" + port());
        hosts.add("localhost:" + port());
        secrets.put("host", hosts);
        secrets.put("server id", List.of(world.id()));
        secrets.put(
                "user id", world.accounts().users().stream().map(SimUser::id).toList());
        secrets.put("token", List.copyOf(world.accounts().tokensEverIssued()));
        secrets.put("device id", List.copyOf(world.traffic().deviceIds()));
        secrets.put("file path", List.of(world.mediaRoot()));
        secrets.put("play session", List.copyOf(world.playSessions().keySet()));
        return secrets;
    }

    /** The ids of items and media sources as this server writes them; long ones only can be told from other text. */
    public List<String> itemSecrets() {
        List<String> ids = new ArrayList<>();
        world.catalog().all().forEach(item -> {
            addSecrets(item, ids);
            item.extras.forEach(extra -> addSecrets(extra, ids));
        });
        return ids;
    }

    private void addSecrets(SimItem item, List<String> ids) {
        ids.add(item.id());
        item.versions.forEach(v -> {
            ids.add(world.face().sourceId(v.number()));
            ids.add(v.content().tag());
        });
        item.images.forEach(type -> ids.add(ItemJson.imageTag(world, item, type, 0)));
    }

    /** For {@code GET /__state}: what the accounts have watched, what plays, what was asked. */
    private ObjectNode state() {
        ObjectNode json = EmbyJson.object().put("Name", world.name()).put("Version", world.version());
        json.put("Items", world.catalog().count())
                .put("WebSockets", world.sockets().count());
        json.put("Connections", world.traffic().openConnections())
                .put("BytesSent", world.traffic().bytesSent());
        ObjectNode users = json.putObject("Users");
        world.accounts().users().forEach(user -> {
            ArrayNode states = users.putArray(user.name);
            user.states.forEach((number, state) -> world.catalog()
                    .find(world.face().itemId(number))
                    .ifPresent(item -> states.addObject()
                            .put("Item", item.name)
                            .put("Id", item.id())
                            .set("UserData", UserDataJson.write(world, user, item, true))));
        });
        ArrayNode sessions = json.putArray("Sessions");
        AccountJson accounts = new AccountJson(world);
        world.accounts().sessions().forEach(s -> sessions.add(accounts.session(s, "")));
        ObjectNode calls = json.putObject("Calls");
        world.traffic().calls().forEach(calls::put);
        return json;
    }
}
