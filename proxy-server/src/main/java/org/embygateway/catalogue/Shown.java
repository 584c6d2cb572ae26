package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.embygateway.index.Copy;
import org.embygateway.protocol.ArtistRole;
import org.embygateway.protocol.ItemKind;

/**
 * What lists show of an item and no query asks for: read from one copy's document, or merged from several. Texts are empty
 * when unknown.
 *
 * @param mediaType of kinds that have none by themselves
 * @param aspectRatio of the primary picture, as a JSON number
 */
record Shown(
        FirstVersion version,
        ArtistIds artistIds,
        String mediaType,
        String albumArtist,
        String aspectRatio,
        String extraType,
        String channelName) {
    static final Shown NONE = new Shown(FirstVersion.NONE, ArtistIds.NONE, "", "", "", "", "");

    private static final int LONGEST_NUMBER = 24;

    static Shown of(JsonNode document, List<Copy.Source> sources, ItemKind kind, ArtistIds artistIds) {
        return new Shown(
                FirstVersion.of(document, sources, kind),
                artistIds,
                kind.mediaType().isEmpty() ? text(document, "MediaType") : "",
                text(document, "AlbumArtist"),
                number(document.path("PrimaryImageAspectRatio")),
                text(document, "ExtraType"),
                text(document, "ChannelName"));
    }

    private static String text(JsonNode document, String field) {
        return document.path(field).asText("").intern();
    }

    private static String number(JsonNode value) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            return "";
        }
        String text = value.asText();
        return text.length() <= LONGEST_NUMBER ? text : Double.toString(value.doubleValue());
    }

    /** Most albums and songs have it as their first album artist. */
    static String usualAlbumArtist(List<String> albumArtists) {
        return albumArtists.isEmpty() ? "" : albumArtists.getFirst();
    }

    Shown withArtistIds(ArtistIds ids) {
        return new Shown(version, ids, mediaType, albumArtist, aspectRatio, extraType, channelName);
    }

    /** This copy's, with what it lacks from another. */
    Shown filledFrom(Shown other) {
        return new Shown(
                version.orBetter(other.version),
                artistIds.filledFrom(other.artistIds),
                either(mediaType, other.mediaType),
                either(albumArtist, other.albumArtist),
                either(aspectRatio, other.aspectRatio),
                either(extraType, other.extraType),
                either(channelName, other.channelName));
    }

    private static String either(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    /** The gateway's ids of the names in the lists of {@link Facts}, one for each name; 0 for one that has no item. */
    record ArtistIds(List<Integer> artists, List<Integer> albumArtists, List<Integer> composers) {
        static final ArtistIds NONE = new ArtistIds(List.of(), List.of(), List.of());

        ArtistIds {
            artists = List.copyOf(artists);
            albumArtists = List.copyOf(albumArtists);
            composers = List.copyOf(composers);
        }

        /** Those of most items: what the item names in that role. */
        static ArtistIds usual(
                List<String> artists, List<String> albumArtists, List<String> composers, List<Facts.Ref> refs) {
            if (artists.isEmpty() && albumArtists.isEmpty() && composers.isEmpty()) {
                return NONE;
            }
            return new ArtistIds(
                    usual(artists, refs, ArtistRole.ARTIST),
                    usual(albumArtists, refs, ArtistRole.ALBUM_ARTIST),
                    usual(composers, refs, ArtistRole.COMPOSER));
        }

        private static List<Integer> usual(List<String> names, List<Facts.Ref> refs, ArtistRole role) {
            if (names.isEmpty()) {
                return List.of();
            }
            return refs.stream()
                    .filter(ref ->
                            ref.kind() == ItemKind.MUSIC_ARTIST && ref.role().equals(role.wireName()))
                    .map(ref -> ref.id().value())
                    .toList();
        }

        private ArtistIds filledFrom(ArtistIds other) {
            return new ArtistIds(
                    artists.isEmpty() ? other.artists : artists,
                    albumArtists.isEmpty() ? other.albumArtists : albumArtists,
                    composers.isEmpty() ? other.composers : composers);
        }
    }
}
