package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.embygateway.index.MergedItem.ByNameRef;
import org.embygateway.index.Outline;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowExcerptsTest {
    private static final UpstreamId SERVER = new UpstreamId(3);
    private final RowExcerpts excerpts = new RowExcerpts(Fixture.SERVER);

    private Facts kept(ItemKind kind, JsonNode document, ByNameRef... names) {
        return RowExcerpts.facts(new Outline.Excerpt(excerpts.of(SERVER, "17", kind, document), List.of(names)));
    }

    private static Facts read(ItemKind kind, JsonNode document) {
        return Facts.of(
                document,
                kind,
                "",
                List.of(),
                Images.of(SERVER, "17", document, Fixture.SERVER),
                Shown.of(
                        document,
                        RowExcerpts.sources(document),
                        kind,
                        new RowReader.Names(List.of()).artists(document)));
    }

    static Stream<HostileDocumentsTest.Place> places() {
        return HostileDocumentsTest.places();
    }

    @ParameterizedTest
    @MethodSource("places")
    void itSaysWhatTheDocumentSays(HostileDocumentsTest.Place place) throws Exception {
        for (String junk : HostileDocumentsTest.JUNK) {
            if (junk.contains("ud83d")) {
                continue; // half a character is none in a row either, once it is packed
            }
            JsonNode document = place.with(EmbyJson.MAPPER.readTree(junk));
            for (ItemKind kind : List.of(ItemKind.MOVIE, ItemKind.EPISODE, ItemKind.AUDIO, ItemKind.VIDEO)) {
                assertThat(kept(kind, document)).as(junk).isEqualTo(read(kind, document));
            }
        }
    }

    @Test
    void namesAreThoseOfTheCopyAsTheyAreMergedNow() {
        ByNameRef genre = new ByNameRef(ItemKind.GENRE, new ItemId(7), "Crime", "");
        ByNameRef person = new ByNameRef(ItemKind.PERSON, new ItemId(300), "Al Pacino", "Actor");
        assertThat(kept(ItemKind.MOVIE, Fixture.parse("{'Name':'Heat','Genres':['Crime']}"), genre, person)
                        .refs())
                .containsExactly(
                        new Facts.Ref(ItemKind.GENRE, new ItemId(7), ""),
                        new Facts.Ref(ItemKind.PERSON, new ItemId(300), "Actor"));
    }

    @Test
    void theFormIsAnotherOneForAnotherGatewaySinceThePicturesAre() {
        assertThat(excerpts.form())
                .isNotZero()
                .isEqualTo(new RowExcerpts(Fixture.SERVER).form())
                .isNotEqualTo(new RowExcerpts("0".repeat(32)).form());
    }
}
