package org.embygateway.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * What an artist has to do with a song, an album or a music video.
 *
 * <p>Emby API: the values of {@code ArtistType}.
 */
public enum ArtistRole {
    ARTIST("Artist", "ArtistItems"),
    ALBUM_ARTIST("AlbumArtist", "AlbumArtists"),
    COMPOSER("Composer", "Composers");

    private final String wireName;
    private final String field;

    ArtistRole(String wireName, String field) {
        this.wireName = wireName;
        this.field = field;
    }

    public String wireName() {
        return wireName;
    }

    /** Where a {@code BaseItemDto} lists those who have it, as {@code {Name, Id}}. */
    public String field() {
        return field;
    }

    /** In any case; empty for words we do not know. */
    public static Optional<ArtistRole> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName.equalsIgnoreCase(name))
                .findFirst();
    }
}
