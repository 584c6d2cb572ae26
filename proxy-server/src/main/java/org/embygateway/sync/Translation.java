package org.embygateway.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.Copy;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/** Turns what a client wants into questions to one upstream, in that upstream's ids. */
final class Translation {
    private static final Map<String, Set<String>> TYPES_IN = Map.of(
            "movies", Set.of("movie", "video"),
            "tvshows", Set.of("series", "season", "episode"),
            "music", Set.of("audio", "musicalbum", "musicartist"),
            "musicvideos", Set.of("musicvideo"),
            "books", Set.of("book"),
            "audiobooks", Set.of("audiobook", "audio", "musicalbum"));

    private final MediaIndex index;
    private final UpstreamId upstream;

    Translation(MediaIndex index, UpstreamId upstream) {
        this.index = index;
        this.upstream = upstream;
    }

    /** The item as it is now; nothing when this upstream has no copy of it. */
    List<Question> detail(ItemId id) {
        return copies(id).stream()
                .filter(copy -> !copy.libraryId().isEmpty())
                .map(copy -> Question.item(copy.upstreamItemId(), copy.libraryId()))
                .toList();
    }

    /** @param libraries those of the upstream, asked when the client named no parent */
    List<Question> listing(Wish.Listing wish, List<UpstreamItem> libraries) {
        Map<String, String> query = filtered(wish);
        Set<String> types = new LinkedHashSet<>(
                List.of(query.getOrDefault("IncludeItemTypes", "").split(",")));
        List<Question> questions = new ArrayList<>(lists(types, query));
        if (types.isEmpty()) {
            return questions;
        }
        query.put("IncludeItemTypes", String.join(",", types));
        if (wish.parent().isPresent()) {
            Optional<MergedItem> parent = find(wish.parent().get());
            boolean isList =
                    parent.filter(item -> Question.LISTS.contains(item.kind())).isPresent();
            for (Copy copy : parent.map(MergedItem::copies).orElse(List.of())) {
                if (isList) {
                    questions.add(Question.members(copy.upstreamItemId()));
                    continue;
                }
                String library = copy.libraryId().isEmpty() ? copy.upstreamItemId() : copy.libraryId();
                questions.add(below(copy.upstreamItemId(), library, withFolders(query, parent.get(), copy)));
            }
        } else {
            libraries.stream()
                    .filter(library -> mayHold(library, query.getOrDefault("IncludeItemTypes", "")))
                    .forEach(library -> questions.add(below(library.id(), library.id(), query)));
        }
        return questions;
    }

    /** Takes the kinds of lists out of the types: lists lie in no library. */
    private static List<Question> lists(Set<String> types, Map<String, String> query) {
        List<Question> questions = new ArrayList<>();
        for (ItemKind kind : Question.LISTS) {
            if (types.removeIf(kind.wireName()::equalsIgnoreCase)) {
                Question question = Question.lists(kind);
                for (String name : List.of("SearchTerm", "StartIndex", "Limit")) {
                    question = query.containsKey(name) ? question.with(name, query.get(name)) : question;
                }
                questions.add(question);
            }
        }
        return questions;
    }

    private static Question below(String parent, String library, Map<String, String> query) {
        Map<String, String> which = new LinkedHashMap<>();
        which.put("ParentId", parent);
        which.putAll(query);
        return Question.items(which, library);
    }

    /** Folders too where nothing else is named and the parent is one, or a library of which the index keeps them. */
    private static Map<String, String> withFolders(Map<String, String> query, MergedItem parent, Copy copy) {
        String collectionType = parent.kind() == ItemKind.FOLDER ? "homevideos" : collectionType(parent, copy);
        Map<String, String> which = new LinkedHashMap<>(query);
        which.replace("IncludeItemTypes", Question.TYPES, Question.typesIn(collectionType));
        return which;
    }

    private static String collectionType(MergedItem parent, Copy copy) {
        try {
            return parent.kind() == ItemKind.COLLECTION_FOLDER
                    ? ItemParser.text(EmbyJson.read(copy.document()), "CollectionType")
                            .toLowerCase(Locale.ROOT)
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean mayHold(UpstreamItem library, String types) {
        Set<String> there = TYPES_IN.get(library.collectionType());
        return there == null
                || Arrays.stream(types.toLowerCase(Locale.ROOT).split(",")).anyMatch(there::contains);
    }

    /** Genres and studios go by name, people by the upstream's id; an unknown one leaves the list wider. */
    private Map<String, String> filtered(Wish.Listing wish) {
        Map<String, String> query = new LinkedHashMap<>(wish.query());
        put(query, "Genres", names(wish.genres(), Set.of(ItemKind.GENRE, ItemKind.MUSIC_GENRE, ItemKind.GAME_GENRE)));
        put(query, "Studios", names(wish.studios(), Set.of(ItemKind.STUDIO)));
        List<String> people = wish.people().stream()
                .flatMap(id -> copies(id).stream())
                .map(Copy::upstreamItemId)
                .toList();
        put(query, "PersonIds", people.stream().collect(Collectors.joining(",")));
        return query;
    }

    private static void put(Map<String, String> query, String name, String value) {
        if (!value.isEmpty()) {
            query.put(name, value);
        }
    }

    private String names(List<ItemId> ids, Set<ItemKind> kinds) {
        return ids.isEmpty()
                ? ""
                : index.read(ids).stream()
                        .filter(item -> kinds.contains(item.kind()))
                        .map(MergedItem::name)
                        .collect(Collectors.joining("|"));
    }

    private List<Copy> copies(ItemId id) {
        return find(id).map(MergedItem::copies).orElse(List.of());
    }

    private Optional<MergedItem> find(ItemId id) {
        ItemId current = index.resolve(id).orElse(id);
        Map<ItemId, MergedItem> found = index.find(List.of(current), new Visible(Set.of(upstream)));
        return Optional.ofNullable(found.get(current));
    }
}
