package org.embygateway.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.embygateway.auth.Requests;
import org.embygateway.route.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesTest {
    @TempDir
    private Path folder;

    private LocalFixture local;
    private PreferencePages pages;
    private Caller anna;

    @BeforeEach
    void open() {
        local = new LocalFixture(folder);
        pages = new PreferencePages(local.people.store.preferences());
        local.people.add("anna", "pw");
        anna = local.signIn("anna", Requests.TV);
    }

    @AfterEach
    void close() {
        local.close();
    }

    private Requests display(String id) {
        return Requests.post("/DisplayPreferences/" + id)
                .param("Id", id)
                .param("DisplayPreferencesId", id)
                .as(anna);
    }

    private Requests settings() {
        return Requests.post("/UserSettings/x")
                .param("UserId", anna.user().value())
                .as(anna);
    }

    @Test
    void unknownPreferencesAreTheDefaultsUnderTheIdAsked() {
        JsonNode found = display("usersettings").query("client=emby").json(pages::displayPreferences);

        assertThat(found.toString())
                .isEqualTo(
                        "{\"Id\":\"usersettings\",\"SortBy\":\"SortName\",\"SortOrder\":\"Ascending\",\"CustomPrefs\":{},"
                                + "\"Client\":\"emby\"}");
    }

    @Test
    void preferencesAreKeptPerUserAndClientAndOutliveARestart() {
        display("usersettings")
                .query("client=emby&reqformat=json&userId=" + anna.user())
                .body(
                        "{\"CustomPrefs\":{\"homesection2\":\"nextup\",\"n\":3,\"x\":null},\"Client\":\"emby\",\"Id\":\"usersettings\"}")
                .on(pages::saveDisplayPreferences);
        local.people.add("berta", "pw");
        Caller berta = local.signIn("berta", Requests.TV);
        local.close();

        local = new LocalFixture(folder);
        pages = new PreferencePages(local.people.store.preferences());
        assertThat(display("UserSettings")
                        .query("Client=Emby")
                        .json(pages::displayPreferences)
                        .path("CustomPrefs")
                        .toString())
                .isEqualTo("{\"homesection2\":\"nextup\",\"n\":\"3\"}");
        assertThat(display("usersettings")
                        .query("client=kodi")
                        .json(pages::displayPreferences)
                        .path("CustomPrefs"))
                .isEmpty();
        assertThat(display("usersettings")
                        .as(berta)
                        .json(pages::displayPreferences)
                        .path("CustomPrefs"))
                .isEmpty();
        assertThat(display("usersettings")
                        .as(berta)
                        .query("userId=" + anna.user())
                        .status(pages::displayPreferences))
                .isEqualTo(403);
    }

    @Test
    void userSettingsAreTheSameThingInTheirLaterForm() {
        display("usersettings")
                .body("{\"CustomPrefs\":{\"a\":\"1\",\"b\":\"2\"}}")
                .on(pages::saveDisplayPreferences);
        settings().body("b=3&c=4").on(pages::mergeUserSettings);

        assertThat(settings().json(pages::userSettings).toString()).isEqualTo("{\"a\":\"1\",\"b\":\"3\",\"c\":\"4\"}");
        assertThat(display("usersettings")
                        .json(pages::displayPreferences)
                        .path("CustomPrefs")
                        .path("c")
                        .asText())
                .isEqualTo("4");

        settings().body("{\"z\":\"9\"}").on(pages::replaceUserSettings);
        assertThat(settings().json(pages::userSettings).toString()).isEqualTo("{\"z\":\"9\"}");
    }

    @Test
    void typedSettingsAreAnyJson() {
        Requests key = settings().param("Key", "player");

        assertThat(key.json(pages::typedSettings)).isEmpty();
        assertThat(key.body("[1,{\"a\":null}]").status(pages::saveTypedSettings))
                .isEqualTo(204);
        assertThat(key.json(pages::typedSettings).toString()).isEqualTo("[1,{\"a\":null}]");
        assertThat(key.body("{").status(pages::saveTypedSettings)).isEqualTo(400);
    }

    @Test
    void namesAndSizesAreBounded() {
        assertThat(display("x".repeat(300)).status(pages::displayPreferences)).isEqualTo(400);
        assertThat(settings().body("{\"a\":\"" + "x".repeat(600_000) + "\"}").status(pages::replaceUserSettings))
                .isEqualTo(413);
    }
}
