package org.embygateway.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.embygateway.auth.People;
import org.embygateway.auth.Requests;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;
import org.embygateway.route.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedInPagesTest {
    private static final OpenPorts PLAIN = new OpenPorts(Optional.of(8080), Optional.empty());
    private static final ServerFacts FACTS = new ServerFacts("0".repeat(31) + "1", "Home", "4.8.11.0");

    @TempDir
    private Path folder;

    private final List<UserId> told = new ArrayList<>();
    private People people;
    private Sessions sessions;
    private UserPages pages;

    /** A catalogue without anything. */
    static final class NoLibrary implements Library {
        @Override
        public List<ObjectNode> items(UserId user, Visible visible, List<ItemId> ids) {
            return List.of();
        }

        @Override
        public List<ItemId> playable(Caller caller, ItemId id) {
            return List.of();
        }

        @Override
        public Set<ItemId> visible(UserId user, Visible visible, Set<ItemId> ids) {
            return Set.of();
        }

        @Override
        public List<ItemId> views(UserId user, Visible visible) {
            return List.of();
        }
    }

    @BeforeEach
    void open() {
        people = new People(folder, Clock.systemUTC());
        sessions = new Sessions(FACTS, new NoLibrary(), Clock.systemUTC());
        pages = new UserPages(
                FACTS, people.users, people.signIn, people.authenticator, sessions, (user, dto) -> told.add(user));
    }

    @AfterEach
    void close() {
        people.close();
    }

    private Caller caller(String name) {
        return people.signIn(name, "pw", Requests.TV);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Username\":\"Anna\",\"Pw\":\"pw\"}|",
                "{\"username\":\"anna\",\"pw\":\"pw\"}|reqformat=json",
                "Username=anna&Pw=pw|",
                "|username=anna&pw=pw",
            })
    void everyFormOfSignInIsAnswered(String body, String query) {
        people.add("Anna", "pw");

        JsonNode result = Requests.post("/Users/AuthenticateByName")
                .body(body == null ? "" : body)
                .query(query == null ? "" : query)
                .json(pages::authenticateByName);

        assertThat(result.path("AccessToken").asText()).matches("[0-9a-f]{32}");
        assertThat(result.path("ServerId").asText()).isEqualTo(FACTS.id());
        assertThat(result.path("User").path("Name").asText()).isEqualTo("Anna");
        assertThat(result.path("SessionInfo").path("DeviceId").asText()).isEqualTo("tv-1");
    }

    @Test
    void aClientWithoutANameOrDeviceIsLetIn() {
        people.add("anna", "pw");

        JsonNode result = Requests.post("/Users/AuthenticateByName")
                .identity(ClientIdentity.UNKNOWN)
                .header("User-Agent", "SenPlayer/6.0 (iPhone)")
                .body("{\"Username\":\"anna\",\"Pw\":\"pw\"}")
                .json(pages::authenticateByName);

        assertThat(result.path("SessionInfo").path("Client").asText()).isEqualTo("SenPlayer");
        assertThat(result.path("SessionInfo").path("DeviceId").asText()).isNotEmpty();
    }

    @Test
    void strictDecodersFindEveryFieldWithItsType() {
        people.add("anna", "pw");
        JsonNode user =
                Requests.get("/Users/me").param("Id", "me").as(caller("anna")).json(pages::user);

        assertThat(user.path("DateCreated").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
        assertThat(user.path("Prefix").asText()).isEqualTo("A");
        assertThat(user.path("HasPassword").isBoolean()).isTrue();
        for (String list : List.of("OrderedViews", "LatestItemsExcludes", "MyMediaExcludes")) {
            assertThat(user.path("Configuration").path(list).isArray()).as(list).isTrue();
        }
        JsonNode policy = user.path("Policy");
        assertThat(policy.size()).isGreaterThanOrEqualTo(44);
        assertThat(policy.path("BlockedMediaFolders").isArray()).isTrue();
        assertThat(policy.path("LockedOutDate").isIntegralNumber()).isTrue();
        assertThat(policy.path("IsAdministrator").asBoolean(true)).isFalse();
        people.addAdmin("root", "pw");
        assertThat(Requests.get("/Users/Me")
                        .as(caller("root"))
                        .json(pages::me)
                        .path("Policy")
                        .path("IsAdministrator")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theUsersOwnDataIsFoundUnderEveryNameOfOneself() {
        people.add("anna", "pw");
        people.add("berta", "pw");
        Caller anna = caller("anna");
        String berta = caller("berta").user().value();

        for (String me : List.of(anna.user().value().toUpperCase(Locale.ROOT), "me", "undefined")) {
            assertThat(Requests.get("/Users").param("Id", me).as(anna).status(pages::user))
                    .isEqualTo(200);
        }
        assertThat(Requests.get("/Users").param("Id", berta).as(anna).status(pages::user))
                .isEqualTo(403);
        assertThat(Requests.get("/Users").param("Id", "../x").as(anna).status(pages::user))
                .isEqualTo(403);
        assertThat(Requests.get("/Users/Query").as(anna).status(pages::usersQuery))
                .isEqualTo(403);
        assertThat(Requests.get("/Users").as(anna).json(pages::users)).hasSize(1);
    }

    @Test
    void anAdministratorSeesAllUsersButNoPins() {
        people.addAdmin("root", "pw");
        people.add("anna", "pw");
        Caller anna = caller("anna");
        Requests.post("/Users/Configuration")
                .param("Id", "me")
                .as(anna)
                .body("{\"ProfilePin\":\"1234\"}")
                .on(pages::replaceConfiguration);

        JsonNode all = Requests.get("/Users/Query").as(caller("root")).json(pages::usersQuery);

        assertThat(all.path("TotalRecordCount").asInt()).isEqualTo(2);
        assertThat(all.toString()).doesNotContain("1234");
        assertThat(Requests.get("/Users")
                        .param("Id", "me")
                        .as(anna)
                        .json(pages::user)
                        .toString())
                .contains("1234");
    }

    @Test
    void configurationKeepsWhatIsKnownAndOfTheRightKind() {
        people.add("anna", "pw");
        Caller anna = caller("anna");
        Requests post = Requests.post("/Users/Configuration").param("Id", "me").as(anna);

        post.body("{\"subtitleMode\":\"always\",\"OrderedViews\":[\"3\",4],\"HidePlayedInLatest\":\"false\","
                        + "\"MyMediaExcludes\":{},\"ResumeRewindSeconds\":\"x\",\"Evil\":{\"a\":1}}")
                .on(pages::replaceConfiguration);
        post.body("AudioLanguagePreference=ger&ResumeRewindSeconds=10").on(pages::mergeConfiguration);

        JsonNode kept = Requests.get("/Users")
                .param("Id", "me")
                .as(anna)
                .json(pages::user)
                .path("Configuration");
        assertThat(kept.path("SubtitleMode").asText()).isEqualTo("Always");
        assertThat(kept.path("OrderedViews").toString()).isEqualTo("[\"3\",\"4\"]");
        assertThat(kept.path("HidePlayedInLatest").asBoolean(true)).isFalse();
        assertThat(kept.path("MyMediaExcludes").isArray()).isTrue();
        assertThat(kept.path("ResumeRewindSeconds").asInt()).isEqualTo(10);
        assertThat(kept.path("AudioLanguagePreference").asText()).isEqualTo("ger");
        assertThat(kept.has("Evil")).isFalse();
        assertThat(told).containsExactly(anna.user(), anna.user());
    }

    @Test
    void aWrongCurrentPasswordDoesNotSignOut() {
        people.add("anna", "pw");
        Caller anna = caller("anna");
        Requests post = Requests.post("/Users/Password").param("Id", "me").as(anna);

        assertThat(post.body("CurrentPw=no&NewPw=new").status(pages::changePassword))
                .isEqualTo(400);
        assertThat(post.body("CurrentPw=pw").status(pages::changePassword)).isEqualTo(400);
        assertThat(post.body("{\"CurrentPw\":\"pw\",\"NewPw\":\"new\"}").status(pages::changePassword))
                .isEqualTo(204);
        assertThat(people.caller(anna.token())).isPresent();
    }

    @Test
    void onlyTheGatewaysAddressesAreTold() {
        SystemPages system = new SystemPages(FACTS, () -> PLAIN);
        JsonNode info = Requests.get("/System/Info/Public").json(system::publicInfo);

        assertThat(info.path("LocalAddress").asText()).isEqualTo("http://gateway.test:8080");
        assertThat(info.path("WanAddress").asText()).isEqualTo("http://gateway.test:8080");
        assertThat(info.path("Version").asText()).isEqualTo("4.8.11.0");
        assertThat(Requests.get("/System/Info")
                        .json(system::info)
                        .path("HttpServerPortNumber")
                        .asInt())
                .isEqualTo(8080);
    }

    @Test
    void portsAreThoseTheClientUsesElseTheGatewaysOwn() {
        OpenPorts both = new OpenPorts(Optional.of(8080), Optional.of(8443));
        assertThat(ports("http://gateway.test:80", PLAIN)).isEqualTo("80 8920 false");
        assertThat(ports("http://gateway.test:8080", both)).isEqualTo("8080 8443 true");
        assertThat(ports("https://gateway.test", both)).isEqualTo("8080 443 true");
        assertThat(ports("https://gateway.test", PLAIN)).as("a proxy in front").isEqualTo("443 443 true");
        assertThat(ports("https://gateway.test:8443", new OpenPorts(Optional.empty(), Optional.of(8443))))
                .isEqualTo("8443 8443 true");
    }

    private static String ports(String base, OpenPorts open) {
        SystemPages system = new SystemPages(FACTS, () -> open);
        JsonNode info = Requests.get("/System/Info").at(base).json(system::info);
        JsonNode configuration = Requests.get("/System/Configuration").at(base).json(system::configuration);
        assertThat(configuration.path("EnableHttps")).isEqualTo(info.path("SupportsHttps"));
        assertThat(configuration.path("HttpsPortNumber")).isEqualTo(info.path("HttpsPortNumber"));
        assertThat(configuration.path("HttpServerPortNumber")).isEqualTo(info.path("HttpServerPortNumber"));
        assertThat(info.path("LocalAddress").asText()).isEqualTo(base);
        return info.path("HttpServerPortNumber").asInt() + " "
                + info.path("HttpsPortNumber").asInt() + " "
                + info.path("SupportsHttps").asBoolean();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,true,true",
        "::1,true,true",
        "192.168.1.4,false,true",
        "172.20.0.9,false,true",
        "fd12::1,false,true",
        "203.0.113.7,false,false",
        "2001:db8::1,false,false",
        "not.an.address,false,false",
        "999.1.1.1,false,false",
        "'',false,false"
    })
    void theEndpointIsAboutTheClientsOwnAddress(String address, boolean local, boolean inNetwork) {
        JsonNode body =
                Requests.get("/System/Endpoint").from(address).json(new SystemPages(FACTS, () -> PLAIN)::endpoint);

        assertThat(body.path("IsLocal").asBoolean()).isEqualTo(local);
        assertThat(body.path("IsInNetwork").asBoolean()).isEqualTo(inNetwork);
    }

    @Test
    void pingIsPlainText() {
        assertThat(Requests.post("/System/Ping").on(new SystemPages(FACTS, () -> PLAIN)::ping))
                .isInstanceOfSatisfying(
                        Reply.Bytes.class,
                        b -> assertThat(new String(b.body(), StandardCharsets.UTF_8))
                                .isEqualTo("Emby Server"));
    }
}
