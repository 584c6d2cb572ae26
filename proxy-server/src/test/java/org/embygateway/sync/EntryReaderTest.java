package org.embygateway.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.embygateway.catalogue.RowExcerpts;
import org.embygateway.index.Excerpts;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryReaderTest {
    private static final UpstreamId SERVER = new UpstreamId(1);
    private static final String HEAT =
            "{ \"Name\":\"He\\u0061t\", \"Id\":\"1\",\"Type\":\"Movie\",\"CommunityRating\":7.10,\"Etag\":null,\"New\":{\"a\":[1e2]}}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<UpstreamItem> items(byte[] answer) {
        return Page.of(answer, SERVER).items("3");
    }

    private static String document(UpstreamItem item) {
        return new String(item.document(), StandardCharsets.UTF_8);
    }

    @Test
    void anItemIsKeptByteByByte() {
        String page = "{\"TotalRecordCount\":2,\"Items\":[" + HEAT
                + ", {\"Id\":2,\"Name\":\"流浪地球\",\"Type\":\"Movie\"}],\"X\":[{}]}";
        List<UpstreamItem> items = items(bytes(page));

        assertThat(items).extracting(UpstreamItem::name).containsExactly("Heat", "流浪地球");
        assertThat(document(items.get(0))).isEqualTo(HEAT);
        assertThat(document(items.get(1))).isEqualTo("{\"Id\":2,\"Name\":\"流浪地球\",\"Type\":\"Movie\"}");
        assertThat(Page.of(bytes(page), SERVER).total()).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"UserData\":{\"Played\":true},\"Id\":1,\"Name\":\"Heat\",\"Type\":\"Movie\",\"New\":1}",
                "{\"Id\":1,\"Name\":\"Heat\",\"Type\":\"Movie\",\"New\":1,\"UserData\":{\"Played\":true}}",
                "{\"Id\":1,\"UserData\":{\"Played\":true},\"Name\":\"Heat\",\"UserData\":{\"Played\":true},\"Type\":\"Movie\",\"New\":1}"
            })
    void theWatchStateOfTheAccountIsLeftOut(String dto) {
        assertThat(document(items(bytes("[" + dto + "]")).getFirst()))
                .doesNotContain("UserData", "Played")
                .contains("\"New\":1");
    }

    @Test
    void otherEncodingsAndMarksAreUnderstood() {
        String page = "[{\"Id\":1,\"Name\":\"Der Bär\",\"Type\":\"Movie\"}]";
        for (byte[] answer :
                List.of(bytes("\ufeff" + page), bytes(" \n" + page), page.getBytes(StandardCharsets.UTF_16))) {
            UpstreamItem item = items(answer).getFirst();
            assertThat(item.name()).isEqualTo("Der Bär");
            assertThat(document(item)).isEqualTo(page.substring(1, page.length() - 1));
        }
    }

    @Test
    void whatIsNoItemCountsAsAPlaceInTheList() {
        Page page = Page.of(bytes("{\"Items\":[1,null,\"x\",[{}],{},12345678901234567890,1.5]}"), SERVER);

        assertThat(page.size()).isEqualTo(7);
        assertThat(page.items("3")).isEmpty();
        assertThat(page.total()).isEmpty();
    }

    @Test
    void theLastOfAFieldThatComesTwiceCounts() {
        assertThat(items(bytes("{\"Items\":[],\"Items\":[{\"Id\":1,\"Id\":2,\"Name\":\"Heat\",\"Type\":\"Movie\"}]}")))
                .extracting(UpstreamItem::id)
                .containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html>",
                "{}",
                "{\"Items\":{}}",
                "{\"Items\":[],\"Items\":1}",
                "1",
                "{\"Items\":[",
                "{\"Items\":[{\"Id\":1,\"Overview\":\"x]}",
                "{\"Items\":[]} {}",
                "{\"Items\":[]}]"
            })
    void whatIsNoListIsABadAnswer(String answer) {
        assertThatThrownBy(() -> Page.of(bytes(answer), SERVER)).isInstanceOf(UpstreamFailed.class);
    }

    @Test
    void whatIsNestedTooDeepIsABadAnswerWhereverItIs() {
        for (String field : List.of("Chapters", "New")) {
            String deep = "[{\"" + field + "\":" + "[".repeat(100) + "]".repeat(100) + "}]";
            assertThatThrownBy(() -> Page.of(bytes(deep), SERVER)).isInstanceOf(UpstreamFailed.class);
        }
    }

    @Test
    void bytesThatAreNoTextAreABadAnswerWhereverTheyAre() {
        for (String field : List.of("Overview", "New")) {
            byte[] answer = bytes("[{\"" + field + "\":\"?\"}]");
            for (int i = 0; i < answer.length; i++) {
                answer[i] = answer[i] == '?' ? (byte) 0xff : answer[i];
            }
            assertThatThrownBy(() -> Page.of(answer, SERVER)).isInstanceOf(UpstreamFailed.class);
        }
    }

    @Test
    void anAnswerThatIsOneItemIsRead() {
        assertThat(Entry.of(bytes(HEAT), SERVER).id()).isEqualTo("1");
        assertThatThrownBy(() -> Entry.of(bytes(HEAT + HEAT), SERVER)).isInstanceOf(UpstreamFailed.class);
    }

    /** Every field that something is found by, with a value that shows. */
    private static final String ALL_THAT_IS_ASKED = """
            {"Id":"1","Name":"Heat","Type":"Movie","OriginalTitle":"Hitze","SortName":"heat 1","ForcedSortName":"heat 2",
             "Overview":"A thief.","DateCreated":"2024-01-05T10:00:00.0000000Z","PremiereDate":"1995-12-15T00:00:00.0000000Z",
             "EndDate":"1996-12-15T00:00:00.0000000Z","DateLastSaved":"2025-12-15T00:00:00.0000000Z","ProductionYear":1995,
             "OfficialRating":"R","CommunityRating":8.3,"CriticRating":87,"RunTimeTicks":102000000000,"IndexNumber":1,
             "IndexNumberEnd":2,"ParentIndexNumber":3,"SortIndexNumber":4,"SortParentIndexNumber":5,"AirDays":["Monday"],
             "AirTime":"20:00","Status":"Continuing","CollectionType":"movies","Album":"Heat","AlbumId":"7","ParentId":"8",
             "ProviderIds":{"Tmdb":"949"},"Artists":["Moby"],"ArtistItems":[{"Name":"Eno","Id":"9"}],
             "AlbumArtists":[{"Name":"Moby","Id":"10"}],"Composers":[{"Name":"Goldenthal","Id":"11"}],"Bitrate":8,"Size":9,
             "Container":"mkv","Width":1280,"Height":720,"Video3DFormat":"HalfSideBySide","LocalTrailerCount":1,
             "RemoteTrailers":[{"Url":"u"}],"SpecialFeatureCount":1,"LockData":true,"HasSubtitles":true,
             "MediaType":"Video","AlbumArtist":"Bach","ExtraType":"Clip","ChannelName":"arte","CanDownload":true,
             "SupportsResume":true,"PrimaryImageAspectRatio":0.75,"ImageTags":{"Primary":"c"},"BackdropImageTags":["b"],"PrimaryImageTag":"x",
             "MediaStreams":[{"Type":"Video","Codec":"av1","Width":10,"Height":10}],
             "MediaSources":[{"Id":"12","Container":"avi","Bitrate":13,"Size":14,"Video3DFormat":"x","MediaStreams":[
              {"Type":"Video","Codec":"hevc","Width":3840,"Height":2160,"AverageFrameRate":23.9,"ExtendedVideoType":"Hdr10","VideoRange":"HDR"},
              {"Type":"Audio","Codec":"ac3","Language":"eng","ChannelLayout":"5.1"},
              {"Type":"Subtitle","Codec":"srt","Language":"ger"}]}]}""";

    @Test
    void whatWasReadOfAnItemIsAllThatExcerptsAskFor() throws IOException {
        Excerpts excerpts = new RowExcerpts("5d41402abc4b2a76b9719d911017c592");
        JsonNode all = EmbyJson.read(bytes(ALL_THAT_IS_ASKED));
        for (String without : List.of("", "Size", "Bitrate", "Container", "Width", "MediaStreams", "HasSubtitles")) {
            ObjectNode some = all.<ObjectNode>deepCopy().without(List.of(without));
            UpstreamItem item = items(
                            EmbyJson.write(EmbyJson.MAPPER.createArrayNode().add(some)))
                    .getFirst();
            for (ItemKind kind : List.of(ItemKind.MOVIE, ItemKind.AUDIO, ItemKind.VIDEO)) {
                assertThat(excerpts.of(SERVER, "1", kind, item.said()))
                        .as("without %s", without)
                        .isEqualTo(excerpts.of(SERVER, "1", kind, some));
            }
        }
    }
}
