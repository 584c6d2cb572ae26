package org.embygateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonExcerptTest {
    private static final JsonExcerpt ALL = new JsonExcerpt(Set.of(), Map.of());

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void withoutAnythingLeftOutItIsTheWholeDocument() throws IOException {
        byte[] json = bytes(
                "{\"a\":[1,-2.5,3000000000,123456789012345678901,true,null,\"ö\",{\"b\":{}}],\"c\":[],\"d\":false}");
        assertThat(ALL.read(json)).isEqualTo(EmbyJson.read(json));
    }

    @Test
    void whatIsNamedIsLeftOutHoweverDeepItIs() throws IOException {
        JsonExcerpt excerpt = new JsonExcerpt(Set.of("Path", "Chapters"), Map.of());
        assertThat(excerpt.read(bytes(
                                "{\"Chapters\":[{\"a\":1}],\"S\":[{\"Path\":\"/x\",\"Id\":\"1\"}],\"Path\":\"/y\"}"))
                        .toString())
                .isEqualTo("{\"S\":[{\"Id\":\"1\"}]}");
    }

    @Test
    void ofSomeValuesOnlyWhatIsNamedIsTaken() throws IOException {
        JsonExcerpt excerpt = new JsonExcerpt(Set.of("Codec"), Map.of("Streams", Set.of("Type", "Codec", "More")));
        assertThat(excerpt.read(
                                bytes(
                                        "{\"S\":[{\"Streams\":[{\"Type\":\"Video\",\"Codec\":\"h264\",\"Level\":4,\"More\":{\"Level\":5}}]}],\"Level\":3}"))
                        .toString())
                .isEqualTo(
                        "{\"S\":[{\"Streams\":[{\"Type\":\"Video\",\"Codec\":\"h264\",\"More\":{\"Level\":5}}]}],\"Level\":3}");
    }

    @Test
    void fieldsOfAnObjectAreTakenWhole() throws IOException {
        byte[] json = bytes("{\"A\":{\"B\":[1,{\"A\":2}]},\"B\":[{\"A\":3}],\"a\":1.5,\"A2\":null}");
        assertThat(JsonExcerpt.fields(json, Set.of("A", "A2")::contains).toString())
                .isEqualTo("{\"A\":{\"B\":[1,{\"A\":2}]},\"A2\":null}");
        for (String broken : new String[] {"", "[]", "7", "{}{}", "{\"a\":}", "{\"a\":[1,2}"}) {
            assertThatThrownBy(() -> JsonExcerpt.fields(bytes(broken), field -> true))
                    .as(broken)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNoSingleDocumentIsRefused() {
        for (String broken : new String[] {"", "{", "{}{}", "[1,", "{\"a\":}", "nonsense"}) {
            assertThatThrownBy(() -> ALL.read(bytes(broken))).as(broken).isInstanceOf(IOException.class);
        }
    }
}
