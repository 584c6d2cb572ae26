package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;

/**
 * The merged libraries.
 *
 * <p>Emby API: UserViewsService, LibraryService, LibraryStructureService.
 */
public final class ViewsHandlers {
    private final Catalogue catalogue;
    private final Listing listing;
    private final Views views;

    public ViewsHandlers(Catalogue catalogue, ReadThrough readThrough) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, readThrough);
        this.views = new Views(catalogue.serverId());
    }

    /** {@code GET /Users/{UserId}/Views}: the user's libraries in the user's order. */
    public Reply list(Call call) {
        Visitor visitor = listing.asked(call);
        boolean hidden = call.query().flag("IncludeHidden", false);
        List<Row> shown =
                views.of(visitor, catalogue.configuration(visitor.caller().user()), hidden);
        return result(call, visitor, shown);
    }

    /** {@code GET /Library/MediaFolders}: all libraries, hidden ones too. */
    public Reply mediaFolders(Call call) {
        Visitor visitor = listing.asked(call);
        return result(call, visitor, views.of(visitor, EmbyJson.object(), true));
    }

    private Reply result(Call call, Visitor visitor, List<Row> shown) {
        ObjectNode result = EmbyJson.object();
        ArrayNode items = result.putArray("Items");
        Params params = call.query();
        int start = Math.clamp(params.number("StartIndex").orElse(0), 0, shown.size());
        List<Row> page = shown.stream()
                .skip(start)
                .limit(Math.max(0, params.number("Limit").orElse(Integer.MAX_VALUE)))
                .toList();
        items.addAll(catalogue.documents().personal(visitor, page));
        result.put("TotalRecordCount", shown.size());
        return Reply.json(result);
    }

    /** {@code GET /Library/SelectableMediaFolders}: names and ids for the rights of users, a bare array. */
    public Reply selectable(Call call) {
        Visitor visitor = listing.visitor(call);
        ArrayNode folders = EmbyJson.MAPPER.createArrayNode();
        for (Row view : views.of(visitor, EmbyJson.object(), true)) {
            ObjectNode folder = folders.addObject();
            folder.put("Name", view.facts().name());
            folder.put("Id", Integer.toString(view.id()));
            folder.put("Guid", Views.guid(catalogue.serverId(), view.id()));
            folder.putArray("SubFolders");
            folder.put("IsUserAccessConfigurable", true);
        }
        return Reply.json(folders);
    }

    /** {@code GET /Library/VirtualFolders}: a bare array; the places of files are not told. */
    public Reply virtualFolders(Call call) {
        return Reply.json(folders(listing.visitor(call)));
    }

    /** {@code GET /Library/VirtualFolders/Query}. */
    public Reply virtualFoldersQuery(Call call) {
        ArrayNode folders = folders(listing.visitor(call));
        ObjectNode result = EmbyJson.object();
        result.set("Items", folders);
        return Reply.json(result.put("TotalRecordCount", folders.size()));
    }

    private ArrayNode folders(Visitor visitor) {
        ArrayNode folders = EmbyJson.MAPPER.createArrayNode();
        for (Row view : views.of(visitor, EmbyJson.object(), true)) {
            ObjectNode folder = folders.addObject();
            folder.put("Name", view.facts().name());
            folder.putArray("Locations").add("/" + view.facts().name());
            if (!view.facts().collectionType().isEmpty()) {
                folder.put("CollectionType", view.facts().collectionType());
            }
            folder.putObject("LibraryOptions");
            folder.put("ItemId", Integer.toString(view.id()));
            folder.put("Id", Integer.toString(view.id()));
            folder.put("Guid", Views.guid(catalogue.serverId(), view.id()));
            view.facts()
                    .images()
                    .find("Primary", 0)
                    .ifPresent(image -> folder.put("PrimaryImageItemId", Integer.toString(view.id())));
        }
        return folders;
    }
}
