package org.embygateway.protocol;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code Type} of an item as Emby names it. The stable {@link #code} is what the database keeps.
 *
 * <p>Emby API: {@code BaseItemDto.Type}.
 */
public enum ItemKind {
    MOVIE(1, "Movie", "Video"),
    SERIES(2, "Series", ""),
    SEASON(3, "Season", ""),
    EPISODE(4, "Episode", "Video"),
    BOX_SET(5, "BoxSet", ""),
    VIDEO(6, "Video", "Video"),
    MUSIC_VIDEO(7, "MusicVideo", "Video"),
    TRAILER(8, "Trailer", "Video"),
    MUSIC_ARTIST(9, "MusicArtist", ""),
    MUSIC_ALBUM(10, "MusicAlbum", ""),
    AUDIO(11, "Audio", "Audio"),
    AUDIO_BOOK(12, "AudioBook", "Audio"),
    BOOK(13, "Book", "Book"),
    PHOTO(14, "Photo", "Photo"),
    PHOTO_ALBUM(15, "PhotoAlbum", ""),
    GAME(16, "Game", "Game"),
    PLAYLIST(17, "Playlist", ""),
    FOLDER(18, "Folder", ""),
    COLLECTION_FOLDER(19, "CollectionFolder", ""),
    USER_VIEW(20, "UserView", ""),
    PERSON(21, "Person", ""),
    GENRE(22, "Genre", ""),
    MUSIC_GENRE(23, "MusicGenre", ""),
    STUDIO(24, "Studio", ""),
    TAG(25, "Tag", ""),
    TV_CHANNEL(26, "TvChannel", "Video"),
    PROGRAM(27, "Program", "Video"),
    LOCAL_TRAILER(28, "Trailer", "Video"),
    SPECIAL_FEATURE(29, "Video", "Video"),
    THEME_SONG(30, "Audio", "Audio"),
    THEME_VIDEO(31, "Video", "Video"),
    ADDITIONAL_PART(32, "Video", "Video"),
    GAME_SYSTEM(33, "GameSystem", ""),
    GAME_GENRE(34, "GameGenre", "");

    private static final Map<String, ItemKind> BY_NAME = Stream.of(values())
            .filter(k -> !k.isExtra())
            .collect(Collectors.toMap(k -> k.wireName.toLowerCase(Locale.ROOT), k -> k));

    private static final Map<Integer, ItemKind> BY_CODE =
            Stream.of(values()).collect(Collectors.toMap(k -> k.code, k -> k));

    private final int code;
    private final String wireName;
    private final String mediaType;

    ItemKind(int code, String wireName, String mediaType) {
        this.code = code;
        this.wireName = wireName;
        this.mediaType = mediaType;
    }

    /** What the database keeps; never changes. */
    public int code() {
        return code;
    }

    public String wireName() {
        return wireName;
    }

    /** {@code Video}, {@code Audio} …; empty for folders and by-name items. */
    public String mediaType() {
        return mediaType;
    }

    /** True for what plays: it has media sources and a position of its own. */
    public boolean isPlayable() {
        return mediaType.equals("Video") || mediaType.equals("Audio");
    }

    public boolean isFolder() {
        return switch (this) {
            case SERIES,
                    SEASON,
                    BOX_SET,
                    MUSIC_ARTIST,
                    MUSIC_ALBUM,
                    PHOTO_ALBUM,
                    GAME_SYSTEM,
                    PLAYLIST,
                    FOLDER,
                    COLLECTION_FOLDER,
                    USER_VIEW -> true;
            default -> false;
        };
    }

    /** True for items that exist by their name: people, music artists, genres, studios, tags. */
    public boolean isByName() {
        return switch (this) {
            case PERSON, MUSIC_ARTIST, GENRE, MUSIC_GENRE, GAME_GENRE, STUDIO, TAG -> true;
            default -> false;
        };
    }

    /**
     * True for what comes with another item and is in no list, count or search. Clients see it under the name of a kind
     * that is in libraries; nobody can name it.
     */
    public boolean isExtra() {
        return switch (this) {
            case LOCAL_TRAILER, SPECIAL_FEATURE, THEME_SONG, THEME_VIDEO, ADDITIONAL_PART -> true;
            default -> false;
        };
    }

    /** The kind a client or an upstream names, in any case; empty for names we do not know. */
    public static Optional<ItemKind> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    public static ItemKind ofCode(int code) {
        ItemKind kind = BY_CODE.get(code);
        if (kind == null) {
            throw new IllegalArgumentException("item kind code: %d (unknown)".formatted(code));
        }
        return kind;
    }
}
