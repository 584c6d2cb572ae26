package org.embygateway.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.broadcast.Titles;
import org.embygateway.catalogue.Catalogue;
import org.embygateway.index.Copy;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;

/** The catalogue and the index in the words of watch state. */
final class CatalogueTitles implements Titles {
    private final Catalogue catalogue;
    private final MediaIndex index;

    CatalogueTitles(Catalogue catalogue, MediaIndex index) {
        this.catalogue = catalogue;
        this.index = index;
    }

    @Override
    public Optional<ItemId> resolve(ItemId id) {
        return index.resolve(id);
    }

    @Override
    public Optional<ItemKind> kindOf(ItemId item, Visible visible) {
        return find(item, visible).map(MergedItem::kind);
    }

    private Optional<MergedItem> find(ItemId item, Visible visible) {
        return Optional.ofNullable(index.find(List.of(item), visible).get(item));
    }

    @Override
    public List<ItemId> leavesOf(ItemId item, Visible visible) {
        return catalogue.leavesOf(item, visible);
    }

    @Override
    public Collection<ItemId> ancestorsOf(Collection<ItemId> items, Visible visible) {
        Set<ItemId> ancestors = new LinkedHashSet<>();
        items.forEach(item -> ancestors.addAll(catalogue.ancestorsOf(item)));
        ancestors.retainAll(index.find(ancestors, visible).keySet());
        return ancestors;
    }

    @Override
    public long runTimeOf(ItemId item, Optional<ItemId> version) {
        long known = catalogue.runTimeOf(item).value();
        return version.map(v -> runTimeOfVersion(item, v))
                .filter(time -> time > 0)
                .orElse(known);
    }

    private long runTimeOfVersion(ItemId item, ItemId version) {
        return index.read(List.of(item)).stream()
                .flatMap(merged -> merged.copies().stream())
                .flatMap(copy -> copy.sources().stream())
                .filter(source -> source.id().equals(new MediaSourceId(version)))
                .mapToLong(Copy.Source::runTimeTicks)
                .findFirst()
                .orElse(0);
    }

    @Override
    public Map<UpstreamId, List<String>> copiesOf(ItemId item, Visible visible) {
        Map<UpstreamId, List<String>> copies = new HashMap<>();
        find(item, visible)
                .ifPresent(merged -> merged.copies()
                        .forEach(copy -> copies.computeIfAbsent(copy.upstream(), upstream -> new ArrayList<>())
                                .add(copy.upstreamItemId())));
        return copies;
    }

    @Override
    public ObjectNode userDataDto(Caller caller, ItemId item) {
        return catalogue.userDataDto(caller, item);
    }

    @Override
    public void userDataChanged(UserId user, Map<ItemId, UserData> states) {
        catalogue.userDataChanged(user, states);
    }
}
