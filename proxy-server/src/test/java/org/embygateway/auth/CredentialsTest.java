package org.embygateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.route.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static Credentials of(Headers headers, String query) {
        return Credentials.of(headers, Params.parse(query));
    }

    private static Credentials line(String value) {
        return of(Headers.of("X-Emby-Authorization", value), "");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Emby-Token, T",
        "x-mediabrowser-token, T",
        "Authorization, 'MediaBrowser Token=\"T\"'",
        "Authorization, 'Emby UserId=1, Token=T'",
        "Authorization, Bearer T",
        "X-Emby-Authorization, 'emby token=\"T\"'",
        "X-Emby-Authorization, 'Client=\"a\",Token=\"T\"'"
    })
    void everyHeaderCarriesAToken(String name, String value) {
        assertThat(of(Headers.of(name, value), "").token()).contains(new Secret("T"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Emby-Token=T", "x-emby-token=T", "api_key=T", "API_KEY=T", "ApiKey=T", "apikey=T"})
    void everyQueryFormCarriesAToken(String query) {
        assertThat(of(Headers.NONE, query).token()).contains(new Secret("T"));
    }

    @Test
    void theCredentialStringWinsOverOtherCarriersOfTheToken() {
        Headers headers = Headers.of("Authorization", "MediaBrowser Token=\"A\"", "X-Emby-Token", "B");

        assertThat(of(headers, "api_key=C").token()).contains(new Secret("A"));
        assertThat(of(Headers.of("X-Emby-Token", "B"), "api_key=C").token()).contains(new Secret("B"));
        assertThat(of(Headers.NONE, "api_key=C&X-Emby-Token=D").token()).contains(new Secret("D"));
    }

    @Test
    void fieldsAreMergedOneByOne() {
        Headers headers = Headers.of(
                "Authorization", "MediaBrowser Device=\"Phone\", DeviceId=\"d1\"", "X-Emby-Client-Version", "1.2");

        assertThat(of(headers, "X-Emby-Client=Filmly&X-Emby-Device-Name=Other").identity())
                .isEqualTo(new ClientIdentity("Filmly", "Phone", "d1", "1.2"));
    }

    @Test
    void officialAppsSayItAllInTheQuery() {
        Credentials credentials = of(
                Headers.NONE,
                "X-Emby-Client=Emby+for+Samsung&X-Emby-Device-Name=Samsung+Smart+TV+%28QE55%29&X-Emby-Device-Id=u-1"
                        + "&X-Emby-Client-Version=2.3.2&X-Emby-Token=T&X-Emby-Language=en-us");

        assertThat(credentials.identity())
                .isEqualTo(new ClientIdentity("Emby for Samsung", "Samsung Smart TV (QE55)", "u-1", "2.3.2"));
    }

    @Test
    void quotedValuesMayHoldCommasQuotesAndEqualSigns() {
        Credentials credentials = line(
                "MediaBrowser Client=\"Emby Web\", Device=\"John's \\\"big\\\" iPhone, red\", DeviceId=\"YWJj==\"");

        assertThat(credentials.identity())
                .isEqualTo(new ClientIdentity("Emby Web", "John's \"big\" iPhone, red", "YWJj==", ""));
    }

    @Test
    void bareValuesEndOnlyBeforeAKnownKey() {
        assertThat(line("Emby Client=Kodi, Device=Box, upstairs, DeviceId=ab=, Version=1")
                        .identity())
                .isEqualTo(new ClientIdentity("Kodi", "Box, upstairs", "ab=", "1"));
    }

    @Test
    void namesInPercentFormAreDecodedWhereTheyAreValid() {
        assertThat(line("MediaBrowser Device=\"Chrome%20Wind%C3%B6ws+\"")
                        .identity()
                        .device())
                .isEqualTo("Chrome Windöws+");
        assertThat(line("MediaBrowser Device=\"100% mine\"").identity().device())
                .isEqualTo("100% mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic dXNlcjpwdw==", "Digest username=\"a\", token=\"T\"", "", "MediaBrowser", "\"", "=,=,="})
    void otherSchemesAndRubbishAreNoCredentials(String value) {
        assertThat(line(value).token()).isEmpty();
    }

    @Test
    void anOuterProxysPasswordDoesNotHideTheToken() {
        assertThat(of(Headers.of("Authorization", "Basic dXNlcjpwdw=="), "api_key=T")
                        .token())
                .contains(new Secret("T"));
    }

    @Test
    void overlongIdsStayDifferent() {
        String one = "a".repeat(300) + "1";
        String two = "a".repeat(300) + "2";

        assertThat(of(Headers.NONE, "X-Emby-Device-Id=" + one).identity().deviceId())
                .hasSize(32)
                .isNotEqualTo(
                        of(Headers.NONE, "X-Emby-Device-Id=" + two).identity().deviceId());
    }
}
