package org.embygateway.sync;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.embygateway.upstream.UpstreamRequest;

/**
 * A question for items of an upstream, in the upstream's own ids.
 *
 * @param libraryId the library that the answer's items belong to; empty when the answer is libraries
 */
record Question(String path, Map<String, String> query, String libraryId) {
    /** What the index keeps; playlists and live TV are the gateway's own. */
    static final String TYPES = "Movie,Series,Season,Episode,BoxSet,Video,MusicVideo,MusicArtist,MusicAlbum,Audio,"
            + "AudioBook,Book,PhotoAlbum,Photo";

    private static final String FIELDS = "ProviderIds,Path,MediaSources,SortName,Genres,Tags,Studios,People,Overview,"
            + "DateCreated,PremiereDate,EndDate,ProductionYear,OfficialRating,CommunityRating,CriticRating,Status,"
            + "ParentId,PresentationUniqueKey,Etag,Container,Width,Height,Chapters,RemoteTrailers,LocalTrailerCount,"
            + "SpecialFeatureCount,OriginalTitle,Taglines,PrimaryImageAspectRatio,DateLastSaved";

    Question {
        query = new LinkedHashMap<>(query);
    }

    static Question libraries() {
        return new Question("/Users/{user}/Views", Map.of(), "");
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

    static Question item(String id, String libraryId) {
        return new Question("/Users/{user}/Items/" + id, Map.of(), libraryId);
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
