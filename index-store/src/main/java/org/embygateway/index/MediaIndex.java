package org.embygateway.index;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/**
 * What every upstream holds, merged. Ids are given once and never reused; an id that was merged into another resolves
 * for ever.
 */
public interface MediaIndex {
    /**
     * Stores or replaces copies of one upstream and merges them again with everything they may belong to. Durable when
     * it returns, all or nothing. The outcome depends only on what is known, never on the order it came in. Children
     * may come before their parents.
     */
    IndexChange learn(UpstreamId upstream, List<UpstreamItem> items);

    /** As {@link #learn(UpstreamId, List)}, and keeps what is made of the documents of those that are new or changed. */
    default IndexChange learn(UpstreamId upstream, List<UpstreamItem> items, Excerpts excerpts) {
        return learn(upstream, items);
    }

    /** Removes copies that are proven gone, with their extras. */
    IndexChange forget(UpstreamId upstream, Collection<String> upstreamItemIds);

    /** Removes all copies of an upstream. */
    IndexChange forgetUpstream(UpstreamId upstream);

    /**
     * Every copy's id of one upstream that was last learned before the given sweep; see {@link #beginSweep}. By-name items
     * and extras are left out: they are in no list of an upstream's items.
     */
    List<String> unseenSince(UpstreamId upstream, long sweep);

    /** The ids of an upstream's living copies that were last found in one of these libraries. */
    List<String> idsIn(UpstreamId upstream, Collection<String> libraryIds);

    /** The living extras of an upstream's items or versions, in the order they were first learned in. */
    default List<Extra> extrasOf(UpstreamId upstream, Collection<String> owners) {
        return List.of();
    }

    /**
     * What comes with an item.
     *
     * @param id the upstream's
     * @param kind one that {@link ItemKind#isExtra}
     * @param owner the upstream's id of the item or version it was learned as a child of
     */
    record Extra(String id, ItemKind kind, String owner) {}

    /** Starts a sweep: what is learned from now on counts as seen in it. Numbers grow. */
    long beginSweep(UpstreamId upstream);

    /** The current id for one a client holds: itself, or what it was merged into; also a version's id; else empty. */
    Optional<ItemId> resolve(ItemId id);

    /** The items with all their copies on visible upstreams; items without a visible copy are left out. */
    Map<ItemId, MergedItem> find(Collection<ItemId> ids, Visible visible);

    /** As {@link #find}, without the people, genres, studios and tags that they name, which costs less. */
    default Map<ItemId, MergedItem> findUnnamed(Collection<ItemId> ids, Visible visible) {
        return find(ids, visible);
    }

    /** The merged ids of an upstream's items; unknown ones are left out. */
    Map<String, ItemId> idsOf(UpstreamId upstream, Collection<String> upstreamItemIds);

    /** Where a media source is; empty when it is unknown, gone or not visible. */
    Optional<SourceLocation> source(MediaSourceId id, Visible visible);

    /** The gateway's ids of an upstream's media sources, by the upstream's own; allots ids to ones not seen before. */
    Map<String, MediaSourceId> sourceIds(
            UpstreamId upstream, String upstreamItemId, Collection<String> upstreamSourceIds);

    /** Hands over every item of the catalogue with all copies, in the order of their ids. */
    void readAll(Consumer<MergedItem> consumer);

    /** Equal to an earlier one when {@link #readAll} says the same as then; empty when that is not known. */
    default Optional<State> state() {
        return Optional.empty();
    }

    /**
     * What all that is read depends on.
     *
     * @param changes how many changes there were that were not {@link IndexChange#isEmpty empty}
     * @param order of the upstreams, as it decides which copy is best
     */
    record State(long changes, String order) {
        /** After one change more. */
        public State next() {
            return new State(changes + 1, order);
        }
    }

    /** As {@link #readAll}, for some; ids that are gone or aliases are left out. */
    List<MergedItem> read(Collection<ItemId> ids);

    /** As {@link #readAll}, with the excerpts of this form that there are. */
    default void outlines(int form, Consumer<Outline> consumer) {
        readAll(item -> consumer.accept(Outline.of(item)));
    }

    /** As {@link #read}, with the excerpts of this form that there are. */
    default List<Outline> outlines(int form, Collection<ItemId> ids) {
        return read(ids).stream().map(Outline::of).toList();
    }

    /**
     * Makes the excerpts that are missing or of another form, for some copies. Nothing else changes.
     *
     * @param after where the one before ended; 0 at first
     * @return where to go on; empty at the end
     */
    default OptionalInt renew(Excerpts excerpts, int after) {
        return OptionalInt.empty();
    }

    /** How many copies are known of the upstream. */
    long copies(UpstreamId upstream);

    /** Titles that could not be merged because their ids disagree. */
    List<Conflict> conflicts();

    /** Two items that share an id or a title and year but contradict each other. */
    record Conflict(ItemId one, ItemId other, String reason) {}
}
