package org.embygateway.index.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.merge.FactsOf.album;
import static org.embygateway.index.merge.FactsOf.artist;
import static org.embygateway.index.merge.FactsOf.gone;
import static org.embygateway.index.merge.FactsOf.song;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which albums, songs and artists are one. */
class MusicMergeTest {
    private static final Map<String, String> NONE = Map.of();

    private static int titles(Facts... copies) {
        return Merge.of(List.of(copies)).titles().size();
    }

    private static List<String> reasons(Facts... copies) {
        return Merge.of(List.of(copies)).reasons().stream().map(Reason::text).toList();
    }

    private static List<String> suspicions(Facts... copies) {
        return Merge.of(List.of(copies)).suspicions().stream()
                .map(Merge.Notice::text)
                .toList();
    }

    private static List<String> conflicts(Facts... copies) {
        return Merge.of(List.of(copies)).conflicts().stream()
                .map(Merge.Notice::text)
                .toList();
    }

    private static Map<String, String> release(String release, String group) {
        return Map.of("musicbrainzalbum", release, "musicbrainzreleasegroup", group);
    }

    @Test
    void anAlbumIsKnownByItsRelease() {
        Facts one = album(1, "Kind of Blue", "Miles Davis", 1959, 5, Map.of("musicbrainzalbum", "r1"));
        Facts other = album(2, "Голубое", "", 0, 0, Map.of("musicbrainzalbum", "R1"));
        assertThat(titles(one, other)).isEqualTo(1);
        assertThat(reasons(one, other)).containsExactly("same musicbrainzalbum r1");
    }

    @Test
    void otherReleasesOfOneGroupAreOneAlbumWhenTheyHaveAsManyTracks() {
        Facts first = album(1, "Kind of Blue", "Miles Davis", 1959, 5, release("r1", "g"));
        Facts remaster = album(2, "Kind of Blue (Remastered)", "Miles Davis", 2009, 5, release("r2", "g"));
        Facts deluxe = album(3, "Kind of Blue", "Miles Davis", 1959, 9, release("r3", "g"));
        assertThat(titles(first, remaster)).isEqualTo(1);
        assertThat(titles(first, deluxe)).isEqualTo(2);
        assertThat(suspicions(first, deluxe)).contains("same musicbrainzreleasegroup g, but 5 and 9 tracks");
        assertThat(conflicts(first, deluxe)).isEmpty();
    }

    @Test
    void oneReleaseIsOneAlbumAlsoWhereATrackIsMissing() {
        assertThat(titles(
                        album(1, "Blue", "Joni Mitchell", 1971, 10, release("r1", "g")),
                        album(2, "Blue", "Joni Mitchell", 1971, 9, release("r1", "g"))))
                .isEqualTo(1);
    }

    @Test
    void idsThatDifferKeepAlbumsApartWhateverElseAgrees() {
        Facts one = album(1, "Weezer", "Weezer", 1994, 10, Map.of("musicbrainzreleasegroup", "blue"));
        Facts other = album(2, "Weezer", "Weezer", 1994, 10, Map.of("musicbrainzreleasegroup", "green"));
        assertThat(titles(one, other)).isEqualTo(2);
        assertThat(conflicts(one, other))
                .containsExactly("same artist and name, but musicbrainzreleasegroup differs (blue, green)");
        assertThat(titles(
                        album(1, "Blue", "Joni", 1971, 10, Map.of("musicbrainzalbum", "r1")),
                        album(2, "Blue", "Joni", 1971, 10, Map.of("musicbrainzalbum", "r2"))))
                .isEqualTo(2);
        assertThat(titles(
                        album(1, "Hope", "Nirvana", 1968, 10, Map.of("musicbrainzalbumartist", "uk")),
                        album(2, "Hope", "Nirvana", 1968, 10, Map.of("musicbrainzalbumartist", "us"))))
                .isEqualTo(2);
    }

    @Test
    void withoutIdsArtistAndNameAndYearDecide() {
        Facts one = album(1, "The Wall", "Pink Floyd", 1979, 26, NONE);
        Facts other = album(2, "WALL", "The Pink Floyd", 1979, 26, NONE);
        assertThat(titles(one, other)).isEqualTo(1);
        assertThat(reasons(one, other)).containsExactly("same artist, name and year 1979");
        assertThat(titles(one, album(2, "The Wall", "Roger Waters", 1979, 26, NONE)))
                .isEqualTo(2);
        assertThat(titles(one, album(2, "The Wall", "", 1979, 26, NONE))).isEqualTo(2);
        assertThat(titles(one, album(2, "The Wall", "Pink Floyd", 1979, 13, NONE)))
                .isEqualTo(2);
        Facts later = album(2, "The Wall", "Pink Floyd", 2011, 26, NONE);
        assertThat(titles(one, later)).isEqualTo(2);
        assertThat(suspicions(one, later)).containsExactly("same artist and name, but the years are 1979 and 2011");
    }

    @Test
    void anAlbumWithoutAYearIsTheOnlyOneOfItsName() {
        Facts first = album(1, "Peter Gabriel", "Peter Gabriel", 1977, 0, NONE);
        Facts second = album(2, "Peter Gabriel", "Peter Gabriel", 1978, 0, NONE);
        Facts unknown = album(3, "Peter Gabriel", "Peter Gabriel", 0, 0, NONE);
        assertThat(titles(first, unknown)).isEqualTo(1);
        assertThat(reasons(first, unknown)).containsExactly("same artist and name, a year is not known");
        assertThat(titles(first, second, unknown)).isEqualTo(3);
        assertThat(suspicions(first, second, unknown))
                .containsExactly(
                        "same artist and name, but a year is not known",
                        "same artist and name, but a year is not known");
        assertThat(titles(unknown, album(1, "Peter Gabriel", "Peter Gabriel", 0, 0, NONE)))
                .isEqualTo(1);
    }

    @Test
    void whatIsGoneNoLongerMakesAYearDoubtful() {
        Facts first = album(1, "Peter Gabriel", "Peter Gabriel", 1977, 0, NONE);
        Facts second = album(2, "Peter Gabriel", "Peter Gabriel", 1978, 0, NONE);
        Facts unknown = album(3, "Peter Gabriel", "Peter Gabriel", 0, 0, NONE);
        List<List<CopyIdentity>> titles =
                Merge.of(List.of(first, gone(second), unknown)).titles();
        assertThat(titles).contains(List.of(first.identity(), unknown.identity()));
    }

    @Test
    void compilationsNeedYearAndNumberOfTracksToo() {
        Facts one = album(1, "Love Songs", "Various Artists", 2005, 20, NONE);
        assertThat(titles(one, album(2, "Love songs", "various", 2005, 20, NONE)))
                .isEqualTo(1);
        assertThat(titles(one, album(2, "Love Songs", "Various Artists", 2005, 0, NONE)))
                .isEqualTo(2);
        assertThat(titles(one, album(2, "Love Songs", "Various Artists", 0, 20, NONE)))
                .isEqualTo(2);
        assertThat(titles(one, album(2, "Love Songs", "Various Artists", 2006, 20, NONE)))
                .isEqualTo(2);
        Map<String, String> various = Map.of("musicbrainzalbumartist", "89ad4ac3-39f7-470e-963a-56509c546377");
        assertThat(titles(
                        album(1, "Love Songs", "Artistas varios diversos", 0, 0, various),
                        album(2, "Love Songs", "Artistas varios diversos", 0, 0, various)))
                .isEqualTo(2);
        assertThat(titles(
                        album(1, "Love Songs", "Various Artists", 0, 0, release("r", "g")),
                        album(2, "Love Songs", "V.A.", 2005, 20, release("r", "g"))))
                .isEqualTo(1);
    }

    @Test
    void songsOfAnAlbumAreOneInOnePlaceByNameOrLength() {
        Facts one = song(1, 1, 3, "So What", 545, NONE);
        assertThat(titles(one, song(2, 1, 3, "so what", 560, NONE))).isEqualTo(1);
        assertThat(reasons(one, song(2, 1, 3, "so what", 560, NONE))).containsExactly("same disc 1, track 3");
        assertThat(titles(one, song(2, 0, 3, "So What", 0, NONE))).isEqualTo(1);
        assertThat(titles(one, song(2, 1, 3, "そう何", 547, NONE))).isEqualTo(1);
        assertThat(titles(one, song(2, 1, 3, "Blue in Green", 337, NONE))).isEqualTo(2);
        assertThat(suspicions(one, song(2, 1, 3, "Blue in Green", 337, NONE)))
                .containsExactly("same disc 1, track 3, but titles or run times differ");
    }

    @Test
    void aLiveAndAStudioVersionStayApart() {
        assertThat(titles(song(1, 1, 3, "Hurt", 240, NONE), song(2, 1, 3, "Hurt (Live)", 300, NONE)))
                .isEqualTo(2);
        assertThat(titles(song(1, 1, 3, "Hurt", 240, NONE), song(2, 1, 3, "Hurt", 400, NONE)))
                .isEqualTo(2);
    }

    @Test
    void aSongThatIsNumberedInAnotherWayIsKnownByItsNameWhereThatIsOnTheAlbumOnce() {
        Facts thirteenth = song(2, 0, 13, "Hey You", 281, NONE);
        Facts first = song(1, 2, 1, "Hey You", 280, NONE);
        assertThat(titles(first, thirteenth)).isEqualTo(1);
        assertThat(reasons(first, thirteenth)).containsExactly("same name, the only one on the album");
        assertThat(titles(first, song(1, 3, 1, "Hey You", 280, NONE), thirteenth))
                .isEqualTo(3);
    }

    @Test
    void theTrackIdCountsWithinTheAlbum() {
        Map<String, String> track = Map.of("musicbrainztrack", "t1");
        Facts one = song(1, 1, 1, "Intro", 60, track);
        assertThat(titles(one, song(2, 1, 9, "Something else", 200, track))).isEqualTo(1);
        Map<String, String> other = Map.of("musicbrainztrack", "t2");
        assertThat(titles(one, song(2, 1, 1, "Intro", 60, other))).isEqualTo(2);
        assertThat(conflicts(one, song(2, 1, 1, "Intro", 60, other)))
                .containsExactly("same disc 1, track 1, but musicbrainztrack differs (t1, t2)");
    }

    @Test
    void trackIdsOfOtherReleasesForbidNothing() {
        Facts one = song(1, 1, 1, "Intro", 60, Map.of("musicbrainztrack", "t1", "musicbrainzalbum", "r1"));
        Facts other = song(2, 1, 1, "Intro", 60, Map.of("musicbrainztrack", "t2", "musicbrainzalbum", "r2"));
        assertThat(titles(one, other)).isEqualTo(1);
    }

    @Test
    void songsOfNoAlbumStayAsTheyAre() {
        Facts one = song(1, 1, 1, "Intro", 60, NONE);
        Facts loose = new Facts(
                one.identity(),
                one.kind(),
                false,
                one.name(),
                one.year(),
                one.runTimeTicks(),
                NONE,
                0,
                one.index(),
                one.indexEnd(),
                one.parentIndex(),
                one.premiere(),
                "",
                "",
                one.tracks());
        assertThat(MergeRules.keys(loose)).isEmpty();
    }

    @Test
    void artistsAreOneByIdOrName() {
        assertThat(titles(artist(1, "The Beatles", NONE), artist(2, "Beatles", NONE)))
                .isEqualTo(1);
        assertThat(titles(
                        artist(1, "Prince", Map.of("musicbrainzartist", "p")),
                        artist(2, "The Artist", Map.of("musicbrainzartist", "p"))))
                .isEqualTo(1);
        assertThat(titles(
                        artist(1, "Nirvana", Map.of("musicbrainzartist", "us")),
                        artist(2, "Nirvana", Map.of("musicbrainzartist", "uk"))))
                .isEqualTo(2);
    }
}
