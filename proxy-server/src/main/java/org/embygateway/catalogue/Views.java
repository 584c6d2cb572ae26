package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/** The merged libraries of a user: which there are, in the user's order, and what is special in their documents. */
final class Views {
    /** The id of the folder above the views: the largest there is, which the sequence of items never reaches. */
    static final int ROOT = Integer.MAX_VALUE;

    private final String serverId;

    Views(String serverId) {
        this.serverId = serverId;
    }

    static String guid(String serverId, int id) {
        return Hex32.of("guid " + serverId + id);
    }

    /** The visible views; without those the user has hidden, unless asked for. */
    List<Row> of(Visitor visitor, JsonNode configuration, boolean withHidden) {
        Set<String> hidden = texts(configuration.path("MyMediaExcludes"));
        List<Row> views = all(visitor.lens()).stream()
                .filter(view -> withHidden || !isNamed(view, hidden))
                .sorted(ordered(new ArrayList<>(texts(configuration.path("OrderedViews")))))
                .toList();
        return views;
    }

    static List<Row> all(Lens lens) {
        RoaringBitmap views = RoaringBitmap.or(
                lens.snapshot().ofKind(ItemKind.COLLECTION_FOLDER),
                lens.snapshot().ofKind(ItemKind.USER_VIEW));
        views.and(lens.visible());
        return Arrays.stream(views.toArray()).mapToObj(lens::row).toList();
    }

    /** Whether a setting names the view: clients store the id or the {@code Guid}. */
    boolean isNamed(Row view, Set<String> names) {
        return names.contains(Integer.toString(view.id())) || names.contains(guid(serverId, view.id()));
    }

    private Comparator<Row> ordered(List<String> order) {
        return Comparator.<Row>comparingInt(view -> place(view, order))
                .thenComparing(view -> view.facts().sortKey())
                .thenComparing(SortKey.BY_ID);
    }

    private int place(Row view, List<String> order) {
        int byId = order.indexOf(Integer.toString(view.id()));
        int byGuid = order.indexOf(guid(serverId, view.id()));
        int place = byId < 0 ? byGuid : byId;
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    static Set<String> texts(JsonNode list) {
        Set<String> texts = new LinkedHashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Tabs of a library page: the official app cannot show a library of films without the list of its tabs. */
    static void describe(ObjectNode document, Row view) {
        ArrayNode subviews = document.putArray("Subviews");
        tabs(view.facts().collectionType()).forEach(subviews::add);
    }

    private static List<String> tabs(String collectionType) {
        return switch (collectionType) {
            case "movies" -> List.of("movies", "suggestions", "favorites", "collections", "genres", "tags", "folders");
            case "tvshows" ->
                List.of(
                        "series",
                        "suggestions",
                        "favorites",
                        "collections",
                        "genres",
                        "tags",
                        "studios",
                        "episodes",
                        "folders");
            case "music", "audiobooks" ->
                List.of("albums", "albumartists", "artists", "songs", "genres", "playlists", "folders");
            case "homevideos" -> List.of("videos", "photos", "genres", "tags", "folders");
            case "playlists" -> List.of("playlists");
            case "boxsets" -> List.of("collections", "genres", "tags");
            default -> List.of("videos", "collections", "genres", "tags", "folders");
        };
    }

    /** The folder above the views. */
    ObjectNode root(int children) {
        ObjectNode root = EmbyJson.object();
        root.put("Name", "Media Folders");
        root.put("ServerId", serverId);
        root.put("Id", Integer.toString(ROOT));
        root.put("Guid", guid(serverId, ROOT));
        root.put("Etag", Hex32.of("root " + serverId + children));
        root.put("DateCreated", EmbyJson.date(Instant.EPOCH));
        root.put("CanDelete", false);
        root.put("CanDownload", false);
        root.put("SortName", "Media Folders");
        root.put("IsFolder", true);
        root.put("Type", "UserRootFolder");
        root.put("DisplayPreferencesId", Hex32.of("display " + serverId + ROOT));
        root.put("ChildCount", children);
        root.putObject("ImageTags");
        root.putArray("BackdropImageTags");
        root.putObject("UserData")
                .put("PlaybackPositionTicks", 0)
                .put("PlayCount", 0)
                .put("IsFavorite", false)
                .put("Played", false);
        return root;
    }
}
