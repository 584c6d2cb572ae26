package org.embygateway.sync;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;

/** What a call wants to know from the catalogue, as far as upstreams could add to it. */
sealed interface Wish {
    /** Nothing that an upstream could add. */
    record Nothing() implements Wish {}

    record Views() implements Wish {}

    /** One item. */
    record Detail(ItemId id) implements Wish {}

    /**
     * Items of a list.
     *
     * @param parent whose items; empty for those of all libraries
     * @param genres ids as the gateway gave them; studios and people likewise
     * @param query in Emby's words, without anything that holds an id
     */
    record Listing(
            Optional<ItemId> parent,
            List<ItemId> genres,
            List<ItemId> studios,
            List<ItemId> people,
            Map<String, String> query)
            implements Wish {
        public Listing {
            query = new LinkedHashMap<>(query);
        }
    }

    /** What is searched when no types are named. */
    String SEARCHED = Question.TYPES + ",BoxSet,Playlist";

    int MOST_ITEMS = 500;
    int ITEMS = 100;

    /** Parameters without ids that mean the same on every server; not those about one person's watch state. */
    Set<String> PLAIN = Set.of(
            "searchterm",
            "namestartswith",
            "namestartswithorgreater",
            "namelessthan",
            "genres",
            "studios",
            "tags",
            "years",
            "officialratings",
            "minpremieredate",
            "maxpremieredate",
            "mincommunityrating",
            "mediatypes",
            "is4k",
            "hassubtitles",
            "sortby",
            "sortorder");

    static Wish of(Call call) {
        String[] words = call.path().replaceFirst("^/+", "").split("/");
        String[] path = words.length > 2 && words[0].equalsIgnoreCase("users") ? tail(words) : words;
        String shape = shape(path);
        return switch (shape) {
            case "views", "userviews" -> new Views();
            case "items" -> items(call.query());
            case "items/latest" -> latest(call.query());
            case "search/hints" -> search(call.query(), "SearchTerm");
            case "media/search" -> search(call.query(), "q");
            case "items/*", "media/*" -> detail(path[1]);
            case "shows/*/seasons" -> children(path[1], "Season", call.query());
            case "shows/*/episodes" -> children(call.query().text("SeasonId", path[1]), "Episode", call.query());
            default -> new Nothing();
        };
    }

    private static String[] tail(String[] words) {
        return List.of(words).subList(2, words.length).toArray(String[]::new);
    }

    private static String shape(String[] path) {
        StringBuilder shape = new StringBuilder();
        for (String word : path) {
            String plain = ItemId.parse(word).isPresent() ? "*" : word.toLowerCase(Locale.ROOT);
            shape.append(shape.isEmpty() ? "" : "/").append(plain);
        }
        return shape.toString();
    }

    private static Wish detail(String id) {
        return ItemId.parse(id).<Wish>map(Detail::new).orElse(new Nothing());
    }

    private static Wish items(Params params) {
        Optional<ItemId> parent = params.text("ParentId").flatMap(ItemId::parse);
        boolean recursive = params.flag("Recursive", false) || params.has("SearchTerm");
        if (params.has("Ids") || params.has("ParentId") && parent.isEmpty()) {
            return new Nothing();
        }
        if (parent.isEmpty() && !recursive) {
            return new Views();
        }
        Map<String, String> query = plain(params);
        query.put("Recursive", Boolean.toString(recursive));
        query.put("IncludeItemTypes", types(params));
        window(query, params);
        return listing(parent, params, query);
    }

    private static Wish latest(Params params) {
        Map<String, String> query = plain(params);
        query.put("Recursive", "true");
        query.put("IncludeItemTypes", types(params));
        query.put("SortBy", "DateCreated");
        query.put("SortOrder", "Descending");
        window(query, params);
        return listing(params.text("ParentId").flatMap(ItemId::parse), params, query);
    }

    private static Wish search(Params params, String term) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("SearchTerm", params.text(term, ""));
        query.put("Recursive", "true");
        query.put("IncludeItemTypes", types(params));
        window(query, params);
        return params.has(term)
                ? listing(params.text("ParentId").flatMap(ItemId::parse), params, query)
                : new Nothing();
    }

    private static Wish children(String parent, String type, Params params) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("Recursive", "true");
        query.put("IncludeItemTypes", type);
        query.put("Limit", Integer.toString(MOST_ITEMS));
        return ItemId.parse(parent)
                .<Wish>map(id -> listing(Optional.of(id), params, query))
                .orElse(new Nothing());
    }

    private static Listing listing(Optional<ItemId> parent, Params params, Map<String, String> query) {
        return new Listing(parent, ids(params, "GenreIds"), ids(params, "StudioIds"), ids(params, "PersonIds"), query);
    }

    private static List<ItemId> ids(Params params, String name) {
        return params.list(name).stream()
                .flatMap(text -> List.of(text.split("\\|")).stream())
                .map(ItemId::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Map<String, String> plain(Params params) {
        Map<String, String> query = new LinkedHashMap<>();
        params.all().forEach((name, values) -> {
            if (PLAIN.contains(name.toLowerCase(Locale.ROOT)) && params.has(name)) {
                query.put(name, params.text(name, ""));
            }
        });
        return query;
    }

    private static String types(Params params) {
        List<String> known = List.of(SEARCHED.toLowerCase(Locale.ROOT).split(","));
        List<String> asked = params.list("IncludeItemTypes").stream()
                .filter(type -> known.contains(type.toLowerCase(Locale.ROOT)))
                .toList();
        String all = params.has("SearchTerm") || params.has("q") ? SEARCHED : Question.TYPES;
        return asked.isEmpty() ? all : String.join(",", asked);
    }

    /** The first items up to the end of the page: the page of the merged list may hold any of them. */
    private static void window(Map<String, String> query, Params params) {
        long start = Math.max(0, params.longNumber("StartIndex").orElse(0));
        long end = Math.min(
                Integer.MAX_VALUE,
                start + Math.max(1, params.longNumber("Limit").orElse(ITEMS)));
        query.put("StartIndex", Long.toString(Math.max(0, end - MOST_ITEMS)));
        query.put("Limit", Long.toString(Math.min(end, MOST_ITEMS)));
    }
}
