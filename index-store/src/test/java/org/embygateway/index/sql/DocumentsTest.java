package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.embygateway.index.StoreFailure;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsPackedComesBack() {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        for (byte[] document : new byte[][] {{}, utf8("{}"), utf8("{\"Name\":\"流浪地球\"}".repeat(9)), noise}) {
            assertThat(Documents.unpack(Documents.pack(document))).isEqualTo(document);
        }
    }

    @Test
    void documentsOfTheFirstVersionsAreStillRead() {
        byte[] packed = HexFormat.of().parseHex("0183277c6069010e46545f805d626806acae6b01");
        assertThat(Documents.unpack(packed)).isEqualTo(utf8("{\"Name\":\"Heat\",\"Type\":\"Movie\",\"Id\":\"1600\"}"));
    }

    @Test
    void aDamagedDocumentIsAFailureOfTheStore() {
        byte[] whole = Documents.pack(utf8("{\"Name\":\"Heat\"}".repeat(50)));
        byte[] cut = Arrays.copyOf(whole, whole.length - 2);
        for (byte[] packed : new byte[][] {{}, {1, 2, 3}, {2, 0, 0, 0}, {77, 1}, cut}) {
            assertThatThrownBy(() -> Documents.unpack(packed)).isInstanceOf(StoreFailure.class);
        }
    }
}
