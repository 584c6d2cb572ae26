package org.embygateway.index;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.index.merge.Ruling;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;

/**
 * What was merged and why, and what administrators decide about it. Their decisions name copies, last until they are
 * undone and hold against everything the rules say.
 */
public interface Merges {
    /** Items with several copies, libraries only when asked for, or with what is filtered by. */
    enum Filter {
        MERGED,
        CONFLICT,
        SUSPICION,
        OVERRIDDEN
    }

    /** Ids in ascending order, all greater than {@code after}. */
    List<ItemId> list(Filter filter, Optional<ItemKind> kind, int after, int limit);

    /** How many items each filter but {@link Filter#MERGED} lists. */
    Map<Filter, Integer> counts();

    /** In the order asked for; unknown items and such without a copy are left out, aliases count as what they stand for. */
    List<Group> explain(Collection<ItemId> items);

    /** Two or more items become one. */
    Outcome join(List<ItemId> items, Author author);

    /**
     * Copies leave their item and become one of their own.
     *
     * @param copies as in {@link CopyFacts#id}
     */
    Outcome split(ItemId item, Collection<Integer> copies, Author author);

    /** Two items will never be one. */
    Outcome never(ItemId one, ItemId other, Author author);

    /** Takes a decision back, as if it had never been made. */
    Outcome undo(int ruling, Author author);

    /** All that was ever decided, the latest first, with numbers below {@code before}. */
    List<JournalEntry> journal(int before, int limit);

    Optional<JournalEntry> find(int ruling);

    record Author(UserId user, String name, Instant at) {}

    /**
     * An item.
     *
     * @param copies those that are there, then those that are gone and still prove something
     * @param reasons empty when there is one copy
     * @param formerIds ids of items that became part of it
     * @param rulings those in force that name a copy of it
     */
    record Group(
            ItemId id,
            ItemKind kind,
            List<CopyFacts> copies,
            List<Why> reasons,
            List<Doubt> conflicts,
            List<Doubt> suspicions,
            List<ItemId> formerIds,
            List<Integer> rulings) {}

    /** @param id names the copy for ever */
    record CopyFacts(
            int id,
            UpstreamId upstream,
            String upstreamItemId,
            boolean gone,
            ItemId item,
            ItemKind kind,
            String title,
            OptionalInt year,
            long runTimeTicks,
            Map<String, String> providerIds,
            OptionalInt parentIndex,
            OptionalInt index,
            OptionalInt indexEnd,
            Optional<LocalDate> premiere) {}

    /**
     * @param text what the copies have in common
     * @param copies as in {@link CopyFacts#id}
     * @param ruling by which they are one; empty when the rules say so
     */
    record Why(String text, List<Integer> copies, OptionalInt ruling) {}

    /** @param with the other item; empty when it is about one alone */
    record Doubt(String text, Optional<ItemId> with) {}

    /**
     * @param one all copies that were joined, or those that others were split off or are kept apart from
     * @param other empty for a join
     */
    record JournalEntry(
            int id,
            Ruling.Act act,
            Instant made,
            String madeBy,
            Optional<Instant> undone,
            Optional<String> undoneBy,
            List<CopyFacts> one,
            List<CopyFacts> other) {}

    sealed interface Outcome {
        /** @param items those that the copies concerned are part of now */
        record Done(int ruling, IndexChange change, List<ItemId> items) implements Outcome {}

        record Refused(Refusal why) implements Outcome {}
    }

    enum Refusal {
        UNKNOWN_ITEM,
        UNKNOWN_RULING,
        NO_COPY_OF_IT,
        NOTHING_WOULD_REMAIN,
        ONE_ITEM_ALREADY,
        OTHER_KIND,
        OTHER_SERIES,
        OTHER_ALBUM,
        UNDONE_ALREADY
    }
}
