package org.embygateway.index.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.index.merge.MergeKey.Strength;
import org.embygateway.protocol.ItemKind;

/** What copies of each kind are merged by, and what forbids it. Kinds without a rule stay side by side. */
public final class MergeRules {
    /** Goes up whenever copies have other keys than before. */
    public static final int VERSION = 4;

    private static final Pattern NUMBER = Pattern.compile("0*([1-9]\\d{0,17})(-.*)?");
    private static final Pattern IMDB = Pattern.compile("(?:[a-z]{2})?0*([1-9]\\d{0,17})");
    static final String SPAN = "number of episodes";
    static final String SERIES = "series";

    private MergeRules() {}

    /** All keys of the copy; of a season, an episode or a song none as long as its series or album is not known. */
    public static List<MergeKey> keys(Facts facts) {
        List<MergeKey> keys = new ArrayList<>();
        if (isChild(facts.kind()) && facts.series() == 0) {
            return keys;
        }
        // Not below the series: episodes with equal ids tell of their series, too.
        String within = facts.kind() == ItemKind.AUDIO ? facts.series() + "|" : "";
        comparableIds(facts)
                .forEach((name, value) ->
                        keys.add(new MergeKey(Strength.ID, facts.kind().code() + "|" + within + name + '|' + value)));
        switch (facts.kind()) {
            case MOVIE, SERIES -> addTitle(facts, keys);
            case SEASON -> facts.index().ifPresent(n -> keys.add(key(facts, Strength.PLACE, "season|" + n)));
            case EPISODE -> addEpisodePlace(facts, keys);
            case COLLECTION_FOLDER, USER_VIEW -> addLibrary(facts, keys);
            case MUSIC_ALBUM -> MusicRules.addAlbum(facts, keys);
            case AUDIO -> MusicRules.addSong(facts, keys);
            case MUSIC_ARTIST -> addNamed(facts, FoldedName.ofTitle(facts.name()), Strength.PLACE, "name|", keys);
            case BOX_SET, PERSON, GENRE, MUSIC_GENRE, GAME_GENRE, STUDIO, TAG ->
                addNamed(facts, Strength.PLACE, "name|", keys);
            default -> {
                // side by side
            }
        }
        return keys;
    }

    /** Whether anything can be compared with the ids of another. */
    public static boolean hasIds(Facts facts) {
        return !comparableIds(facts).isEmpty();
    }

    /** True for kinds that are merged within their merged series or album only. */
    public static boolean isChild(ItemKind kind) {
        return kind == ItemKind.SEASON || kind == ItemKind.EPISODE || kind == ItemKind.AUDIO;
    }

    /** True for the kinds that these are merged within. */
    public static boolean isParent(ItemKind kind) {
        return kind == ItemKind.SERIES || kind == ItemKind.MUSIC_ALBUM;
    }

    private static MergeKey key(Facts facts, Strength strength, String text) {
        String kind = facts.kind().code() + "|";
        return new MergeKey(strength, isChild(facts.kind()) ? kind + facts.series() + '|' + text : kind + text);
    }

    /** Nothing when the name is blank: that proves nothing. */
    private static void addNamed(Facts facts, Strength strength, String place, List<MergeKey> keys) {
        addNamed(facts, FoldedName.of(facts.name()), strength, place, keys);
    }

    private static void addNamed(Facts facts, String name, Strength strength, String place, List<MergeKey> keys) {
        if (!name.isEmpty()) {
            keys.add(key(facts, strength, place + name));
        }
    }

    /** Without a year it joins nothing, but whoever has the same title may be told of it. */
    private static void addTitle(Facts facts, List<MergeKey> keys) {
        String title = FoldedName.ofTitle(facts.name());
        if (!title.isEmpty()) {
            keys.add(key(facts, Strength.TITLE, title));
        }
    }

    private static void addLibrary(Facts facts, List<MergeKey> keys) {
        String type = facts.collectionType().toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            addNamed(facts, Strength.PLACE, "name|", keys);
        } else {
            keys.add(key(facts, Strength.PLACE, "type|" + type));
        }
    }

    private static void addEpisodePlace(Facts facts, List<MergeKey> keys) {
        boolean special = facts.parentIndex().orElse(-1) == 0;
        if (!special && facts.parentIndex().isPresent() && facts.index().isPresent()) {
            int first = facts.index().getAsInt();
            String place = "%d|%d|%d"
                    .formatted(
                            facts.parentIndex().getAsInt(),
                            first,
                            facts.indexEnd().orElse(first));
            keys.add(key(facts, Strength.PLACE, "number|" + place));
            return;
        }
        // The numbers of specials differ between providers: number alone proves nothing.
        if (facts.premiere().isPresent()) {
            addNamed(facts, Strength.PLACE, "date|" + facts.premiere().get() + '|', keys);
            if (!special) {
                keys.add(key(facts, Strength.ONCE, facts.premiere().get().toString()));
            }
        } else if (!special && facts.parentIndex().isPresent()) {
            addNamed(facts, Strength.PLACE, "name|" + facts.parentIndex().getAsInt() + '|', keys);
        }
    }

    /** What two copies of one title must not differ in, where both have it. */
    static Map<String, Set<String>> distinctive(Facts facts) {
        Map<String, Set<String>> values = new TreeMap<>();
        comparableIds(facts).forEach((name, value) -> values.put(name, Set.of(value)));
        if (facts.kind() == ItemKind.SERIES) {
            values.keySet().removeAll(PluginIds.NAMES);
        }
        if (facts.kind() == ItemKind.EPISODE) {
            values.put(SERIES, Set.of(Integer.toString(facts.series())));
        }
        if (facts.kind() == ItemKind.EPISODE && facts.index().isPresent()) {
            int first = facts.index().getAsInt();
            int last = facts.indexEnd().orElse(first);
            values.put(SPAN, Set.of(Integer.toString(Math.max(last - first, 0) + 1)));
        }
        MusicRules.addDistinctive(facts, values);
        return values;
    }

    /** Ids that name the title itself; a collection's id, say, is on a movie too. */
    static Map<String, String> comparableIds(Facts facts) {
        Map<String, String> ids = new TreeMap<>();
        Map<String, String> all = facts.providerIds();
        switch (facts.kind()) {
            case MOVIE, SERIES, EPISODE, PERSON -> {
                take(all, "tmdb", "tmdb", ids);
                takeImdb(all, facts.kind() == ItemKind.PERSON ? "nm" : "tt", ids);
                take(all, "tvdb", "tvdb", ids);
                PluginIds.take(facts.kind(), all, ids);
            }
            case BOX_SET -> {
                take(all, "tmdb", "tmdb", ids);
                take(all, "tmdbcollection", "tmdb", ids); // Jellyfin's plugin keeps both; this one is the collection's
            }
            case STUDIO -> take(all, "tmdb", "tmdb", ids);
            case MUSIC_ARTIST -> takeText(all, "musicbrainzartist", ids);
            case MUSIC_ALBUM -> {
                takeText(all, MusicRules.RELEASE, ids);
                takeText(all, MusicRules.RELEASE_GROUP, ids);
            }
            case AUDIO -> takeText(all, MusicRules.TRACK, ids);
            default -> {
                // seasons go by number, libraries by type, genres and tags by name
            }
        }
        return ids;
    }

    /** Numbers are compared as such, and may bring a name with them ({@code 603-the-matrix}); "N/A" is nobody's id. */
    static void take(Map<String, String> all, String from, String to, Map<String, String> ids) {
        Matcher number = NUMBER.matcher(text(all, from));
        if (number.matches()) {
            ids.put(to, number.group(1));
        }
    }

    private static void takeText(Map<String, String> all, String name, Map<String, String> ids) {
        String value = text(all, name);
        if (!value.isEmpty() && !value.equals("0")) {
            ids.put(name, value);
        }
    }

    /** Two letters and at least seven digits, which some leave out. */
    private static void takeImdb(Map<String, String> all, String letters, Map<String, String> ids) {
        Matcher number = IMDB.matcher(text(all, "imdb"));
        if (number.matches()) {
            ids.put("imdb", letters + "0".repeat(Math.max(0, 7 - number.group(1).length())) + number.group(1));
        }
    }

    static String text(Map<String, String> all, String name) {
        return all.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
    }

    /** Titles whose contradictions an admin wants to hear of; namesakes among people are no news. */
    static boolean reportsConflicts(ItemKind kind) {
        return switch (kind) {
            case MOVIE, SERIES, EPISODE, BOX_SET, MUSIC_ALBUM, AUDIO -> true;
            default -> false;
        };
    }
}
