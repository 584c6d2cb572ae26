package org.embygateway.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    public Optional<ItemKind> kindOf(Caller caller, ItemId item) {
        return catalogue.kindOf(caller, item);
    }

    private Optional<MergedItem> find(ItemId item, Visible visible) {
        return Optional.ofNullable(index.find(List.of(item), visible).get(item));
    }

    @Override
    public List<ItemId> leavesOf(Caller caller, ItemId item) {
        return catalogue.leavesOf(caller, item);
    }

    @Override
    public Collection<ItemId> ancestorsOf(Caller caller, Collection<ItemId> items) {
        return catalogue.ancestorsOf(caller, items);
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
