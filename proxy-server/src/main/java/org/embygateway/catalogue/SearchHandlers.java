package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;

/**
 * The search of older apps, which Emby's own documents no longer list.
 *
 * <p>Emby API: {@code GET /Search/Hints}, {@code SearchHintResult}.
 */
public final class SearchHandlers {
    private static final int MOST_HINTS = 500;

    private final Catalogue catalogue;
    private final Listing listing;

    public SearchHandlers(Catalogue catalogue, ReadThrough readThrough) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, readThrough);
    }

    /** {@code GET /Search/Hints}: {@code {SearchHints, TotalRecordCount}}, the closest titles first. */
    public Reply hints(Call call) {
        Visitor visitor = listing.asked(call);
        Params params = call.query();
        String term = params.text("SearchTerm", "");
        List<Condition> conditions = new ArrayList<>(listing.conditions(visitor, params));
        conditions.add(Filters.kinds(visitor.lens(), wanted(params)));
        Listing.Paging paging = Listing.Paging.of(call);
        Query.Page found =
                new Search(visitor, conditions).page(term, paging.start(), Math.min(paging.limit(), MOST_HINTS));
        List<Row> page =
                Arrays.stream(found.ids()).mapToObj(visitor.lens()::row).toList();
        ObjectNode result = EmbyJson.object();
        ArrayNode hints = result.putArray("SearchHints");
        catalogue.documents().full(visitor, page).forEach(document -> hints.add(hint(document, term)));
        return Reply.json(result.put("TotalRecordCount", found.total()));
    }

    private static Set<ItemKind> wanted(Params params) {
        Set<ItemKind> kinds = EnumSet.copyOf(Search.KINDS);
        without(params, "IncludePeople", kinds, ItemKind.PERSON);
        without(params, "IncludeGenres", kinds, ItemKind.GENRE, ItemKind.MUSIC_GENRE, ItemKind.GAME_GENRE);
        without(params, "IncludeStudios", kinds, ItemKind.STUDIO);
        without(params, "IncludeArtists", kinds, ItemKind.MUSIC_ARTIST);
        if (!params.flag("IncludeMedia", true)) {
            kinds.removeIf(kind -> !kind.isByName());
        }
        return kinds;
    }

    private static void without(Params params, String name, Set<ItemKind> kinds, ItemKind... unwanted) {
        if (!params.flag(name, true)) {
            kinds.removeAll(List.of(unwanted));
        }
    }

    private static ObjectNode hint(ObjectNode document, String term) {
        ObjectNode hint = EmbyJson.object();
        String id = document.path("Id").asText();
        hint.put("ItemId", id).put("Id", id).put("MatchedTerm", term);
        for (String field : List.of(
                "Name",
                "IndexNumber",
                "ProductionYear",
                "ParentIndexNumber",
                "Type",
                "IsFolder",
                "RunTimeTicks",
                "MediaType",
                "Status",
                "Album",
                "AlbumId",
                "AlbumArtist",
                "Artists",
                "PrimaryImageAspectRatio")) {
            JsonNode value = document.path(field);
            if (!value.isMissingNode()) {
                hint.set(field, value);
            }
        }
        if (document.has("SeriesName")) {
            hint.put("Series", document.path("SeriesName").asText());
        }
        picture(hint, document.path("ImageTags").path("Primary"), "PrimaryImageTag", "", id);
        picture(hint, document.path("ImageTags").path("Thumb"), "ThumbImageTag", "ThumbImageItemId", id);
        picture(hint, document.path("BackdropImageTags").path(0), "BackdropImageTag", "BackdropImageItemId", id);
        return hint;
    }

    private static void picture(ObjectNode hint, JsonNode tag, String tagField, String ownerField, String id) {
        if (tag.isTextual()) {
            hint.set(tagField, tag);
            if (!ownerField.isEmpty()) {
                hint.put(ownerField, id);
            }
        }
    }
}
