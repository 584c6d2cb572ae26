package org.embygateway.index.sql;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemKind;

/** Builds items as an upstream describes them. */
final class Sample {
    static final long MINUTE = 600_000_000L;

    private String id;
    private final ItemKind kind;
    private String name;
    private String library = "";
    private OptionalInt year = OptionalInt.empty();
    private long runTime;
    private final Map<String, String> ids = new HashMap<>();
    private String parent = "";
    private String series = "";
    private String season = "";
    private OptionalInt index = OptionalInt.empty();
    private OptionalInt indexEnd = OptionalInt.empty();
    private OptionalInt parentIndex = OptionalInt.empty();
    private OptionalInt tracks = OptionalInt.empty();
    private Optional<LocalDate> premiere = Optional.empty();
    private String collectionType = "";
    private final List<UpstreamItem.Source> sources = new ArrayList<>();
    private final List<UpstreamItem.ByName> byName = new ArrayList<>();
    private String document = "";

    private Sample(String id, ItemKind kind, String name) {
        this.id = id;
        this.kind = kind;
        this.name = name;
    }

    static Sample item(String id, ItemKind kind, String name) {
        return new Sample(id, kind, name);
    }

    /** With one source, called {@code ms-} and the id. */
    static Sample movie(String id, String name, int year) {
        return new Sample(id, ItemKind.MOVIE, name).year(year).source("ms-" + id, id);
    }

    static Sample series(String id, String name, int year) {
        return new Sample(id, ItemKind.SERIES, name).year(year);
    }

    static Sample season(String id, String series, int number) {
        return new Sample(id, ItemKind.SEASON, "Season " + number)
                .series(series)
                .index(number);
    }

    static Sample episode(String id, String series, String season, int seasonNumber, int number) {
        return new Sample(id, ItemKind.EPISODE, "Episode " + number)
                .series(series)
                .season(season)
                .parentIndex(seasonNumber)
                .index(number)
                .source("ms-" + id, id);
    }

    static Sample album(String id, String name, String artist) {
        Sample album = new Sample(id, ItemKind.MUSIC_ALBUM, name);
        return artist.isEmpty()
                ? album
                : album.names(ItemKind.MUSIC_ARTIST, artist, "artist-" + artist, "AlbumArtist", Map.of());
    }

    /** A song of the upstream's album. */
    static Sample song(String id, String album, int track, String name) {
        return new Sample(id, ItemKind.AUDIO, name).series(album).index(track).source("ms-" + id, id);
    }

    static Sample library(String id, String name, String collectionType) {
        Sample library = new Sample(id, ItemKind.COLLECTION_FOLDER, name);
        library.collectionType = collectionType;
        return library;
    }

    Sample named(String newName) {
        name = newName;
        return this;
    }

    /** Under another id. */
    Sample called(String newId) {
        id = newId;
        return this;
    }

    Sample in(String libraryId) {
        library = libraryId;
        return this;
    }

    Sample year(int value) {
        year = OptionalInt.of(value);
        return this;
    }

    Sample minutes(long value) {
        runTime = value * MINUTE;
        return this;
    }

    Sample seconds(long value) {
        runTime = value * MINUTE / 60;
        return this;
    }

    Sample id(String provider, String value) {
        ids.put(provider, value);
        return this;
    }

    /** An extra of an item, with one source. */
    static Sample extra(String id, ItemKind kind, String owner) {
        Sample extra = new Sample(id, kind, "Extra " + id).source("ms-" + id, id);
        extra.parent = owner;
        return extra;
    }

    Sample series(String value) {
        series = value;
        return this;
    }

    Sample season(String value) {
        season = value;
        return this;
    }

    Sample tracks(int value) {
        tracks = OptionalInt.of(value);
        return this;
    }

    Sample index(int value) {
        index = OptionalInt.of(value);
        return this;
    }

    Sample to(int value) {
        indexEnd = OptionalInt.of(value);
        return this;
    }

    Sample parentIndex(int value) {
        parentIndex = OptionalInt.of(value);
        return this;
    }

    Sample premiere(String date) {
        premiere = Optional.of(LocalDate.parse(date));
        return this;
    }

    Sample source(String sourceId, String versionId) {
        sources.add(new UpstreamItem.Source(sourceId, versionId, 1000 + sources.size(), runTime));
        return this;
    }

    Sample names(
            ItemKind byNameKind, String byNameName, String byNameId, String role, Map<String, String> providerIds) {
        byName.add(new UpstreamItem.ByName(byNameKind, byNameName, byNameId, role, providerIds));
        return this;
    }

    Sample genre(String genreName, String genreId) {
        return names(ItemKind.GENRE, genreName, genreId, "", Map.of());
    }

    Sample document(String json) {
        document = json;
        return this;
    }

    UpstreamItem build() {
        String text = document.isEmpty() ? "{\"Id\":\"%s\",\"Name\":\"%s\"}".formatted(id, name) : document;
        return new UpstreamItem(
                id,
                kind,
                library,
                name,
                year,
                runTime,
                ids,
                parent,
                series,
                season,
                index,
                indexEnd,
                parentIndex,
                tracks,
                premiere,
                collectionType,
                sources,
                byName,
                text.getBytes(StandardCharsets.UTF_8),
                MissingNode.getInstance());
    }
}
