package org.embygateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbyJsonTest {
    private static byte[] array(String element, int count) {
        return ("{\"a\":[" + (element + ",").repeat(count) + "0]}").getBytes(StandardCharsets.UTF_8);
    }

    /** Ten megabytes of these took three hundred of heap. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"\":0}", "{}", "[]", "0", "\"\"", "{\"a\":{\"a\":null}}"})
    void textThatWouldTakeManyTimesItsLengthAsValuesIsRefused(String element) {
        byte[] bomb = array(element, 1_000_000);

        assertThatThrownBy(() -> EmbyJson.read(bomb)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> EmbyJson.readOfClient(bomb)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> {
                    try (JsonParser parser = EmbyJson.listParser(bomb)) {
                        parser.nextToken();
                        parser.skipChildren();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aQueueOfTwentyThousandTitlesIsTaken() throws IOException {
        byte[] queue = array("{\"Id\":\"2147483647\",\"PlaylistItemId\":\"playlistItem19999\"}", 20_000);

        assertThat(EmbyJson.readOfClient(queue).path("a")).hasSize(20_001);
    }
}
