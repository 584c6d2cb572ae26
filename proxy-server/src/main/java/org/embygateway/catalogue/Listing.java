package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.embygateway.auth.OwnUser;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.roaringbitmap.RoaringBitmap;

/** What all list answers have in common: who asks, which part of the catalogue they mean, and how pages are written. */
final class Listing {
    private static final int MOST_IDS = 2000;
    private static final int USUAL_PAGE = 100;

    private final Catalogue catalogue;
    private final ReadThrough readThrough;
    private final Walks walks = new Walks();

    Listing(Catalogue catalogue, ReadThrough readThrough) {
        this.catalogue = catalogue;
        this.readThrough = readThrough;
    }

    /** The caller's view of the catalogue, after servers that are not indexed yet were asked. */
    Visitor asked(Call call) {
        readThrough.before(call);
        return visitor(call);
    }

    /** Refused with 403 when the call names another user than its own. */
    Visitor visitor(Call call) {
        OwnUser.check(call, call.pathParams().getOrDefault("UserId", ""));
        OwnUser.check(call, call.query().text("UserId", ""));
        return catalogue.visitor(call.signedIn());
    }

    /** The part of the catalogue that a call is about, and the order it has by itself. */
    record Scope(List<Condition> conditions, Sort order) {}

    /** Everything below {@code ParentId}, or what stands directly in it; all items when it is absent. */
    Scope scope(Visitor visitor, Params params) {
        Optional<String> parent = params.text("ParentId").filter(text -> !text.equals(Integer.toString(Views.ROOT)));
        if (parent.isEmpty()) {
            return new Scope(List.of(), Sort.BY_NAME);
        }
        return catalogue
                .ids()
                .current(parent.get())
                .flatMap(visitor.lens()::find)
                .map(row ->
                        Lists.isList(row.kind()) ? inList(visitor, row, params) : below(visitor.lens(), row, params))
                .orElseGet(() -> new Scope(List.of(Condition.none()), Sort.BY_NAME));
    }

    private static boolean isRecursive(Params params) {
        return params.flag("Recursive", false) || params.has("IncludeItemTypes") || params.has("SearchTerm");
    }

    /** A collection is in the order of its {@code DisplayOrder}: by date unless it says by name. */
    private Scope inList(Visitor visitor, Row list, Params params) {
        boolean byName = catalogue
                .documents()
                .full(visitor, List.of(list))
                .getFirst()
                .path("DisplayOrder")
                .asText("")
                .equalsIgnoreCase("SortName");
        RoaringBitmap members =
                isRecursive(params) ? Tree.descendants(visitor.lens(), list) : Tree.children(visitor.lens(), list);
        return new Scope(List.of(Condition.ids(members)), byName ? Sort.BY_NAME : Sort.by(SortKey.PREMIERE_DATE));
    }

    private static Scope below(Lens lens, Row parent, Params params) {
        boolean recursive = isRecursive(params);
        return switch (parent.kind()) {
            case COLLECTION_FOLDER, USER_VIEW -> new Scope(List.of(inView(lens, parent.id(), params)), Sort.BY_NAME);
            case SERIES, SEASON, MUSIC_ALBUM ->
                new Scope(
                        List.of(Condition.ids(
                                recursive ? Tree.descendants(lens, parent) : Tree.children(lens, parent))),
                        parent.kind() == ItemKind.SERIES && !recursive
                                ? Sort.by(SortKey.INDEX_NUMBER)
                                : Sort.within(parent.kind()));
            case MUSIC_ARTIST -> ofArtist(lens, parent.id(), params);
            case PERSON, GENRE, MUSIC_GENRE, GAME_GENRE, STUDIO, TAG ->
                new Scope(List.of(Filters.naming(lens, List.of(parent.id()))), Sort.BY_NAME);
            case FOLDER, PHOTO_ALBUM, GAME_SYSTEM ->
                new Scope(
                        List.of(Condition.ids(
                                recursive ? Tree.descendants(lens, parent) : Tree.children(lens, parent))),
                        Sort.BY_NAME);
            default -> new Scope(List.of(Condition.ids(Tree.descendants(lens, parent))), Sort.BY_NAME);
        };
    }

    /** The artist's albums, the latest first; all that is by it, songs in the order of albums, when more is asked for. */
    private static Scope ofArtist(Lens lens, int artist, Params params) {
        if (!isRecursive(params)) {
            return new Scope(List.of(Condition.ids(Artists.albums(lens, artist))), Sort.LATEST_YEAR);
        }
        boolean songs = Filters.kinds(params, "IncludeItemTypes")
                .map(kinds -> kinds.contains(ItemKind.AUDIO))
                .orElse(true);
        return new Scope(List.of(Filters.naming(lens, List.of(artist))), songs ? Sort.BY_ALBUM : Sort.LATEST_YEAR);
    }

    /** The collections of a library are those with something of it, its artists, genres and the like what that names. */
    private static Condition inView(Lens lens, int view, Params params) {
        if (lens.lists().views().containsKey(view)) {
            return Condition.ids(Tree.topLevel(lens, view));
        }
        Condition inside = inView(lens, view, isRecursive(params));
        Set<ItemKind> asked = Filters.kinds(params, "IncludeItemTypes").orElse(Set.of());
        if (asked.stream().noneMatch(kind -> kind == ItemKind.BOX_SET || kind.isByName())) {
            return inside;
        }
        RoaringBitmap items = new Query(lens, UserState.NOBODY, List.of(inside)).matches();
        RoaringBitmap all = RoaringBitmap.or(items, Groups.byName(lens, items, asked, Artists.roles(params)));
        if (asked.contains(ItemKind.BOX_SET)) {
            all.or(lens.lists().holding(lens, ItemKind.BOX_SET, items));
        }
        return Condition.ids(all);
    }

    private static Condition inView(Lens lens, int view, boolean recursive) {
        return Condition.ids(recursive ? lens.of(Keys.VIEW.of(view)) : Tree.topLevel(lens, view));
    }

    /** The items named one by one; refused with 400 when there are more than 2000. */
    Optional<int[]> named(Params params) {
        List<String> texts = idTexts(params, "Ids");
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(texts.stream()
                .flatMap(text -> catalogue.ids().current(text).stream())
                .mapToInt(Integer::intValue)
                .distinct()
                .toArray());
    }

    /** The ids of a parameter as they were sent; refused with 400 when there are more than 2000. */
    static List<String> idTexts(Params params, String name) {
        List<String> texts = params.list(name);
        if (texts.size() > MOST_IDS) {
            throw new Refused(400, "Too many ids: at most " + MOST_IDS + " may be asked for at once.");
        }
        return texts;
    }

    /** All conditions of a call: its scope, its filters, and which kinds it means when it names none. */
    List<Condition> conditions(Visitor visitor, Params params) {
        List<Condition> conditions = new ArrayList<>(scope(visitor, params).conditions);
        conditions.addAll(filters(visitor, params));
        return conditions;
    }

    List<Condition> filters(Visitor visitor, Params params) {
        List<Condition> conditions =
                new ArrayList<>(Filters.of(params, visitor.lens(), visitor.user(), catalogue.ids(), catalogue.clock()));
        named(params).ifPresent(ids -> conditions.add(Condition.ids(RoaringBitmap.bitmapOf(ids))));
        if (params.has("SearchTerm")) {
            Filters.kinds(params, "IncludeSearchTypes")
                    .ifPresent(kinds -> conditions.add(Filters.kinds(visitor.lens(), kinds)));
        }
        conditions.addAll(ListFilters.of(params, visitor, catalogue.ids()));
        if (!params.has("IncludeItemTypes")) {
            conditions.add(Filters.kinds(visitor.lens(), kindsOf(params)));
        }
        return conditions;
    }

    private static Set<ItemKind> kindsOf(Params params) {
        return params.has("SearchTerm") ? Search.KINDS : params.has("Ids") ? Search.NAMEABLE : Search.MEDIA;
    }

    /** Where a page begins, how long it is (below zero for as long as there is), and the seed of a random order. */
    record Paging(int start, int limit, long seed) {
        static Paging of(Call call) {
            Params params = call.query();
            int limit = params.number("Limit").orElse(Integer.MAX_VALUE);
            long tenMinutes = System.currentTimeMillis() / TimeUnit.MINUTES.toMillis(10);
            long seed = params.longNumber("RandomSeed")
                    .orElse(call.signedIn().sessionId().hashCode() * 31L + tenMinutes);
            return new Paging(startOf(params), limit < 0 ? Integer.MAX_VALUE : limit, seed);
        }
    }

    /** Beyond the end when it is larger than any list. */
    private static int startOf(Params params) {
        return Math.clamp(params.longNumber("StartIndex").orElse(0), 0, Integer.MAX_VALUE);
    }

    /** Runs the query of a call over some conditions and writes its page. */
    Reply page(Call call, Visitor visitor, List<Condition> conditions, Sort otherwise) {
        Params params = call.query();
        Paging paging = Paging.of(call);
        Query query = new Query(visitor.lens(), visitor.user(), conditions);
        Optional<Sort> asked = Sort.parse(params);
        boolean byCloseness = asked.map(Sort::isByNameOnly).orElse(true) && !Regrouping.isWanted(params);
        if (params.has("SearchTerm") && byCloseness) {
            Query.Page found =
                    new Search(visitor, conditions).page(params.text("SearchTerm", ""), paging.start, paging.limit);
            return page(visitor, found.ids(), found.total(), params);
        }
        Sort sort = order(params, asked, otherwise);
        if (params.has("AdjacentTo")) {
            return neighbours(visitor, query, sort, paging.seed, params);
        }
        RoaringBitmap matches = Regrouping.of(visitor.lens(), params).apply(query.matches());
        Query.Page page = walks.page(call, visitor, query, matches, sort, paging);
        return page(visitor, page.ids(), page.total(), params);
    }

    /** What is asked for; {@code DisplayOrder} is the order that the scope has by itself. */
    private static Sort order(Params params, Optional<Sort> asked, Sort otherwise) {
        if (!Sort.asksFor(params, "DisplayOrder")) {
            return asked.orElse(otherwise);
        }
        return Sort.asksDescending(params) ? otherwise.reversed() : otherwise;
    }

    static int[] cut(int[] ids, Paging paging) {
        int from = Math.min(paging.start, ids.length);
        return Arrays.copyOfRange(ids, from, (int) Math.min(ids.length, (long) from + paging.limit));
    }

    private Reply neighbours(Visitor visitor, Query query, Sort sort, long seed, Params params) {
        RoaringBitmap matches = query.matches();
        int[] all = query.slice(matches, sort, seed, 0, Integer.MAX_VALUE);
        int wanted = catalogue.ids().current(params.text("AdjacentTo", "")).orElse(0);
        for (int i = 0; i < all.length; i++) {
            if (all[i] == wanted) {
                int[] three = Arrays.copyOfRange(all, Math.max(0, i - 1), Math.min(all.length, i + 2));
                return page(visitor, three, three.length, params);
            }
        }
        return page(visitor, new int[0], 0, params);
    }

    /** A query result; the count is that of what is returned when the client does not want a true one. */
    Reply page(Visitor visitor, int[] ids, int total, Params params) {
        return page(visitor, ids, List.of(), total, params);
    }

    /** @param entries {@code PlaylistItemId}s of the items; none when they are of no playlist */
    Reply page(Visitor visitor, int[] ids, List<Integer> entries, int total, Params params) {
        int shown = params.flag("EnableTotalRecordCount", true)
                ? total
                : (int) Math.min(total, (long) startOf(params) + ids.length);
        JsonText out = room(ids).open('{').name("Items");
        array(out, visitor, ids, Projection.list(params), Map.of(), entries);
        return Reply.json(out.name("TotalRecordCount").number(shown).close('}').bytes());
    }

    /** A bare array of items. */
    Reply array(Visitor visitor, int[] ids, Params params) {
        JsonText out = room(ids);
        array(out, visitor, ids, Projection.list(params));
        return Reply.json(out.bytes());
    }

    private static JsonText room(int[] ids) {
        return new JsonText(1024 + Math.min(ids.length, USUAL_PAGE) * 1024);
    }

    /** The array as a value, for answers that hold several. */
    void array(JsonText out, Visitor visitor, int[] ids, Projection projection) {
        array(out, visitor, ids, projection, Map.of());
    }

    /** @param counts replaces {@code ChildCount} of some items */
    void array(JsonText out, Visitor visitor, int[] ids, Projection projection, Map<Integer, Integer> counts) {
        array(out, visitor, ids, projection, counts, List.of());
    }

    private void array(
            JsonText out,
            Visitor visitor,
            int[] ids,
            Projection projection,
            Map<Integer, Integer> counts,
            List<Integer> entries) {
        List<Row> rows = Arrays.stream(ids).mapToObj(visitor.lens()::row).toList();
        catalogue.documents().write(out, visitor, rows, projection, (item, place) -> {
            Row row = rows.get(place);
            Integer count = counts.get(row.id());
            if (count != null) {
                item.name("ChildCount").number(count);
            }
            if (!entries.isEmpty()) {
                item.name("PlaylistItemId").id(entries.get(place));
            }
            PersonalFields.write(item, visitor, row, projection, count == null);
        });
    }

    Catalogue catalogue() {
        return catalogue;
    }

    static Params blank(Params params, String... names) {
        Map<String, String> blanks = new HashMap<>();
        for (String name : names) {
            blanks.put(name, "");
        }
        return params.overriddenBy(Params.of(blanks));
    }
}
