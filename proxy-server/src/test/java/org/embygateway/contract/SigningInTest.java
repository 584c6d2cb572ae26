package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in, with what, and when no longer. */
class SigningInTest {
    private static final String INFO = "/emby/System/Info";

    @TempDir
    static Path data;

    private static Overlap servers;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        servers = Overlap.made();
        gateway = servers.gateway(data)
                .person("open", "")
                .person("kim", "old one")
                .start();
    }

    @AfterAll
    static void stop() {
        try (Overlap ending = servers) {
            gateway.close();
        }
    }

    @Test
    void aLoginOfTheOfficialAppsIsAnsweredWithTokenUserAndSession() {
        TestClient client = gateway.client();
        String ours = client.get("/emby/System/Info/Public").ok().path("Id").asText();

        JsonNode answer =
                login(client, GatewayUnderTest.ADMIN, "&Pw=correct+horse").ok();

        assertThat(answer.path("AccessToken").asText()).matches("[0-9a-f]{32}");
        assertThat(answer.path("ServerId").asText()).isEqualTo(ours).isNotIn(servers.left.serverId());
        assertThat(answer.at("/User/Name").asText()).isEqualTo(GatewayUnderTest.ADMIN);
        assertThat(answer.at("/User/ServerId").asText()).isEqualTo(ours);
        assertThat(answer.at("/User/Policy").isObject()).isTrue();
        assertThat(answer.at("/User/Configuration").isObject()).isTrue();
        assertThat(answer.at("/SessionInfo/DeviceId").asText()).isEqualTo(client.device());
        assertThat(answer.at("/SessionInfo/Client").asText()).isEqualTo("Emby for Samsung");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Emby-Token", "api_key", "ApiKey", "x-emby-token", "API_KEY"})
    void theTokenInTheQueryAloneIsEnough(String parameter) {
        TestClient client = gateway.admin();

        assertThat(bare(client, parameter, client.token())).isEqualTo(200);
        assertThat(bare(client, parameter, "0".repeat(32))).isEqualTo(401);
    }

    private static int bare(TestClient client, String parameter, String token) {
        return client.bare("GET", INFO + "?" + parameter + "=" + token, Map.of(), "")
                .status();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Emby-Token | %s",
                "X-MediaBrowser-Token | %s",
                "Authorization | MediaBrowser Token=\"%s\"",
                "Authorization | Emby Client=\"a\", Device=\"b\", DeviceId=\"c\", Version=\"1\", Token=\"%s\"",
                "Authorization | Bearer %s",
                "X-Emby-Authorization | Emby UserId=\"x\", Client=\"a\", Token=\"%s\"",
                "X-Emby-Authorization | MediaBrowser Client=\"a\", DeviceId=\"c\", Token=\"%s\""
            })
    void theTokenInAHeaderAloneIsEnough(String header, String form) {
        TestClient client = gateway.admin();

        assertThat(client.bare("GET", INFO, Map.of(header, form.formatted(client.token())), "")
                        .status())
                .isEqualTo(200);
        assertThat(client.bare("GET", INFO, Map.of(header, form.formatted("0".repeat(32))), "")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void withoutATokenNothingButThePublicIsAnswered() {
        Answer refused = gateway.client().get("/emby/Users/0123456789abcdef0123456789abcdef/Views");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(gateway.client().get("/emby/System/Ping").status()).isEqualTo(200);
    }

    @Test
    void signingOutEndsThisDevicesTokenOnly() {
        TestClient television = gateway.admin();
        TestClient phone = gateway.admin();

        assertThat(television.post("/emby/Sessions/Logout", "").status()).isBetween(200, 204);

        assertThat(television.get(INFO).status()).isEqualTo(401);
        assertThat(phone.get(INFO).status()).isEqualTo(200);

        assertThat(phone.post("/auth/logout", "").status()).isBetween(200, 204);
        assertThat(phone.get(INFO).status()).isEqualTo(401);
    }

    @Test
    void aChangedPasswordCountsAtOnce() {
        TestClient kim = gateway.client().signedIn("kim", "old one");

        assertThat(kim.post("/emby/Users/{me}/Password", "{\"CurrentPw\":\"old one\",\"NewPw\":\"new one\"}")
                        .status())
                .isBetween(200, 204);

        assertThat(login(gateway.client(), "kim", "&Pw=old+one").status()).isEqualTo(401);
        assertThat(login(gateway.client(), "kim", "&Pw=new+one").status()).isEqualTo(200);
    }

    @Test
    void aUserWithoutAPasswordComesInWithTheEmptyOneOnly() {
        assertThat(login(gateway.client(), "open", "&Pw=").status()).isEqualTo(200);
        assertThat(login(gateway.client(), "open", "").status()).isEqualTo(200);
        assertThat(login(gateway.client(), "open", "&Pw=x").status()).isEqualTo(401);
        assertThat(login(gateway.client(), GatewayUnderTest.ADMIN, "&Pw=").status())
                .isEqualTo(401);
    }

    private static Answer login(TestClient client, String name, String password) {
        return client.send(
                "POST",
                "/emby/Users/authenticatebyname",
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
                "Username=" + name + password);
    }
}
