package org.embygateway.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.embygateway.index.UpstreamItem;
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
}
