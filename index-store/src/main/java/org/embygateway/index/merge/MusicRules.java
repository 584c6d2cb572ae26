package org.embygateway.index.merge;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.merge.MergeKey.Strength;

/**
 * What albums and songs are merged by. A release and its group name an album; servers tag the same album by different
 * releases of one group, so releases that differ count only where the group does not agree. A track id names a song on one
 * release: it tells nothing about songs of another.
 */
final class MusicRules {
    static final String RELEASE = "musicbrainzalbum";
    static final String RELEASE_GROUP = "musicbrainzreleasegroup";
    static final String TRACK = "musicbrainztrack";
    static final String ALBUM_ARTIST = "musicbrainzalbumartist";
    /** What two copies of an album must not differ in, unless they are of one release. */
    static final String TRACKS = "number of tracks";

    private static final String VARIOUS = "89ad4ac3-39f7-470e-963a-56509c546377";
    private static final Set<String> VARIOUS_NAMES = Set.of(
            "various",
            "variousartists",
            "variousartist",
            "variouscomposers",
            "va",
            "diverse",
            "verschiedene",
            "verschiedeneinterpreten",
            "artistesdivers",
            "varios",
            "variosartistas",
            "variinterpreti",
            "artistivari",
            "soundtrack",
            "originalsoundtrack",
            "сборник",
            "разныеисполнители",
            "群星",
            "合辑",
            "合輯",
            "オムニバス",
            "ヴァリアスアーティスツ");

    private static final double MOST_APART = 0.15;
    private static final long THREE_SECONDS = 30_000_000L;

    private MusicRules() {}

    /**
     * Whose it is and what it is called. Compilations are often called the same: there the year and the number of tracks
     * belong to it, and without these it proves nothing.
     */
    static void addAlbum(Facts album, List<MergeKey> keys) {
        String name = FoldedName.ofTitle(album.name());
        String artist = FoldedName.ofTitle(album.artist());
        if (name.isEmpty() || artist.isEmpty()) {
            return;
        }
        if (!isByVarious(album, artist)) {
            keys.add(key(album, artist + '|' + name));
        } else if (album.knownYear().isPresent() && album.tracks().isPresent()) {
            keys.add(key(
                    album,
                    "various|%s|%d|%d"
                            .formatted(
                                    name,
                                    album.knownYear().getAsInt(),
                                    album.tracks().getAsInt())));
        }
    }

    private static MergeKey key(Facts album, String text) {
        return new MergeKey(Strength.TITLE, album.kind().code() + "|" + text);
    }

    private static boolean isByVarious(Facts album, String artist) {
        return VARIOUS_NAMES.contains(artist) || albumArtists(album).contains(VARIOUS);
    }

    /** Its place on the album, and its name, which counts where no server has two of it. */
    static void addSong(Facts song, List<MergeKey> keys) {
        String within = song.kind().code() + "|" + song.series() + '|';
        if (song.index().isPresent()) {
            String place = "number|%d|%d".formatted(disc(song), song.index().getAsInt());
            keys.add(new MergeKey(Strength.PLACE, within + place));
        }
        String name = FoldedName.ofTitle(song.name());
        if (!name.isEmpty()) {
            keys.add(new MergeKey(Strength.ONCE, within + "name|" + name));
        }
    }

    /** Many servers leave it out where there is one disc. */
    static int disc(Facts song) {
        return Math.max(1, song.parentIndex().orElse(1));
    }

    static void addDistinctive(Facts facts, Map<String, Set<String>> values) {
        switch (facts.kind()) {
            case MUSIC_ALBUM -> {
                Set<String> artists = albumArtists(facts);
                if (!artists.isEmpty()) {
                    values.put(ALBUM_ARTIST, artists);
                }
                facts.tracks().ifPresent(tracks -> values.put(TRACKS, Set.of(Integer.toString(tracks))));
            }
            case AUDIO -> {
                Set<String> track = values.remove(TRACK);
                if (track != null) {
                    String release = MergeRules.text(facts.providerIds(), RELEASE);
                    values.put(release.isEmpty() ? TRACK : TRACK + " of release " + release, track);
                }
            }
            default -> {
                // nothing of music
            }
        }
    }

    /** Several are written one after the other. */
    private static Set<String> albumArtists(Facts album) {
        String text = MergeRules.text(album.providerIds(), ALBUM_ARTIST);
        Set<String> ids = Arrays.stream(text.split("[/;,\\s]+")).collect(Collectors.toCollection(HashSet::new));
        ids.removeAll(Set.of("", "0"));
        return ids;
    }

    /** What makes up for a fact that differs when it agrees. */
    static Set<String> outweighing(String fact) {
        return switch (fact) {
            case RELEASE -> Set.of(RELEASE_GROUP);
            case TRACKS -> Set.of(RELEASE);
            case ALBUM_ARTIST -> Set.of(RELEASE, RELEASE_GROUP);
            default -> Set.of();
        };
    }

    /** Of two songs in one place: they have one title and no other length, or are as long to three seconds. */
    static boolean alike(Facts one, Facts other) {
        long longer = Math.max(one.runTimeTicks(), other.runTimeTicks());
        long shorter = Math.min(one.runTimeTicks(), other.runTimeTicks());
        boolean timed = shorter > 0;
        return FoldedName.ofTitle(one.name()).equals(FoldedName.ofTitle(other.name()))
                ? !timed || longer - shorter <= longer * MOST_APART
                : timed && longer - shorter <= THREE_SECONDS;
    }
}
