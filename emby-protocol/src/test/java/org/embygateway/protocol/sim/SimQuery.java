package org.embygateway.protocol.sim;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;

/** Which items a list request means: scope, filters, order. Paging is the caller's. */
final class SimQuery {
    private final SimWorld world;
    private final Optional<SimUser> user;
    private final Params query;

    SimQuery(SimWorld world, Optional<SimUser> user, Params query) {
        this.world = world;
        this.user = user;
        this.query = query;
    }

    /** All that the request selects, in its order. */
    List<SimItem> select() {
        List<SimItem> found = new ArrayList<>();
        Predicate<SimItem> filter = filters();
        scope().forEach(item -> {
            if (filter.test(item)) {
                found.add(item);
            }
        });
        sort(found);
        return found;
    }

    private Iterable<SimItem> scope() {
        List<String> ids = query.list("Ids");
        if (!ids.isEmpty()) {
            return ids.stream().flatMap(id -> world.catalog().find(id).stream()).toList();
        }
        Optional<String> parent = query.text("ParentId");
        boolean recursive = query.flag("Recursive", false) || query.has("SearchTerm");
        if (parent.isEmpty()) {
            return recursive ? world.catalog().all() : world.catalog().views();
        }
        if (world.face().isJellyfin() && isOneKindOfList()) {
            return world.catalog().all();
        }
        return world.catalog()
                .find(parent.get())
                .map(p -> below(p, recursive || implied(p)))
                .orElse(List.of());
    }

    /** Jellyfin gives all collections, or all playlists, whatever the parent. */
    private boolean isOneKindOfList() {
        Set<ItemKind> kinds = kinds("IncludeItemTypes");
        return kinds.equals(Set.of(ItemKind.BOX_SET)) || kinds.equals(Set.of(ItemKind.PLAYLIST));
    }

    /** Types asked of a library mean all of it. */
    private boolean implied(SimItem parent) {
        return parent.kind == ItemKind.COLLECTION_FOLDER && query.has("IncludeItemTypes");
    }

    private List<SimItem> below(SimItem parent, boolean recursive) {
        if (parent.kind == ItemKind.PLAYLIST) {
            return parent.members;
        }
        Set<SimItem> found = new LinkedHashSet<>();
        collect(parent, recursive, found);
        if (parent.kind == ItemKind.COLLECTION_FOLDER
                && kinds("IncludeItemTypes").contains(ItemKind.BOX_SET)) {
            found.addAll(collectionsOf(found));
        }
        if (parent.kind == ItemKind.COLLECTION_FOLDER
                && kinds("IncludeItemTypes").contains(ItemKind.MUSIC_ARTIST)) {
            found.addAll(artistsOf(found));
        }
        if (parent.kind.isByName()) {
            world.catalog().all().forEach(i -> {
                if (refersTo(i, parent)) {
                    found.add(i);
                }
            });
        }
        return List.copyOf(found);
    }

    /** A library's collections are those with something of it. */
    private List<SimItem> collectionsOf(Set<SimItem> items) {
        List<SimItem> collections = new ArrayList<>();
        world.catalog().all().forEach(item -> {
            if (item.kind == ItemKind.BOX_SET && item.members.stream().anyMatch(items::contains)) {
                collections.add(item);
            }
        });
        return collections;
    }

    /** A library's artists are those of something of it. */
    private List<SimItem> artistsOf(Set<SimItem> items) {
        return items.stream()
                .flatMap(item -> Stream.of(item.shownArtists(), item.shownAlbumArtists(), item.composers))
                .flatMap(List::stream)
                .distinct()
                .flatMap(name -> world.catalog().findByName(ItemKind.MUSIC_ARTIST, name).stream())
                .toList();
    }

    private static void collect(SimItem parent, boolean recursive, Set<SimItem> found) {
        Stream.concat(parent.children().stream(), parent.members.stream()).forEach(child -> {
            found.add(child);
            if (recursive) {
                collect(child, true, found);
            }
        });
    }

    private Predicate<SimItem> filters() {
        Predicate<SimItem> all = item -> user.isEmpty() || user.get().sees(item);
        all = all.and(item -> !item.forbidden);
        all = all.and(types());
        all = all.and(watched());
        all = all.and(relations());
        all = all.and(texts());
        return all.and(dates());
    }

    private Predicate<SimItem> types() {
        Set<ItemKind> wanted = kinds("IncludeItemTypes");
        Set<ItemKind> unwanted = kinds("ExcludeItemTypes");
        List<String> media = query.list("MediaTypes");
        Set<String> filters = lower(query.list("Filters"));
        Optional<Boolean> folder = query.flag("IsFolder")
                .or(() -> filters.contains("isfolder") ? Optional.of(true) : Optional.empty())
                .or(() -> filters.contains("isnotfolder") ? Optional.of(false) : Optional.empty());
        boolean asked = query.has("IncludeItemTypes");
        boolean plain =
                !asked && query.list("Ids").isEmpty() && query.text("ParentId").isEmpty();
        boolean top = plain && !query.flag("Recursive", false) && !query.has("SearchTerm");
        return item -> (!asked || wanted.contains(item.kind))
                && (asked || !unwanted.contains(item.kind))
                && (!plain || top || isReal(item))
                && (media.isEmpty() || media.stream().anyMatch(m -> m.equalsIgnoreCase(item.kind.mediaType())))
                && (folder.isEmpty() || folder.get() == item.kind.isFolder());
    }

    private boolean isReal(SimItem item) {
        return item.kind != ItemKind.COLLECTION_FOLDER && (!item.kind.isByName() || query.has("SearchTerm"));
    }

    private Set<ItemKind> kinds(String name) {
        return query.list(name).stream()
                .flatMap(t -> ItemKind.named(t).stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> lower(List<String> names) {
        return names.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private Predicate<SimItem> watched() {
        Set<String> filters = lower(query.list("Filters"));
        Optional<Boolean> played = query.flag("IsPlayed")
                .or(() -> filters.contains("isplayed") ? Optional.of(true) : Optional.empty())
                .or(() -> filters.contains("isunplayed") ? Optional.of(false) : Optional.empty());
        boolean favorite = query.flag("IsFavorite", false) || filters.contains("isfavorite");
        boolean resumable = filters.contains("isresumable");
        if (user.isEmpty() || played.isEmpty() && !favorite && !resumable) {
            return item -> true;
        }
        SimUser who = user.get();
        return item -> (played.isEmpty() || isPlayed(who, item) == played.get())
                && (!favorite || who.state(item).favorite())
                && (!resumable
                        || who.state(item).position() > 0 && !who.state(item).hidden());
    }

    static boolean isPlayed(SimUser user, SimItem item) {
        if (!item.kind.isFolder()) {
            return user.state(item).played();
        }
        List<SimItem> leaves = UserDataJson.leaves(item);
        return !leaves.isEmpty() && leaves.stream().allMatch(l -> user.state(l).played());
    }

    private Predicate<SimItem> relations() {
        List<SimItem> genres = Stream.of(ItemKind.GENRE, ItemKind.MUSIC_GENRE, ItemKind.GAME_GENRE)
                .flatMap(kind -> named(kind, "Genres", "GenreIds").stream())
                .toList();
        List<SimItem> tags = named(ItemKind.TAG, "Tags", "TagIds");
        List<SimItem> studios = named(ItemKind.STUDIO, "Studios", "StudioIds");
        List<SimItem> people = named(ItemKind.PERSON, "Person", "PersonIds");
        Set<String> years = Set.copyOf(query.list("Years"));
        Set<String> providers = lower(query.list("AnyProviderIdEquals"));
        return item -> anyOf(item, genres, "Genres", "GenreIds")
                && anyOf(item, tags, "Tags", "TagIds")
                && anyOf(item, studios, "Studios", "StudioIds")
                && anyOf(item, people, "Person", "PersonIds")
                && music(item)
                && (years.isEmpty() || item.year != null && years.contains(item.year.toString()))
                && (providers.isEmpty()
                        || item.providers.entrySet().stream()
                                .anyMatch(e -> providers.contains(
                                        (e.getKey() + "." + e.getValue()).toLowerCase(Locale.ROOT))));
    }

    private boolean music(SimItem item) {
        List<SimItem> artists = named(ItemKind.MUSIC_ARTIST, "Artists", "ArtistIds");
        List<SimItem> albumArtists = named(ItemKind.MUSIC_ARTIST, "AlbumArtists", "AlbumArtistIds");
        List<SimItem> albums = named(ItemKind.MUSIC_ALBUM, "Albums", "AlbumIds");
        return anyOf(item, artists, "Artists", "ArtistIds")
                && (!query.has("AlbumArtistIds")
                        || albumArtists.stream()
                                .anyMatch(artist ->
                                        item.shownAlbumArtists().stream().anyMatch(artist.name::equalsIgnoreCase)))
                && (!query.has("AlbumIds")
                        || item.ancestor(ItemKind.MUSIC_ALBUM)
                                .filter(albums::contains)
                                .isPresent());
    }

    private List<SimItem> named(ItemKind kind, String names, String ids) {
        Stream<SimItem> byName =
                query.pipeList(names).stream().flatMap(n -> world.catalog().findByName(kind, n).stream());
        Stream<SimItem> byId = Stream.concat(query.list(ids).stream(), query.pipeList(ids).stream())
                .flatMap(i -> world.catalog().find(i).stream());
        return Stream.concat(byName, byId).distinct().toList();
    }

    private boolean anyOf(SimItem item, List<SimItem> wanted, String names, String ids) {
        return !query.has(names) && !query.has(ids) || wanted.stream().anyMatch(w -> refersTo(item, w));
    }

    private static boolean refersTo(SimItem item, SimItem named) {
        return switch (named.kind) {
            case GENRE, MUSIC_GENRE, GAME_GENRE -> item.genres.stream().anyMatch(named.name::equalsIgnoreCase);
            case TAG -> item.tags.stream().anyMatch(named.name::equalsIgnoreCase);
            case STUDIO -> item.studios.stream().anyMatch(named.name::equalsIgnoreCase);
            case MUSIC_ARTIST -> item.isBy(named.name);
            case PERSON -> item.people.stream().anyMatch(p -> p.name().equalsIgnoreCase(named.name));
            default -> false;
        };
    }

    private Predicate<SimItem> texts() {
        String term = query.text("SearchTerm", "").toLowerCase(Locale.ROOT);
        String start = query.text("NameStartsWith", "").toLowerCase(Locale.ROOT);
        String from = query.text("NameStartsWithOrGreater", "").toLowerCase(Locale.ROOT);
        return item -> (term.isEmpty()
                        || item.name.toLowerCase(Locale.ROOT).contains(term)
                        || item.originalTitle.toLowerCase(Locale.ROOT).contains(term))
                && (start.isEmpty() || item.sortKey().startsWith(start))
                && (from.isEmpty() || item.sortKey().compareTo(from) >= 0);
    }

    private Predicate<SimItem> dates() {
        Optional<Instant> saved = date("MinDateLastSaved");
        Optional<Instant> savedForUser = date("MinDateLastSavedForUser");
        return item -> (saved.isEmpty() || !item.saved.isBefore(saved.get()))
                && (savedForUser.isEmpty()
                        || !item.saved.isBefore(savedForUser.get())
                        || user.isPresent() && !user.get().state(item).changed().isBefore(savedForUser.get()));
    }

    private Optional<Instant> date(String name) {
        try {
            return query.text(name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new SimError(400, "String was not recognized as a valid DateTime.");
        }
    }

    private void sort(List<SimItem> items) {
        List<String> keys = new ArrayList<>(query.list("SortBy"));
        if (keys.isEmpty()) {
            if (!query.list("Ids").isEmpty() || keepsOrder()) {
                return;
            }
            keys.add(ownOrder());
        }
        List<String> orders = query.list("SortOrder");
        Comparator<SimItem> order = (a, b) -> 0;
        for (int i = 0; i < keys.size(); i++) {
            String direction = orders.isEmpty() ? "Ascending" : orders.get(i < orders.size() ? i : 0);
            Comparator<SimItem> key = comparator(keys.get(i));
            order = order.thenComparing(direction.toLowerCase(Locale.ROOT).startsWith("desc") ? key.reversed() : key);
        }
        items.sort(order.thenComparing(SimItem::sortKey).thenComparingLong(i -> i.number));
    }

    private boolean keepsOrder() {
        return query.text("ParentId")
                .flatMap(world.catalog()::find)
                .map(p -> p.kind == ItemKind.PLAYLIST || p.kind == ItemKind.SERIES || p.kind == ItemKind.SEASON)
                .orElse(false);
    }

    /** Collections are shown by date unless they are to be shown by name. */
    private String ownOrder() {
        return query.text("ParentId")
                .flatMap(world.catalog()::find)
                .filter(p -> p.kind == ItemKind.BOX_SET && !p.displayOrder.equals("SortName"))
                .map(p -> "PremiereDate")
                .orElse("SortName");
    }

    private Comparator<SimItem> comparator(String key) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "name" -> Comparator.comparing(i -> i.name.toLowerCase(Locale.ROOT));
            case "datecreated", "datelastcontentadded" -> Comparator.comparing(i -> i.created);
            case "datelastsaved", "datemodified" -> Comparator.comparing(i -> i.saved);
            case "productionyear" -> Comparator.comparingInt(i -> i.year == null ? 0 : i.year);
            case "premieredate" -> Comparator.comparingLong(SimQuery::premiere);
            case "communityrating" ->
                Comparator.comparingDouble(i -> i.communityRating == null ? -1 : i.communityRating);
            case "indexnumber" -> Comparator.comparingInt(i -> i.index == null ? -1 : i.index);
            case "parentindexnumber" -> Comparator.comparingInt(i -> i.parentIndex == null ? -1 : i.parentIndex);
            case "album" ->
                Comparator.comparing(i ->
                        i.ancestor(ItemKind.MUSIC_ALBUM).map(SimItem::sortKey).orElse(""));
            case "albumartist" -> Comparator.comparing(i -> String.join("; ", i.shownAlbumArtists()));
            case "artist" -> Comparator.comparing(i -> String.join("; ", i.shownArtists()));
            case "runtime" -> Comparator.comparing(i -> i.runtime);
            case "isfolder" -> Comparator.comparing(i -> !i.kind.isFolder());
            case "dateplayed" -> Comparator.comparing(i -> state(i).lastPlayed().orElse(Instant.EPOCH));
            case "playcount" -> Comparator.comparingInt(i -> state(i).playCount());
            case "seriessortname" ->
                Comparator.comparing(
                        i -> i.ancestor(ItemKind.SERIES).map(SimItem::sortKey).orElseGet(i::sortKey));
            case "random" ->
                Comparator.comparingLong(
                        i -> (i.number + query.longNumber("RandomSeed").orElse(1)) * 0x9E3779B97F4A7C15L);
            default -> Comparator.comparing(SimItem::sortKey);
        };
    }

    private WatchState state(SimItem item) {
        return user.map(u -> u.state(item)).orElse(WatchState.NEW);
    }

    private static long premiere(SimItem item) {
        if (item.premiere != null) {
            return item.premiere.toEpochDay();
        }
        return item.year == null
                ? Long.MIN_VALUE
                : LocalDate.of(item.year, 1, 1).toEpochDay();
    }
}
