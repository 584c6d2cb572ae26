package org.embygateway.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.embygateway.auth.Requests;
import org.embygateway.protocol.Secret;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.route.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPagesTest {
    @TempDir
    private Path folder;

    private LocalFixture local;
    private AuthApi auth;

    @BeforeEach
    void open() {
        local = new LocalFixture(folder);
        auth = new AuthApi(
                local.people.users,
                local.people.signIn,
                local.people.authenticator,
                local.people.jwts,
                local.people.setup);
    }

    @AfterEach
    void close() {
        local.close();
    }

    private static JsonNode json(Reply reply) {
        return LocalFixture.parse(LocalFixture.text(reply).getBytes(StandardCharsets.UTF_8));
    }

    private static Requests web(String path) {
        return Requests.get("/web/" + path).param("rest", path);
    }

    private WebFiles built() throws Exception {
        Path web = Files.createDirectories(folder.resolve("classes/web/assets"));
        Files.writeString(
                web.resolveSibling("index.html"),
                "<base href=\"/web/\" /><gw-root ngCspNonce=\"__NONCE__\"></gw-root>");
        Files.writeString(web.resolveSibling("main-ABCD1234.js"), "1");
        Files.writeString(web.resolve("logo.svg"), "<svg/>");
        URL root = folder.resolve("classes/").toUri().toURL();
        return new WebFiles(new URLClassLoader(new URL[] {root}, null));
    }

    private static WebFiles notBuilt() {
        return new WebFiles(new URLClassLoader(new URL[0], null));
    }

    @Test
    void theOwnApiSignsInWithATokenThatIsGoodEverywhere() {
        local.people.addAdmin("root", "pw");
        JsonNode answer = json(Requests.post("/auth/login")
                .body("{\"username\":\"root\",\"password\":\"pw\"}")
                .on(auth::login));

        assertThat(answer.path("user").path("role").asText()).isEqualTo("admin");
        assertThat(answer.path("expires").asText()).startsWith("2026-01-03T20:00");
        Caller caller =
                local.people.caller(new Secret(answer.path("token").asText())).orElseThrow();
        assertThat(json(Requests.get("/auth/me").as(caller).on(auth::me))
                        .path("user")
                        .path("name")
                        .asText())
                .isEqualTo("root");

        assertThat(Requests.post("/auth/logout").as(caller).status(auth::logout))
                .isEqualTo(204);
        assertThat(local.people.caller(caller.token())).isEmpty();
        assertThat(Requests.post("/auth/login").body("{\"username\":\"root\"}").status(auth::login))
                .isEqualTo(401);
        assertThat(Requests.post("/auth/login").body("{}").status(auth::login)).isEqualTo(400);
    }

    @Test
    void theSetUpIsOpenUntilThereIsAnAdministrator() {
        assertThat(json(Requests.get("/auth/setup").on(auth::setupState))
                        .path("needed")
                        .asBoolean())
                .isTrue();
        Requests post = Requests.post("/auth/setup");
        String code = local.people.setup.code().value().toLowerCase(Locale.ROOT);

        assertThat(post.body("{\"code\":\"x\",\"username\":\"root\",\"password\":\"long enough\"}")
                        .status(auth::finishSetup))
                .isEqualTo(403);
        JsonNode done = json(post.body("{\"code\":\"" + code + "\",\"username\":\"root\",\"password\":\"long enough\"}")
                .on(auth::finishSetup));

        assertThat(done.path("user").path("role").asText()).isEqualTo("admin");
        assertThat(json(Requests.get("/auth/setup").on(auth::setupState))
                        .path("needed")
                        .asBoolean(true))
                .isFalse();
        assertThat(post.body("{\"code\":\"" + code + "\",\"username\":\"b\",\"password\":\"c\"}")
                        .status(auth::finishSetup))
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "index.html", "strings/en-US.json"})
    void whatAppsAskOfAnyServerIsThereEvenWithoutTheWebUi(String path) {
        String text = LocalFixture.text(web(path).on(notBuilt()::file));

        assertThat(text).isNotEmpty();
        assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("jellyf");
    }

    @Test
    void theIndexIsMadeForThisClient() throws Exception {
        Reply.Bytes index = (Reply.Bytes) web("index.html").on(built()::file);
        String nonce = LocalFixture.text(index).replaceAll(".*ngCspNonce=\"(\\w+)\".*", "$1");
        String policy = index.headers().first("Content-Security-Policy").orElseThrow();

        assertThat(index.headers().first("Cache-Control")).contains("no-store");
        assertThat(nonce).matches("[0-9a-f]{32}");
        assertThat(policy)
                .contains("'nonce-" + nonce + "'")
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void pagesOfTheWebUiLeadToItsIndexAndMissingFilesDoNot() throws Exception {
        WebFiles files = built();
        Requests page = web("items/5").header("Accept", "text/html,*/*");

        assertThat(LocalFixture.text(page.on(files::file))).contains("gw-root");
        assertThat(web("items/5").status(files::file)).isEqualTo(404);
        assertThat(web("missing.js").header("Accept", "text/html").status(files::file))
                .isEqualTo(404);
        assertThat(web("assets").status(files::file)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "a/../../b.js", "/etc/passwd", "a//b.js", "a\\b.js", "a%2e.js", "a:b.js"})
    void nothingOutsideTheWebUiIsReached(String path) throws Exception {
        assertThat(web(path).status(built()::file)).isEqualTo(404);
    }

    @Test
    void filesNamedByTheirContentAreKeptForEverAndOthersAreAskedAgain() throws Exception {
        WebFiles files = built();
        Headers script = ((Reply.Bytes) web("main-ABCD1234.js").on(files::file)).headers();
        Reply.Bytes logo = (Reply.Bytes) web("assets/logo.svg").on(files::file);
        String etag = logo.headers().first("ETag").orElseThrow();

        assertThat(script.first("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(logo.headers().first("Cache-Control")).contains("no-cache");
        assertThat(logo.contentType()).isEqualTo("image/svg+xml");
        assertThat(web("assets/logo.svg").header("If-None-Match", etag).status(files::file))
                .isEqualTo(304);
        assertThat(Requests.get("/").on(files::root)).isEqualTo(new Reply.Redirect("/web/index.html"));
    }

    @Test
    void languagesCountriesAndRatingsAreReal() {
        Localization localization = new Localization();
        String cultures = Requests.get("/").json(localization::cultures).toString();

        assertThat(cultures)
                .contains("{\"Name\":\"German\",\"DisplayName\":\"German\",\"TwoLetterISOLanguageName\":\"de\","
                        + "\"ThreeLetterISOLanguageName\":\"ger\",\"ThreeLetterISOLanguageNames\":[\"ger\",\"deu\"]")
                .contains("\"ThreeLetterISOLanguageName\":\"chi\"")
                .contains("\"ThreeLetterISOLanguageName\":\"eng\"");
        assertThat(Requests.get("/").json(localization::countries).toString())
                .contains("\"TwoLetterISORegionName\":\"US\",\"ThreeLetterISORegionName\":\"USA\"");
        assertThat(Requests.get("/").json(localization::parentalRatings).toString())
                .contains("{\"Name\":\"PG-13\",\"Value\":7}");
        assertThat(Requests.get("/").json(localization::options).toString()).contains("\"Value\":\"en-us\"");
    }

    @Test
    void theBitrateTestIsExactAndBounded() {
        BitrateTest test = new BitrateTest();

        assertThat(((Reply.Repeated) Requests.get("/").query("Size=100000000").on(test::bytes)).length())
                .isEqualTo(100_000_000);
        assertThat(((Reply.Repeated) Requests.get("/").on(test::bytes)).length())
                .isEqualTo(102_400);
        assertThat(Requests.get("/").query("Size=100000001").status(test::bytes))
                .isEqualTo(400);
        for (String size : new String[] {"-1", "0", "99999999999999999999", "much"}) {
            assertThat(Requests.get("/").query("Size=" + size).status(test::bytes))
                    .as(size)
                    .isEqualTo(400);
        }
    }

    @Test
    void anAdministratorSignsADeviceOut() {
        local.people.addAdmin("root", "pw");
        local.people.add("anna", "pw");
        Caller anna = local.signIn("anna", LocalFixture.PHONE);
        Caller root = local.signIn("root", Requests.TV);
        DevicePages devices = new DevicePages(local.people.signIns, local.people.users);

        JsonNode list = Requests.get("/Devices").as(root).json(devices::list);
        assertThat(list.path("TotalRecordCount").asInt()).isEqualTo(2);
        assertThat(Requests.post("/Devices/Delete").as(root).query("Id=nope").status(devices::delete))
                .isEqualTo(404);
        Requests.post("/Devices/Delete").as(root).query("Id=phone-1").on(devices::delete);

        assertThat(local.people.caller(anna.token())).isEmpty();
        assertThat(local.people.caller(root.token())).isPresent();
    }

    @Test
    void nothingIsClaimedThatIsNotSo() {
        NeutralPages neutral = new NeutralPages();

        assertThat(Requests.get("/")
                        .json(neutral::registration)
                        .path("IsRegistered")
                        .asBoolean(true))
                .isFalse();
        assertThat(Requests.get("/")
                        .json(neutral::securityInfo)
                        .path("IsMBSupporter")
                        .asBoolean(true))
                .isFalse();
        assertThat(Requests.post("/Sync/Data")
                        .body("{\"LocalItemIds\":[\"1\"]}")
                        .json(neutral::syncData)
                        .toString())
                .isEqualTo("{\"ItemIdsToRemove\":[]}");
    }
}
