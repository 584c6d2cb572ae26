package org.embygateway.sync;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemKind;
import org.embygateway.upstream.UpstreamRequest;

/**
 * A question for items of an upstream, in the upstream's own ids.
 *
 * @param libraryId the library that the answer's items belong to; empty when the answer is libraries
 */
record Question(String path, Map<String, String> query, String libraryId) {
    /** What the index keeps of libraries. */
    static final String TYPES = "Movie,Series,Season,Episode,Video,MusicVideo,MusicArtist,MusicAlbum,Audio,"
            + "AudioBook,Book,PhotoAlbum,Photo,Game,GameSystem,Trailer";

    /** Libraries in which the folders are what people made of them; elsewhere they only hold what a title consists of. */
    private static final Set<String> WITH_FOLDERS = Set.of("homevideos", "photos");

    /** Libraries that may have albums in them. */
    private static final Set<String> MUSIC = Set.of("music", "audiobooks", "");

    private static final Set<String> WITH_ARTISTS = Set.of("music", "musicvideos", "audiobooks");

    /** What lies in no library and holds what lies in others. */
    static final List<ItemKind> LISTS = List.of(ItemKind.BOX_SET, ItemKind.PLAYLIST);

    private static final String ITEM = "/Users/{user}/Items/";
    private static final String EXTRA_FIELDS = "Path,MediaSources,SortName,Overview,DateCreated,PremiereDate,"
            + "ProductionYear,Container,Width,Height,Chapters,PrimaryImageAspectRatio,CanDownload";

    private static final String ARTIST_FIELDS =
            "ProviderIds,SortName,Genres,Overview,DateCreated,ProductionYear,PremiereDate,EndDate,DateLastSaved";

    private static final String FIELDS = "ProviderIds,Path,MediaSources,SortName,Genres,Tags,Studios,People,Overview,"
            + "DateCreated,PremiereDate,EndDate,ProductionYear,OfficialRating,CommunityRating,CriticRating,Status,"
            + "ParentId,PresentationUniqueKey,Etag,Container,Width,Height,Chapters,RemoteTrailers,LocalTrailerCount,"
            + "SpecialFeatureCount,PartCount,OriginalTitle,Taglines,PrimaryImageAspectRatio,DateLastSaved,AirDays,AirTime,CanDownload";

    Question {
        query = new LinkedHashMap<>(query);
    }

    /** What the index keeps of libraries of that collection type. */
    static String typesIn(String collectionType) {
        return WITH_FOLDERS.contains(collectionType) ? TYPES + ",Folder" : TYPES;
    }

    static Question libraries() {
        return new Question("/Users/{user}/Views", Map.of(), "");
    }

    /** The same; of albums also how many songs they have, which costs a server something for every folder. */
    static Question items(Map<String, String> which, UpstreamItem library) {
        Question question = items(which, library.id());
        return MUSIC.contains(library.collectionType())
                ? question.with("Fields", FIELDS + ",RecursiveItemCount")
                : question;
    }

    /** Whether artists are asked for there; elsewhere there are none. */
    static boolean hasArtists(UpstreamItem library) {
        return WITH_ARTISTS.contains(library.collectionType());
    }

    /** The artists of a library: servers leave them out where they list what lies in it. */
    static Question artists(UpstreamItem library) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("UserId", "{user}");
        query.put("ParentId", library.id());
        query.put("Recursive", "true");
        query.put("Fields", ARTIST_FIELDS);
        query.put("EnableUserData", "false");
        query.put("SortBy", "SortName");
        return new Question("/Artists", query, library.id());
    }

    /** Items with everything the index wants to know; the map says which. */
    static Question items(Map<String, String> which, String libraryId) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("Fields", FIELDS);
        query.put("EnableUserData", "false");
        query.putAll(which);
        return new Question("/Users/{user}/Items", query, libraryId);
    }

    /** Ids only: the cheapest way to see what is there. */
    static Question ids(Map<String, String> which) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("EnableUserData", "false");
        query.put("EnableImages", "false");
        query.putAll(which);
        return new Question("/Users/{user}/Items", query, "");
    }

    /** All lists of one kind; Jellyfin gives them all when only one kind is asked for. */
    static Question lists(ItemKind kind) {
        return items(ofKind(kind), "").with("Fields", FIELDS + ",DisplayOrder");
    }

    /** The same, ids and {@code ChildCount} only. */
    static Question listSizes(ItemKind kind) {
        return ids(ofKind(kind)).with("Fields", "ChildCount");
    }

    private static Map<String, String> ofKind(ItemKind kind) {
        Map<String, String> which = new LinkedHashMap<>();
        which.put("Recursive", "true");
        which.put("IncludeItemTypes", kind.wireName());
        return FullCrawl.sorted(which);
    }

    /** What a list holds, in its own order. */
    static Question members(String list) {
        return ids(Map.of("ParentId", list));
    }

    static Question item(String id, String libraryId) {
        return new Question(ITEM + id, Map.of(), libraryId);
    }

    /** What comes with an item; the path names both. */
    static Question extras(String path) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("UserId", "{user}");
        query.put("InheritFromParent", "false");
        query.put("Fields", EXTRA_FIELDS);
        query.put("EnableUserData", "false");
        return new Question(path, query, "");
    }

    /** The item that is asked for alone; see {@link #item(String, String)}. */
    Optional<String> item() {
        return path.startsWith(ITEM) ? Optional.of(path.substring(ITEM.length())) : Optional.empty();
    }

    boolean isLibraries() {
        return path.endsWith("/Views");
    }

    /** The list whose members are asked for; see {@link #members}. */
    Optional<String> list() {
        return libraryId.isEmpty() ? Optional.ofNullable(query.get("ParentId")) : Optional.empty();
    }

    Question with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new Question(path, more, libraryId);
    }

    UpstreamRequest request(Duration limit) {
        return UpstreamRequest.get(path, query, limit);
    }
}
