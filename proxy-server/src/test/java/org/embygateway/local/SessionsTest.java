package org.embygateway.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.embygateway.auth.Requests;
import org.embygateway.index.IndexChange;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UserRecord;
import org.embygateway.local.LocalFixture.Client;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    @TempDir
    private Path folder;

    private LocalFixture local;
    private Caller tv;
    private Caller phone;

    @BeforeEach
    void open() {
        local = new LocalFixture(folder);
        local.people.add("anna", "pw");
        tv = local.signIn("anna", Requests.TV);
        phone = local.signIn("anna", LocalFixture.PHONE);
    }

    @AfterEach
    void close() {
        local.close();
    }

    private Requests at(Caller target) {
        return Requests.post("/Sessions/x").param("Id", target.sessionId()).as(phone);
    }

    private JsonNode sessions(Caller caller, String query) {
        return Requests.get("/Sessions").as(caller).query(query).json(local.pages::list);
    }

    @Test
    void aClientFindsItsOwnSessionByItsDevice() {
        JsonNode list = sessions(tv, "DeviceId=tv-1");

        assertThat(list).hasSize(1);
        assertThat(list.get(0).path("Id").asText()).isEqualTo(tv.sessionId());
        assertThat(list.get(0).path("PlayState").path("RepeatMode").asText()).isEqualTo("RepeatNone");
        assertThat(list.get(0).path("AdditionalUsers").isArray()).isTrue();
        assertThat(sessions(tv, "DeviceId=other")).isEmpty();
    }

    @Test
    void sessionsOfOthersAreSeenByAdministratorsOnly() {
        local.people.add("berta", "pw");
        local.people.addAdmin("root", "pw");

        assertThat(sessions(local.signIn("berta", Requests.TV), "")).hasSize(1);
        assertThat(sessions(local.signIn("root", Requests.TV), "")).hasSize(4);
    }

    @Test
    void capabilitiesComeInEveryForm() {
        Requests post = Requests.post("/Sessions/Capabilities/Full").as(tv);

        post.body(
                        "{\"PlayableMediaTypes\":\"Audio,Video\",\"SupportedCommands\":[\"Mute\"],\"SupportsMediaControl\":\"true\","
                                + "\"Id\":\"stale\",\"DeviceProfile\":{\"Name\":\"tv\"},\"IconUrl\":\"https://icons.test/tv.png\"}")
                .on(local.pages::capabilities);
        JsonNode told = sessions(tv, "DeviceId=tv-1").get(0);
        assertThat(told.path("PlayableMediaTypes").toString()).isEqualTo("[\"Audio\",\"Video\"]");
        assertThat(told.path("SupportedCommands").toString()).isEqualTo("[\"Mute\"]");
        assertThat(told.path("SupportsRemoteControl").asBoolean(true)).isFalse();
        assertThat(local.sessions
                        .deviceProfile(tv.sessionId())
                        .map(p -> p.path("Name").asText()))
                .contains("tv");

        post.query("PlayableMediaTypes=Video&SupportsMediaControl=true").on(local.pages::capabilities);
        assertThat(sessions(tv, "DeviceId=tv-1").get(0).path("PlayableMediaTypes"))
                .hasSize(1);
        Client client = local.new Client(tv);
        assertThat(sessions(phone, "ControllableByUserId=me")).hasSize(1);
        client.hangsUp();
        assertThat(sessions(phone, "ControllableByUserId=me")).isEmpty();
    }

    @Test
    void whatPlaysIsShownWithAPositionThatGoesOn() {
        ObjectNode report = EmbyJson.object();
        report.put("CanSeek", true)
                .put("PlaybackRate", 2)
                .putArray("NowPlayingQueue")
                .addObject()
                .put("Id", 3);
        local.sessions.playing(tv, new ItemId(3), report, OptionalLong.of(100_000_000));
        local.clock.pass(Duration.ofSeconds(5));

        JsonNode session = sessions(phone, "DeviceId=tv-1").get(0);
        assertThat(session.path("NowPlayingItem").path("Id").asText()).isEqualTo("3");
        assertThat(session.path("PlayState").path("PositionTicks").asLong()).isEqualTo(200_000_000);
        assertThat(Requests.get("/Sessions/PlayQueue")
                        .as(phone)
                        .query("DeviceId=tv-1")
                        .json(local.pages::playQueue)
                        .path("TotalRecordCount")
                        .asInt())
                .isEqualTo(1);

        report.put("IsPaused", true);
        local.sessions.playing(tv, new ItemId(3), report, OptionalLong.of(300_000_000));
        local.clock.pass(Duration.ofSeconds(5));
        assertThat(sessions(tv, "DeviceId=tv-1")
                        .get(0)
                        .path("PlayState")
                        .path("PositionTicks")
                        .asLong())
                .isEqualTo(300_000_000);

        local.sessions.stopped(tv.sessionId());
        assertThat(sessions(tv, "DeviceId=tv-1").get(0).has("NowPlayingItem")).isFalse();
    }

    @Test
    void anotherDeviceCanBeTold() {
        Client client = local.new Client(tv);

        assertThat(at(tv).query("ItemIds=5,3&StartPositionTicks=7").status(local.pages::play))
                .isEqualTo(204);
        assertThat(client.last("Play").toString())
                .contains("\"ItemIds\":[6,7,3]")
                .contains("\"PlayCommand\":\"PlayNow\"")
                .contains("\"StartPositionTicks\":7");
        at(tv).body("{\"ItemIds\":[3],\"PlayCommand\":\"PlayNext\"}").on(local.pages::play);
        assertThat(client.last("Play").path("PlayCommand").asText()).isEqualTo("PlayNext");

        at(tv).param("Command", "Seek").query("SeekPositionTicks=5").on(local.pages::playstate);
        assertThat(client.last("Playstate").path("SeekPositionTicks").asLong()).isEqualTo(5);
        at(tv).body("{\"Name\":\"SetVolume\",\"Arguments\":{\"Volume\":40}}").on(local.pages::command);
        assertThat(client.last("GeneralCommand")
                        .path("Arguments")
                        .path("Volume")
                        .asText())
                .isEqualTo("40");
        at(tv).param("Command", "Mute")
                .query("api_key=secret&X-Emby-Token=secret")
                .on(local.pages::namedCommand);
        assertThat(client.last("GeneralCommand").toString())
                .contains("\"Arguments\":{}")
                .doesNotContain("secret");
        at(tv).query("Text=Hello&TimeoutMs=500").on(local.pages::message);
        assertThat(client.last("GeneralCommand").path("Arguments").has("Header"))
                .isTrue();
    }

    @Test
    void nobodyControlsAnothersDevice() {
        local.people.add("berta", "pw");
        Caller berta = local.signIn("berta", Requests.TV);
        Client client = local.new Client(berta);

        assertThat(at(berta).query("ItemIds=3").status(local.pages::play)).isEqualTo(404);
        assertThat(at(berta).param("Command", "Stop").status(local.pages::playstate))
                .isEqualTo(404);
        assertThat(client.got).isEmpty();
        assertThat(at(tv).param("UserId", berta.user().value()).status(local.pages::additionalUser))
                .isEqualTo(403);
    }

    @Test
    void loggingOutEndsThisDeviceAndItsSocketOnly() {
        Client onTv = local.new Client(tv);
        Client onPhone = local.new Client(phone);

        assertThat(Requests.post("/Sessions/Logout").as(tv).status(local.pages::logout))
                .isEqualTo(204);

        assertThat(onTv.closes).containsExactly(1000);
        assertThat(onPhone.closes).isEmpty();
        assertThat(local.people.caller(tv.token())).isEmpty();
        assertThat(local.people.caller(phone.token())).isPresent();
    }

    @Test
    void aSocketEndsWithItsSignIn() {
        Client client = local.new Client(tv);
        local.sockets.turn();
        assertThat(client.closes).isEmpty();

        local.people.signIns.removeAll(tv.user());
        local.clock.pass(Duration.ofSeconds(3));
        local.sockets.turn();

        assertThat(client.closes).containsExactly(1000);
    }

    @Test
    void everyMessageHasAnIdOfItsOwn() {
        Client client = local.new Client(tv);
        client.says("{\"MessageType\":\"KeepAlive\"}");
        client.says("{\"MessageType\":\"ScheduledTasksInfoStart\",\"Data\":\"0,1500\"}");

        Set<String> ids = new HashSet<>();
        client.got.forEach(m -> ids.add(m.path("MessageId").asText()));
        assertThat(ids).hasSize(2).allMatch(id -> id.matches("[0-9a-f]{32}"));
        assertThat(client.last("ScheduledTasksInfo").isArray()).isTrue();
    }

    @Test
    void rubbishOnASocketIsLeftAside() {
        Client client = local.new Client(tv);
        for (String text :
                List.of("", "{", "[]", "null", "{\"MessageType\":7}", "{\"MessageType\":\"SessionsStart\"}")) {
            client.says(text);
        }

        assertThat(client.closes).isEmpty();
    }

    @Test
    void onlyTheUsersOwnDevicesHearOfItsStates() {
        local.people.add("berta", "pw");
        Client own = local.new Client(phone);
        Client others = local.new Client(local.signIn("berta", Requests.TV));

        local.sockets.userDataChanged(
                tv.user(), List.of(EmbyJson.object().put("ItemId", "3").put("Played", true)));

        assertThat(own.last("UserDataChanged").path("UserId").asText())
                .isEqualTo(tv.user().value());
        assertThat(own.last("UserDataChanged")
                        .path("UserDataList")
                        .get(0)
                        .path("ItemId")
                        .asText())
                .isEqualTo("3");
        assertThat(others.got).isEmpty();
    }

    @Test
    void sessionsAreToldToSubscribersWhenTheyChange() {
        Client client = local.new Client(phone);
        client.says("{\"MessageType\":\"SessionsStart\",\"Data\":\"0,1500\"}");
        local.sockets.turn();
        assertThat(client.last("Sessions")).hasSize(2);

        local.clock.pass(Duration.ofSeconds(2));
        local.sockets.turn();
        assertThat(client.got).hasSize(1);

        local.sessions.playing(tv, new ItemId(3), EmbyJson.object(), OptionalLong.empty());
        local.clock.pass(Duration.ofSeconds(2));
        local.sockets.turn();
        assertThat(client.got).hasSize(2);

        client.says("{\"MessageType\":\"SessionsStop\",\"Data\":\"\"}");
        local.sessions.stopped(tv.sessionId());
        local.clock.pass(Duration.ofSeconds(2));
        local.sockets.turn();
        assertThat(client.got).hasSize(2);
    }

    @Test
    void aChangeOfTheLibraryIsToldOnceAndOnlyToThoseWhoSeeIt() {
        UserRecord berta = local.people.add("berta", "pw");
        local.people.users.update(new UserRecord(
                berta.id(),
                berta.name(),
                berta.passwordHash(),
                false,
                false,
                new UpstreamAccess.Selected(Set.of(new UpstreamId(1))),
                "{}",
                berta.created(),
                Optional.empty(),
                Optional.empty()));
        Client all = local.new Client(tv);
        Client some = local.new Client(local.signIn("berta", Requests.TV));

        local.sockets.libraryChanged(new IndexChange(Set.of(new ItemId(3), new ItemId(12)), Set.of(new ItemId(13))));
        local.sockets.libraryChanged(new IndexChange(Set.of(new ItemId(4)), Set.of()));
        local.sockets.turn();
        assertThat(all.got).isEmpty();
        local.clock.pass(Duration.ofSeconds(6));
        local.sockets.turn();

        assertThat(all.got).hasSize(1);
        assertThat(all.last("LibraryChanged").path("ItemsUpdated")).hasSize(3);
        assertThat(all.last("LibraryChanged").path("ItemsRemoved").toString()).isEqualTo("[\"13\"]");
        assertThat(some.last("LibraryChanged").toString())
                .doesNotContain("\"12\"")
                .doesNotContain("\"13\"");
        assertThat(some.last("LibraryChanged").path("ItemsUpdated")).hasSize(2);
    }

    @Test
    void reportsOverASocketArePassedOnInBothForms() {
        Client client = local.new Client(tv);
        client.says("{\"MessageType\":\"ReportPlaybackStart\",\"Data\":{\"ItemId\":\"3\"}}");
        client.says("{\"MessageType\":\"ReportPlaybackStopped\",\"Data\":\"{\\\"ItemId\\\":\\\"3\\\"}\"}");

        assertThat(local.reported)
                .containsExactly("ReportPlaybackStart {\"ItemId\":\"3\"}", "ReportPlaybackStopped {\"ItemId\":\"3\"}");
    }
}
