package org.embygateway.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embygateway.admin.TitleSearch;
import org.embygateway.catalogue.Catalogue;
import org.embygateway.catalogue.ImageOwner;
import org.embygateway.local.Library;
import org.embygateway.play.ImageOwners;
import org.embygateway.play.MediaCatalogue;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;

/** The catalogue in the words of sessions, pictures, the media API and the administration of merges. */
final class CatalogueLibrary implements Library, ImageOwners, MediaCatalogue, TitleSearch {
    private final Catalogue catalogue;

    CatalogueLibrary(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<ObjectNode> items(UserId user, Visible visible, List<ItemId> ids) {
        Caller viewer = new Caller(user, "", false, "", ClientIdentity.UNKNOWN, new Secret(""), visible);
        Set<ItemId> seen = visible(user, visible, Set.copyOf(ids));
        return ids.stream()
                .filter(seen::contains)
                .map(id -> catalogue.detail(viewer, id))
                .toList();
    }

    @Override
    public List<ItemId> playable(Caller caller, ItemId id) {
        return catalogue.leavesOf(caller, id);
    }

    @Override
    public Set<ItemId> visible(UserId user, Visible visible, Set<ItemId> ids) {
        return catalogue.visible(user, visible, ids);
    }

    @Override
    public List<ItemId> views(UserId user, Visible visible) {
        return catalogue.views(user, visible);
    }

    @Override
    public List<Owner> find(Visible visible, ItemId item, String type, int number, String tag) {
        return catalogue.images(visible, item, type, number, tag).stream()
                .map(CatalogueLibrary::owner)
                .toList();
    }

    private static Owner owner(ImageOwner image) {
        return new Owner(
                image.upstream(),
                image.upstreamItemId(),
                image.type(),
                image.index(),
                image.upstreamTag(),
                image.tag());
    }

    @Override
    public Optional<ItemId> named(ItemKind kind, String name) {
        return catalogue.named(kind, name);
    }

    @Override
    public List<ObjectNode> search(Caller caller, String term, int limit) {
        return catalogue.search(caller, term, limit);
    }

    @Override
    public List<ItemId> find(Caller caller, String title, int limit) {
        return catalogue.search(caller, title, limit).stream()
                .flatMap(item -> ItemId.parse(item.path("Id").asText()).stream())
                .toList();
    }

    @Override
    public ObjectNode detail(Caller caller, ItemId id) {
        return catalogue.detail(caller, id);
    }
}
