package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.sql.Sample.episode;
import static org.embygateway.index.sql.Sample.item;
import static org.embygateway.index.sql.Sample.movie;
import static org.embygateway.index.sql.Sample.season;
import static org.embygateway.index.sql.Sample.series;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Merges.Author;
import org.embygateway.index.Merges.CopyFacts;
import org.embygateway.index.Merges.Doubt;
import org.embygateway.index.Merges.Filter;
import org.embygateway.index.Merges.Group;
import org.embygateway.index.Merges.JournalEntry;
import org.embygateway.index.Merges.Outcome;
import org.embygateway.index.Merges.Refusal;
import org.embygateway.index.Merges.Why;
import org.embygateway.index.UserData;
import org.embygateway.index.merge.Ruling;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Merges are explained, and what an administrator decides about them holds until it is undone. */
abstract class MergesContract extends StoreContract {
    private UpstreamId one;
    private UpstreamId two;
    private UpstreamId three;
    private Author root;

    @BeforeEach
    void addServers() {
        one = upstream("One");
        two = upstream("Two");
        three = upstream("Three");
        root = new Author(user("root"), "root", NOON);
    }

    private IndexChange learn(UpstreamId upstream, Sample... items) {
        return store.media().learn(upstream, Stream.of(items).map(Sample::build).toList());
    }

    private ItemId idOf(UpstreamId upstream, String itemId) {
        ItemId id = store.media().idsOf(upstream, List.of(itemId)).get(itemId);
        assertThat(id).as("id of %s on %s", itemId, upstream).isNotNull();
        return id;
    }

    private Group group(ItemId id) {
        return store.merges().explain(List.of(id)).getFirst();
    }

    private int copy(UpstreamId upstream, String itemId) {
        return group(idOf(upstream, itemId)).copies().stream()
                .filter(c -> c.upstream().equals(upstream) && c.upstreamItemId().equals(itemId))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Outcome.Done done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    private static void refused(Outcome outcome, Refusal why) {
        assertThat(outcome).isEqualTo(new Outcome.Refused(why));
    }

    private Sample heat() {
        return movie("1", "Heat", 1995).id("tmdb", "949");
    }

    private Sample ran() {
        return movie("1", "Ran", 1985).id("tmdb", "11645");
    }

    @Test
    void aGroupSaysWhatItHoldsAndWhy() {
        learn(one, heat().id("imdb", "tt0113277").minutes(170));
        learn(two, movie("7", "Hitze", 1995).id("imdb", "tt0113277").minutes(171));
        learn(three, movie("9", "HEAT", 1995));
        Group group = group(idOf(two, "7"));
        assertThat(group.copies()).extracting(CopyFacts::title).containsExactly("Heat", "Hitze", "HEAT");
        assertThat(group.copies()).extracting(CopyFacts::upstream).containsExactly(one, two, three);
        assertThat(group.reasons())
                .extracting(Why::text)
                .containsExactlyInAnyOrder("same imdb tt0113277", "same title and year 1995");
        assertThat(group.reasons().getLast().copies()).containsExactly(copy(one, "1"), copy(three, "9"));
        assertThat(group.conflicts()).isEmpty();
        assertThat(group.suspicions()).isEmpty();
        assertThat(group.rulings()).isEmpty();
    }

    @Test
    void scenario14ACopyThatIsGoneIsStillNamedAsTheReason() {
        learn(one, movie("1", "Matrix", 1999).id("tmdb", "603"));
        learn(two, movie("1", "La Matrice", 1999).id("imdb", "tt0133093"));
        ItemId second = idOf(two, "1");
        learn(three, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt0133093"));
        store.media().forgetUpstream(three);
        Group group = group(second);
        assertThat(group.id()).isEqualTo(idOf(one, "1"));
        assertThat(group.formerIds()).containsExactly(second);
        assertThat(group.copies()).extracting(CopyFacts::gone).containsExactly(false, false, true);
        assertThat(group.reasons()).extracting(Why::text).containsExactly("same imdb tt0133093", "same tmdb 603");
    }

    @Test
    void scenario15ConflictsNameTheOtherItem() {
        learn(one, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt1"));
        learn(two, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt2"));
        ItemId first = idOf(one, "1");
        ItemId second = idOf(two, "1");
        String text = "same tmdb 603, but imdb differs (tt0000001, tt0000002)";
        assertThat(group(first).conflicts()).containsExactly(new Doubt(text, Optional.of(second)));
        assertThat(group(second).conflicts()).containsExactly(new Doubt(text, Optional.of(first)));
        assertThat(store.merges().list(Filter.CONFLICT, Optional.empty(), 0, 10))
                .containsExactly(first, second);
        assertThat(store.merges().list(Filter.CONFLICT, Optional.of(ItemKind.SERIES), 0, 10))
                .isEmpty();
        assertThat(store.merges().counts()).containsEntry(Filter.CONFLICT, 2).containsEntry(Filter.SUSPICION, 0);
        store.media().forgetUpstream(two);
        assertThat(store.merges().list(Filter.CONFLICT, Optional.empty(), 0, 10))
                .isEmpty();
        assertThat(group(first).conflicts()).isEmpty();
    }

    @Test
    void whatOnlyLooksWrongIsListedToo() {
        learn(one, heat().minutes(170), movie("2", "Ran", 1985), movie("3", "Solaris", 1972));
        learn(two, heat().minutes(120), movie("2", "Ran", 1986));
        ItemId heat = idOf(one, "1");
        assertThat(store.merges().list(Filter.SUSPICION, Optional.empty(), 0, 10))
                .containsExactly(heat, idOf(one, "2"), idOf(two, "2"));
        assertThat(group(heat).suspicions())
                .containsExactly(
                        new Doubt("run times differ by more than 15 % (120 and 170 minutes)", Optional.empty()));
        assertThat(group(idOf(one, "2")).suspicions())
                .containsExactly(new Doubt("same title, but the years are 1985 and 1986", Optional.of(idOf(two, "2"))));
        store.media().forget(two, List.of("1"));
        assertThat(store.merges().list(Filter.SUSPICION, Optional.empty(), 0, 1))
                .containsExactly(idOf(one, "2"));
    }

    @Test
    void episodesOfOneNumberWithOtherTitlesAndDatesAreSuspicious() {
        learn(
                one,
                series("10", "Lost", 2004),
                episode("11", "10", "", 1, 1).named("Pilot").premiere("2004-09-22"),
                episode("12", "10", "", 1, 2).named("Tabula rasa").premiere("2004-10-06"));
        learn(
                two,
                series("20", "Lost", 2004),
                episode("21", "20", "", 1, 1).named("The Moth").premiere("2004-11-03"),
                episode("22", "20", "", 1, 2).named("Tabula Rasa").premiere("2005-10-06"));
        assertThat(group(idOf(one, "11")).suspicions())
                .containsExactly(new Doubt("titles and dates differ (2004-09-22 and 2004-11-03)", Optional.empty()));
        assertThat(group(idOf(one, "12")).suspicions()).isEmpty();
    }

    @Test
    void genresOfOtherNamesCanBeJoined() {
        learn(one, movie("1", "Solaris", 1972).genre("Sci-Fi", "5"));
        learn(two, movie("2", "Stalker", 1979).genre("Science Fiction", "9"));
        ItemId film = idOf(two, "2");
        Outcome.Done done = done(store.merges().join(List.of(idOf(one, "5"), idOf(two, "9")), root));
        assertThat(done.items()).containsExactly(idOf(one, "5")).containsExactly(idOf(two, "9"));
        assertThat(done.change().changed()).contains(film);
        learn(three, movie("3", "Alien", 1979).genre("science fiction", "7"));
        assertThat(idOf(three, "7")).isEqualTo(idOf(one, "5"));
    }

    @Test
    void groupsAreListedInPages() {
        for (int i = 0; i < 5; i++) {
            learn(one, movie("m" + i, "Film " + i, 1990));
            learn(two, movie("m" + i, "Film " + i, 1990));
        }
        learn(one, movie("x", "Alone", 1990));
        List<ItemId> all = store.merges().list(Filter.MERGED, Optional.empty(), 0, 10);
        assertThat(all).hasSize(5);
        assertThat(store.merges()
                        .list(Filter.MERGED, Optional.empty(), all.get(1).value(), 2))
                .containsExactly(all.get(2), all.get(3));
        assertThat(store.merges().list(Filter.MERGED, Optional.of(ItemKind.EPISODE), 0, 10))
                .isEmpty();
    }

    @Test
    void joinedItemsAreOneAndStayItWhateverIsLearnedAgain() {
        learn(one, heat());
        learn(two, ran());
        ItemId heat = idOf(one, "1");
        ItemId ran = idOf(two, "1");
        Outcome.Done done = done(store.merges().join(List.of(heat, ran), root));
        assertThat(done.items()).containsExactly(heat);
        assertThat(done.change()).isEqualTo(new IndexChange(Set.of(heat), Set.of(ran)));
        assertThat(group(heat).reasons())
                .containsExactly(new Why(
                        "joined by an administrator",
                        List.of(copy(one, "1"), copy(two, "1")),
                        OptionalInt.of(done.ruling())));

        learnEverythingAgain(heat(), ran());
        assertThat(idOf(two, "1")).isEqualTo(heat).isEqualTo(idOf(one, "1"));
        assertThat(store.media().resolve(ran)).contains(heat);
        assertThat(store.merges().list(Filter.OVERRIDDEN, Optional.empty(), 0, 10))
                .containsExactly(heat);
    }

    private void learnEverythingAgain(Sample ofOne, Sample ofTwo) {
        store.media().forgetUpstream(one);
        store.media().forgetUpstream(two);
        restart();
        learn(two, ofTwo);
        learn(one, ofOne);
    }

    @Test
    void anUndoneJoinGivesBothTheirIdsBack() {
        learn(one, heat());
        learn(two, ran());
        ItemId heat = idOf(one, "1");
        ItemId ran = idOf(two, "1");
        int ruling = done(store.merges().join(List.of(heat, ran), root)).ruling();
        Outcome.Done undone = done(store.merges().undo(ruling, root));
        assertThat(undone.items()).containsExactly(heat, ran);
        assertThat(undone.change()).isEqualTo(new IndexChange(Set.of(heat, ran), Set.of(), true));
        assertThat(idOf(two, "1")).isEqualTo(ran);
        assertThat(store.media().resolve(ran)).contains(ran);
        refused(store.merges().undo(ruling, root), Refusal.UNDONE_ALREADY);
    }

    @Test
    void scenario24SplitCopiesStayApartWhenEverythingIsLearnedAgain() {
        learn(one, heat());
        learn(two, heat());
        ItemId heat = idOf(one, "1");
        Outcome.Done done = done(store.merges().split(heat, List.of(copy(two, "1")), root));
        ItemId other = idOf(two, "1");
        assertThat(other).isNotEqualTo(heat);
        assertThat(idOf(one, "1")).isEqualTo(heat);
        assertThat(done.items()).containsExactly(heat, other);
        assertThat(done.change()).isEqualTo(new IndexChange(Set.of(heat, other), Set.of(), true));
        assertThat(group(heat).conflicts()).isEmpty();

        learnEverythingAgain(heat(), heat());
        assertThat(idOf(one, "1")).isEqualTo(heat);
        assertThat(idOf(two, "1")).isEqualTo(other);

        done(store.merges().undo(done.ruling(), root));
        assertThat(idOf(two, "1")).isEqualTo(heat);
        assertThat(store.media().resolve(other)).contains(heat);
    }

    @Test
    void scenario24AfterASplitBothHalvesHaveTheStateOfBefore() {
        learn(one, heat());
        learn(two, heat());
        ItemId heat = idOf(one, "1");
        UserId alice = user("alice");
        UserData seen = new UserData(true, 0, 2, true, Optional.of(NOON), OptionalDouble.empty(), false, NOON);
        store.userData().save(alice, Map.of(heat, seen), List.of());
        done(store.merges().split(heat, List.of(copy(two, "1")), root));
        ItemId other = idOf(two, "1");
        assertThat(store.userData().all(alice)).isEqualTo(Map.of(heat, seen, other, seen));

        UserData later = new UserData(
                false, 500, 2, true, Optional.of(NOON), OptionalDouble.empty(), false, NOON.plusSeconds(1));
        store.userData().save(alice, Map.of(other, later), List.of());
        assertThat(store.userData().find(alice, List.of(heat))).isEqualTo(Map.of(heat, seen));
    }

    @Test
    void whatWasWatchedWhileTwoWereOneIsKnownOfBothAfterwards() {
        learn(one, heat());
        learn(two, ran());
        ItemId heat = idOf(one, "1");
        ItemId ran = idOf(two, "1");
        UserId alice = user("alice");
        UserData before = new UserData(false, 7, 1, false, Optional.of(NOON), OptionalDouble.empty(), false, NOON);
        store.userData().save(alice, Map.of(ran, before), List.of());
        int ruling = done(store.merges().join(List.of(heat, ran), root)).ruling();
        UserData joined =
                new UserData(true, 0, 2, false, Optional.of(NOON), OptionalDouble.empty(), false, NOON.plusSeconds(9));
        store.userData().save(alice, Map.of(ran, joined), List.of());
        done(store.merges().undo(ruling, root));
        assertThat(store.userData().all(alice)).isEqualTo(Map.of(heat, joined, ran, joined));
    }

    @Test
    void itemsThatMustNeverBeOneStayTwoHoweverMuchAgreesLater() {
        learn(one, heat());
        learn(two, ran());
        done(store.merges().never(idOf(one, "1"), idOf(two, "1"), root));
        learn(two, heat());
        assertThat(idOf(two, "1")).isNotEqualTo(idOf(one, "1"));
        learn(three, movie("3", "Heat", 1995));
        assertThat(idOf(three, "3")).isEqualTo(idOf(one, "1"));
        assertThat(store.media().conflicts()).isEmpty();
    }

    @Test
    void theLaterRulingCounts() {
        learn(one, heat());
        learn(two, ran());
        ItemId heat = idOf(one, "1");
        ItemId ran = idOf(two, "1");
        done(store.merges().never(heat, ran, root));
        int join = done(store.merges().join(List.of(heat, ran), root)).ruling();
        assertThat(idOf(two, "1")).isEqualTo(heat);
        done(store.merges().split(heat, List.of(copy(two, "1")), root));
        assertThat(idOf(two, "1")).isEqualTo(ran);
        done(store.merges().undo(join, root));
        assertThat(idOf(two, "1")).isEqualTo(ran);
    }

    @Test
    void aRulingHoldsForACopyThatItsServerNumberedAnew() {
        learn(one, heat());
        learn(two, heat());
        ItemId heat = idOf(one, "1");
        done(store.merges().split(heat, List.of(copy(two, "1")), root));
        ItemId other = idOf(two, "1");
        learn(two, movie("77", "Heat", 1995).id("tmdb", "949"));
        store.media().forget(two, List.of("1"));
        assertThat(idOf(two, "77")).isEqualTo(other);
        assertThat(idOf(one, "1")).isEqualTo(heat);
    }

    @Test
    void aSplitSeriesTakesItsSeasonsAndEpisodesWithIt() {
        Sample[] show = {series("10", "Lost", 2004), season("11", "10", 1), episode("12", "10", "11", 1, 1)};
        learn(one, show);
        learn(two, show);
        ItemId episode = idOf(one, "12");
        UserId alice = user("alice");
        UserData seen = new UserData(true, 0, 1, false, Optional.of(NOON), OptionalDouble.empty(), false, NOON);
        store.userData().save(alice, Map.of(episode, seen), List.of());
        Outcome.Done done = done(store.merges().split(idOf(one, "10"), List.of(copy(two, "10")), root));
        assertThat(idOf(two, "10")).isNotEqualTo(idOf(one, "10"));
        assertThat(idOf(two, "11")).isNotEqualTo(idOf(one, "11"));
        assertThat(idOf(two, "12")).isNotEqualTo(episode);
        assertThat(idOf(one, "12")).isEqualTo(episode);
        assertThat(store.userData().all(alice)).isEqualTo(Map.of(episode, seen, idOf(two, "12"), seen));
        done(store.merges().undo(done.ruling(), root));
        assertThat(idOf(two, "12")).isEqualTo(episode);
        assertThat(idOf(two, "11")).isEqualTo(idOf(one, "11"));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        learn(one, heat(), series("10", "Lost", 2004), episode("12", "10", "", 1, 1), item("5", ItemKind.VIDEO, "Cat"));
        learn(two, ran(), series("20", "Found", 2004), episode("22", "20", "", 1, 1));
        ItemId heat = idOf(one, "1");
        ItemId unknown = new ItemId(999_999);
        refused(store.merges().join(List.of(heat, unknown), root), Refusal.UNKNOWN_ITEM);
        refused(store.merges().join(List.of(heat, heat), root), Refusal.ONE_ITEM_ALREADY);
        refused(store.merges().join(List.of(heat, idOf(one, "5")), root), Refusal.OTHER_KIND);
        refused(store.merges().join(List.of(idOf(one, "12"), idOf(two, "22")), root), Refusal.OTHER_SERIES);
        refused(store.merges().never(heat, heat, root), Refusal.ONE_ITEM_ALREADY);
        refused(store.merges().split(unknown, List.of(1), root), Refusal.UNKNOWN_ITEM);
        refused(store.merges().split(heat, List.of(copy(two, "1")), root), Refusal.NO_COPY_OF_IT);
        refused(store.merges().split(heat, List.of(), root), Refusal.NO_COPY_OF_IT);
        refused(store.merges().split(heat, List.of(copy(one, "1")), root), Refusal.NOTHING_WOULD_REMAIN);
        refused(store.merges().undo(77, root), Refusal.UNKNOWN_RULING);
        assertThat(store.merges().journal(Integer.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void everyActIsInTheJournalWithWhoDidItAndWhen() {
        learn(one, heat());
        learn(two, ran());
        ItemId heat = idOf(one, "1");
        ItemId ran = idOf(two, "1");
        int never = done(store.merges().never(heat, ran, root)).ruling();
        int join = done(store.merges().join(List.of(heat, ran), root)).ruling();
        Author kim = new Author(user("kim"), "kim", NOON.plusSeconds(60));
        done(store.merges().undo(never, kim));
        restart();
        List<JournalEntry> journal = store.merges().journal(Integer.MAX_VALUE, 10);
        assertThat(journal).extracting(JournalEntry::id).containsExactly(join, never);
        JournalEntry undone = journal.getLast();
        assertThat(undone.act()).isEqualTo(Ruling.Act.NEVER);
        assertThat(undone.made()).isEqualTo(NOON);
        assertThat(undone.madeBy()).isEqualTo("root");
        assertThat(undone.undone()).contains(NOON.plusSeconds(60));
        assertThat(undone.undoneBy()).contains("kim");
        assertThat(undone.one()).extracting(CopyFacts::title).containsExactly("Heat");
        assertThat(undone.other()).extracting(CopyFacts::title).containsExactly("Ran");
        assertThat(journal.getFirst().one()).hasSize(2);
        assertThat(store.merges().find(join)).contains(journal.getFirst());
        assertThat(store.merges().journal(join, 10)).containsExactly(undone);
    }
}
