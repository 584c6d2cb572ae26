package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.embygateway.index.Copy;
import org.embygateway.index.MergedItem;
import org.embygateway.index.Outline;
import org.embygateway.protocol.ArtistRole;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.JsonExcerpt;

/** Reads rows out of the documents of the index. */
final class RowReader {
    /** What rows are made of. */
    private static final JsonExcerpt ASKED = new JsonExcerpt(
            Set.of(
                    "Chapters",
                    "Etag",
                    "ExternalUrls",
                    "Path",
                    "PresentationUniqueKey",
                    "RequiredHttpHeaders",
                    "Taglines"),
            Map.of("MediaStreams", Tech.STREAM_FIELDS, "People", Set.of("Name", "Type")));

    private final String serverId;
    private final AtomicLong stamps = new AtomicLong();

    RowReader(String serverId) {
        this.serverId = serverId;
    }

    /** The last that was given out. */
    long stamp() {
        return stamps.get();
    }

    /** Rows with stamps up to this one are there already. */
    void stampsAfter(long last) {
        stamps.accumulateAndGet(last, Math::max);
    }

    Row read(Outline item) {
        Map<Integer, List<Outline.Part>> byUpstream = new LinkedHashMap<>();
        item.copies()
                .forEach(copy -> byUpstream
                        .computeIfAbsent(copy.upstream().value(), u -> new ArrayList<>())
                        .add(copy));
        Names names = new Names(item.byName());
        List<Row.Part> parts = new ArrayList<>();
        byUpstream.forEach((upstream, copies) -> parts.add(part(item, upstream, copies, names)));
        return new Row(
                item.id().value(),
                item.kind(),
                stamps.incrementAndGet(),
                facts(item, parts),
                item.series().map(ItemId::value).orElse(0),
                item.season().map(ItemId::value).orElse(0),
                0,
                item.views().stream().map(ItemId::value).toList(),
                parts);
    }

    /** A row of the gateway's own. */
    Row own(int id, ItemKind kind, String name, String collectionType, Optional<StoredLists.Dates> dates) {
        ObjectNode document = EmbyJson.object().put("Name", name).put("CollectionType", collectionType);
        dates.ifPresent(found -> document.put("DateCreated", EmbyJson.date(found.created()))
                .put("DateLastSaved", EmbyJson.date(found.changed())));
        Facts facts = Facts.of(document, kind, name, List.of(), Images.NONE, Shown.NONE);
        Row.Part part = new Row.Part(Lists.GATEWAY, List.of(), facts);
        return new Row(id, kind, stamps.incrementAndGet(), facts, 0, 0, 0, List.of(), List.of(part));
    }

    private Facts facts(Outline item, List<Row.Part> parts) {
        if (parts.isEmpty()) {
            return Facts.named(item.kind(), item.name());
        }
        return Facts.merged(parts.stream().map(Row.Part::facts).toList());
    }

    private Row.Part part(Outline item, int upstream, List<Outline.Part> copies, Names names) {
        Set<String> libraries = new LinkedHashSet<>();
        List<Facts> facts = new ArrayList<>();
        for (Outline.Part copy : copies) {
            libraries.add(item.kind() == ItemKind.COLLECTION_FOLDER ? copy.upstreamItemId() : copy.libraryId());
            facts.add(copy.excerpt().map(RowExcerpts::facts).orElseGet(() -> ofDocument(item, copy, names)));
        }
        libraries.remove("");
        return new Row.Part(upstream, List.copyOf(libraries), Facts.merged(facts));
    }

    private Facts ofDocument(Outline item, Outline.Part copy, Names names) {
        JsonNode document = excerpt(copy.document().get());
        return Facts.of(
                document,
                item.kind(),
                item.name(),
                names.of(document),
                Images.of(copy.upstream(), copy.upstreamItemId(), document, serverId),
                Shown.of(document, copy.sources(), item.kind(), names.artists(document)));
    }

    private static JsonNode excerpt(byte[] document) {
        try {
            return ASKED.read(document);
        } catch (IOException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    static JsonNode document(Copy copy) {
        try {
            return EmbyJson.read(copy.document());
        } catch (IOException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /**
     * The gateway's ids of the people, genres, studios and tags of one item, by the names its documents use. Nearly all are
     * written as the index writes them; the others are compared as titles are.
     */
    static final class Names {
        private static final List<ItemKind> GENRES = List.of(ItemKind.GENRE, ItemKind.MUSIC_GENRE, ItemKind.GAME_GENRE);

        private final List<MergedItem.ByNameRef> all;
        private final Map<Name, ItemId> ids = new HashMap<>();
        private final Set<ItemKind> kinds = EnumSet.noneOf(ItemKind.class);
        private Optional<Map<Name, ItemId>> folded = Optional.empty();

        private record Name(ItemKind kind, String text) {}

        /** @param all that the item names */
        Names(List<MergedItem.ByNameRef> all) {
            this.all = all;
            for (MergedItem.ByNameRef ref : all) {
                ids.putIfAbsent(new Name(ref.kind(), ref.name()), ref.id());
                kinds.add(ref.kind());
            }
        }

        Optional<ItemId> find(ItemKind kind, String name) {
            if (!kinds.contains(kind)) {
                return Optional.empty();
            }
            ItemId id = ids.get(new Name(kind, name));
            return id == null ? Optional.ofNullable(folded().get(new Name(kind, Text.fold(name)))) : Optional.of(id);
        }

        private Map<Name, ItemId> folded() {
            if (folded.isEmpty()) {
                Map<Name, ItemId> found = new HashMap<>();
                all.forEach(ref -> found.putIfAbsent(new Name(ref.kind(), Text.fold(ref.name())), ref.id()));
                folded = Optional.of(found);
            }
            return folded.get();
        }

        /** Genres of music and of games are kept apart from others. */
        Optional<ItemId> genre(String name) {
            return find(ItemKind.GENRE, name)
                    .or(() -> find(ItemKind.MUSIC_GENRE, name))
                    .or(() -> find(ItemKind.GAME_GENRE, name));
        }

        Shown.ArtistIds artists(JsonNode document) {
            return artists(
                    Facts.artists(document),
                    Facts.names(document, ArtistRole.ALBUM_ARTIST.field()),
                    Facts.names(document, ArtistRole.COMPOSER.field()));
        }

        Shown.ArtistIds artists(List<String> artists, List<String> albumArtists, List<String> composers) {
            return new Shown.ArtistIds(ids(artists), ids(albumArtists), ids(composers));
        }

        private List<Integer> ids(List<String> artists) {
            return artists.stream()
                    .map(name ->
                            find(ItemKind.MUSIC_ARTIST, name).map(ItemId::value).orElse(0))
                    .toList();
        }

        List<Facts.Ref> of(JsonNode document) {
            Set<Facts.Ref> refs = new LinkedHashSet<>();
            genreNames(document).forEach(name -> {
                for (ItemKind genre : GENRES) {
                    find(genre, name).ifPresent(id -> refs.add(new Facts.Ref(genre, id, "")));
                }
            });
            studioNames(document)
                    .forEach(name -> find(ItemKind.STUDIO, name)
                            .ifPresent(id -> refs.add(new Facts.Ref(ItemKind.STUDIO, id, ""))));
            tagNames(document)
                    .forEach(name ->
                            find(ItemKind.TAG, name).ifPresent(id -> refs.add(new Facts.Ref(ItemKind.TAG, id, ""))));
            document.path("People")
                    .forEach(person -> find(ItemKind.PERSON, person.path("Name").asText(""))
                            .ifPresent(id -> refs.add(new Facts.Ref(
                                    ItemKind.PERSON,
                                    id,
                                    person.path("Type").asText("").intern()))));
            for (ArtistRole role : ArtistRole.values()) {
                artistNames(document, role)
                        .forEach(name -> find(ItemKind.MUSIC_ARTIST, name)
                                .ifPresent(id -> refs.add(new Facts.Ref(ItemKind.MUSIC_ARTIST, id, role.wireName()))));
            }
            return List.copyOf(refs);
        }

        /** Of servers that give artists no ids the plain names. */
        private static Set<String> artistNames(JsonNode document, ArtistRole role) {
            Set<String> names = names(document, role.field());
            return !names.isEmpty()
                    ? names
                    : switch (role) {
                        case ARTIST -> names(document, "Artists");
                        case ALBUM_ARTIST -> {
                            String name = document.path("AlbumArtist").asText("");
                            yield name.isEmpty() ? Set.of() : Set.of(name);
                        }
                        case COMPOSER -> Set.of();
                    };
        }

        static Set<String> genreNames(JsonNode document) {
            return names(document, "Genres", "GenreItems");
        }

        static Set<String> studioNames(JsonNode document) {
            return names(document, "Studios");
        }

        static Set<String> tagNames(JsonNode document) {
            return names(document, "TagItems", "Tags");
        }

        /** Names in lists of texts or of {@code {Name, Id}}. */
        private static Set<String> names(JsonNode document, String... fields) {
            Set<String> names = new LinkedHashSet<>();
            for (String field : fields) {
                document.path(field)
                        .forEach(value -> names.add(
                                value.isTextual()
                                        ? value.asText()
                                        : value.path("Name").asText("")));
            }
            names.remove("");
            return names;
        }
    }
}
