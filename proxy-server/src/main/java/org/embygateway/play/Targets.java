package org.embygateway.play;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.Copy;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.SourceLocation;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;

/** Finds the copies that a request means: by media source, by version, or any copy of a merged item. */
final class Targets {
    private final MediaIndex index;
    private final Ranking ranking;

    Targets(MediaIndex index, Ranking ranking) {
        this.index = index;
        this.ranking = ranking;
    }

    /** The merged item of an id a client holds. Refused with 404 when it names nothing the caller may see. */
    MergedItem item(Caller caller, String id) {
        return ItemId.parse(id)
                .flatMap(index::resolve)
                .flatMap(found -> merged(found, caller.visible()))
                .orElseThrow(Refused::notFound);
    }

    private Optional<MergedItem> merged(ItemId id, Visible visible) {
        return Optional.ofNullable(index.find(List.of(id), visible).get(id));
    }

    /**
     * The version that a media source id or a version's item id names; empty when it names a whole item. Refused with
     * 404 when it is neither.
     */
    Optional<Target> version(Caller caller, String id) {
        Optional<MediaSourceId> source = MediaSourceId.parse(id);
        Optional<SourceLocation> place = source.flatMap(s -> index.source(s, caller.visible()));
        if (place.isPresent()) {
            return Optional.of(target(caller, place.get()));
        }
        boolean plain = ItemId.parse(id).isPresent();
        if (!plain || ItemId.parse(id).flatMap(index::resolve).isEmpty()) {
            throw Refused.notFound();
        }
        return Optional.empty();
    }

    private Target target(Caller caller, SourceLocation place) {
        Optional<Target> listed = merged(place.item(), caller.visible()).stream()
                .flatMap(item -> all(item).stream())
                .filter(t -> t.source().filter(place.id()::equals).isPresent())
                .findFirst();
        return listed.orElseGet(() -> new Target(
                place.upstream(),
                place.item(),
                Optional.of(place.id()),
                place.upstreamItemId(),
                place.upstreamVersionId(),
                place.upstreamSourceId(),
                0,
                0));
    }

    /** All versions of the item, best first as far as can be told without asking their upstreams. */
    List<Target> best(Caller caller, MergedItem item) {
        Ranking.Round round = ranking.round(caller, item);
        List<Target> all = all(item);
        Map<Target, Score> scores = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            scores.put(all.get(i), ranking.score(all.get(i), round, i));
        }
        return all.stream().sorted(Comparator.comparing(scores::get)).toList();
    }

    /** The copies that can stand in for the target in the middle of a file, as far as sizes tell. */
    List<Target> identical(Caller caller, Target target) {
        return merged(target.item(), caller.visible()).stream()
                .flatMap(item -> best(caller, item).stream())
                .filter(t -> !t.equals(target) && t.looksIdentical(target))
                .toList();
    }

    private static List<Target> all(MergedItem item) {
        List<Target> targets = new ArrayList<>();
        for (Copy copy : item.copies()) {
            copy.sources().forEach(s -> targets.add(target(item, copy, s)));
            if (copy.sources().isEmpty()) {
                targets.add(withoutSource(item, copy));
            }
        }
        return targets;
    }

    private static Target target(MergedItem item, Copy copy, Copy.Source source) {
        return new Target(
                copy.upstream(),
                item.id(),
                Optional.of(source.id()),
                copy.upstreamItemId(),
                source.upstreamVersionId(),
                source.upstreamSourceId(),
                source.size(),
                source.runTimeTicks());
    }

    static Target withoutSource(MergedItem item, Copy copy) {
        return new Target(
                copy.upstream(), item.id(), Optional.empty(), copy.upstreamItemId(), copy.upstreamItemId(), "", 0, 0);
    }
}
