package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What someone may like, and what comes next besides episodes. */
class DiscoveryTest {
    private final Fixture fixture = new Fixture();
    private final Caller alice = Fixture.caller(1);
    private DiscoveryHandlers discovery;

    /** Films 100 to 119; those of one remainder by four share a genre, those by five a director. */
    @BeforeEach
    void twentyFilmsAndTwoAudioBooks() {
        fixture.view(10, "Films", "movies", 1);
        fixture.view(11, "Books", "audiobooks", 1);
        for (int i = 0; i < 20; i++) {
            fixture.item(100 + i, ItemKind.MOVIE, "Film " + i)
                    .views(10)
                    .on(
                            1,
                            Fixture.library(10),
                            ("{'Genres':['G%d'],'CommunityRating':%d,'People':[{'Name':'D%d','Type':'Director'},"
                                            + "{'Name':'A%d','Type':'Actor'}]}")
                                    .formatted(i % 4, i % 9, i % 5, i % 3))
                    .names(ItemKind.GENRE, 50 + i % 4, "G" + i % 4)
                    .does("Director", 60 + i % 5, "D" + i % 5)
                    .does("Actor", 70 + i % 3, "A" + i % 3)
                    .add();
        }
        for (int i = 0; i < 5; i++) {
            fixture.item(50 + i, ItemKind.GENRE, "G" + i).add();
            fixture.item(60 + i, ItemKind.PERSON, "D" + i).add();
            fixture.item(70 + i, ItemKind.PERSON, "A" + i).add();
        }
        book(300);
        book(400);
        fixture.load();
        discovery = new DiscoveryHandlers(fixture.catalogue, ReadThrough.NONE);
    }

    private void book(int id) {
        fixture.item(id, ItemKind.MUSIC_ALBUM, "Book " + id)
                .views(11)
                .on(1, Fixture.library(11), "{}")
                .add();
        for (int part = 1; part <= 3; part++) {
            fixture.item(id + part, ItemKind.AUDIO, "Part %d of %d".formatted(part, id))
                    .views(11)
                    .on(1, Fixture.library(11), "{'AlbumId':'%s','IndexNumber':%d}".formatted(id % 1000 + 1, part))
                    .add();
        }
    }

    @Test
    void aDirectorInCommonWeighsMoreThanActorAndGenre() {
        JsonNode similar = Fixture.ask(discovery::similar, alice, "Limit=4", "Id", "100");
        assertThat(Fixture.names(similar.path("Items"))).containsExactly("Film 15", "Film 5", "Film 10", "Film 12");
        assertThat(similar.path("TotalRecordCount").asInt()).isEqualTo(4);
    }

    @Test
    void similarFilmsAreThoseThatOtherParametersLeave() {
        fixture.mark(115, Fixture.played("2024-05-01T00:00:00Z"));
        JsonNode similar = Fixture.ask(discovery::similar, alice, "Limit=2&IsPlayed=false", "Id", "100");
        assertThat(Fixture.names(similar.path("Items"))).containsExactly("Film 5", "Film 10");
    }

    @Test
    void whatIsPlayedLeavesRoomForWhatIsLessAlikeInRecommendations() {
        fixture.mark(100, Fixture.played("2024-05-09T00:00:00Z"));
        for (int film = 101; film < 118; film++) {
            if (film != 109) {
                fixture.mark(film, Fixture.played("2024-05-01T00:00:00Z"));
            }
        }
        JsonNode all = Fixture.ask(discovery::recommendations, alice, "CategoryLimit=1&ItemLimit=2");
        assertThat(all.path(0).path("BaselineItemName").asText()).isEqualTo("Film 0");
        assertThat(Fixture.names(all.path(0).path("Items"))).containsExactlyInAnyOrder("Film 9", "Film 18");
    }

    @Test
    void recommendationsOfAllTypesTakeTurnsAndStandByType() {
        fixture.mark(100, Fixture.played("2024-05-01T00:00:00Z"));
        fixture.mark(101, Fixture.played("2024-05-02T00:00:00Z"));
        fixture.mark(102, Fixture.played("2024-05-03T00:00:00Z"));
        fixture.mark(103, Fixture.favorite());
        JsonNode all = Fixture.ask(discovery::recommendations, alice, "CategoryLimit=5&ItemLimit=3");
        assertThat(all.findValuesAsText("RecommendationType"))
                .containsExactly(
                        "SimilarToRecentlyPlayed",
                        "SimilarToRecentlyPlayed",
                        "SimilarToLikedItem",
                        "HasDirectorFromRecentlyPlayed",
                        "HasActorFromRecentlyPlayed");
        assertThat(all.findValuesAsText("BaselineItemName")).containsExactly("Film 2", "Film 1", "Film 3", "D2", "A2");
        assertThat(all.path(0).path("CategoryId").isNumber()).isTrue();
        assertThat(all.path(0).path("Items")).hasSize(3);
        assertThat(Fixture.names(all.path(3).path("Items")))
                .doesNotContain("Film 2")
                .isNotEmpty();
    }

    @Test
    void suggestionsAreUnplayedFilmsOfTheMediaAskedFor() {
        for (int i = 0; i < 18; i++) {
            fixture.mark(100 + i, Fixture.played("2024-05-01T00:00:00Z"));
        }
        assertThat(Fixture.names(
                        Fixture.ask(discovery::suggestions, alice, "Limit=10").path("Items")))
                .containsExactlyInAnyOrder("Film 18", "Film 19");
        assertThat(Fixture.ask(discovery::suggestions, alice, "MediaType=Audio").path("Items"))
                .isEmpty();
    }

    @Test
    void theNextPartOfTheBookHeardLastComesFirst() {
        AudioBookHandlers books = new AudioBookHandlers(fixture.catalogue, ReadThrough.NONE);
        assertThat(Fixture.ask(books::nextUp, alice, "").path("Items")).isEmpty();
        fixture.mark(301, Fixture.played("2024-05-01T00:00:00Z"));
        fixture.mark(401, Fixture.played("2024-05-02T00:00:00Z"));
        fixture.mark(402, Fixture.at(7, "2024-05-02T01:00:00Z"));
        List<String> next = Fixture.names(Fixture.ask(books::nextUp, alice, "").path("Items"));
        assertThat(next).containsExactly("Part 2 of 400", "Part 2 of 300");
        assertThat(Fixture.names(
                        Fixture.ask(books::nextUp, alice, "AlbumId=300").path("Items")))
                .containsExactly("Part 2 of 300");
        fixture.mark(303, Fixture.played("2024-05-03T00:00:00Z"));
        assertThat(Fixture.ask(books::nextUp, alice, "AlbumId=300").path("Items"))
                .isEmpty();
    }
}
