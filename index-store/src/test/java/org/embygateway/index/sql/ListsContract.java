package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.sql.Sample.item;
import static org.embygateway.index.sql.Sample.movie;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Memberships.Membership;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnList.ShareLevel;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Collections and playlists: what those of upstreams hold, and those that people made. */
abstract class ListsContract extends StoreContract {
    private UpstreamId one;
    private UpstreamId two;
    private UserId alice;
    private UserId bob;

    @BeforeEach
    void addUsersAndServers() {
        one = upstream("One");
        two = upstream("Two");
        alice = user("Alice");
        bob = user("Bob");
    }

    private IndexChange learn(UpstreamId upstream, Sample... items) {
        return store.media().learn(upstream, Stream.of(items).map(Sample::build).toList());
    }

    private ItemId idOf(UpstreamId upstream, String id) {
        return store.media().idsOf(upstream, List.of(id)).get(id);
    }

    private static Sample collection(String id, String name) {
        return item(id, ItemKind.BOX_SET, name);
    }

    // ---- upstreams' lists

    @Test
    void aListIsReadOnceUntilItsItemChanges() {
        learn(one, collection("9", "Alien"), movie("1", "Alien", 1979));
        assertThat(store.memberships().unread(one)).containsExactly("9");
        store.memberships().learn(one, Map.of("9", List.of("1")));
        assertThat(store.memberships().unread(one)).isEmpty();
        learn(one, collection("9", "Alien").document("{\"Id\":\"9\",\"Name\":\"Alien\",\"Overview\":\"New\"}"));
        assertThat(store.memberships().unread(one)).containsExactly("9");
        assertThat(store.memberships().sizes(one)).isEqualTo(Map.of("9", 1));
    }

    @Test
    void membersComeInTheirOrderAndOutliveARestart() {
        learn(one, collection("9", "Alien"), movie("1", "Alien", 1979), movie("2", "Aliens", 1986));
        store.memberships().learn(one, Map.of("9", List.of("2", "unknown", "1")));
        restart();
        List<ItemId> members = List.of(idOf(one, "2"), idOf(one, "1"));
        assertThat(store.memberships().all()).containsExactly(new Membership(idOf(one, "9"), one, members));
        assertThat(store.memberships().of(List.of(idOf(one, "1")))).isEmpty();
    }

    @Test
    void anEmptyListIsKnownToBeEmpty() {
        learn(one, collection("9", "Alien"));
        assertThat(store.memberships().all()).isEmpty();
        store.memberships().learn(one, Map.of("9", List.of()));
        assertThat(store.memberships().all()).containsExactly(new Membership(idOf(one, "9"), one, List.of()));
    }

    @Test
    void onlyListsHaveMembers() {
        learn(one, movie("1", "Alien", 1979), movie("2", "Aliens", 1986));
        assertThat(store.memberships().learn(one, Map.of("1", List.of("2"), "3", List.of("2"))))
                .isEqualTo(IndexChange.NOTHING);
        assertThat(store.memberships().all()).isEmpty();
    }

    @Test
    void aListChangesWithItsMembersAndIsCounted() {
        learn(one, collection("9", "Alien"), movie("1", "Alien", 1979));
        MediaIndex.State before = store.media().state().orElseThrow();
        assertThat(store.memberships().learn(one, Map.of("9", List.of("1"))).changed())
                .containsExactly(idOf(one, "9"));
        assertThat(store.memberships().learn(one, Map.of("9", List.of("1")))).isEqualTo(IndexChange.NOTHING);
        assertThat(store.media().state()).hasValue(before.next());
    }

    @Test
    void aListChangesWhenAMemberBecomesKnownOrIsGone() {
        learn(one, collection("9", "Alien"));
        store.memberships().learn(one, Map.of("9", List.of("1")));
        IndexChange known = learn(one, movie("1", "Alien", 1979));
        assertThat(known.changed()).containsExactlyInAnyOrder(idOf(one, "9"), idOf(one, "1"));
        assertThat(store.memberships().all().getFirst().members()).containsExactly(idOf(one, "1"));
        IndexChange gone = store.media().forget(one, List.of("1"));
        assertThat(gone.changed()).containsExactly(idOf(one, "9"));
        assertThat(store.memberships().all().getFirst().members()).isEmpty();
    }

    @Test
    void listsOfEqualCollectionsAreTwoMembershipsOfOneItem() {
        learn(
                one,
                collection("9", "Alien").id("tmdb", "8091"),
                movie("1", "Alien", 1979).id("tmdb", "348"));
        learn(two, collection("5", "Alien Collection").id("tmdb", "8091"));
        learn(two, movie("6", "Alien", 1979).id("tmdb", "348"), movie("7", "Aliens", 1986));
        store.memberships().learn(one, Map.of("9", List.of("1")));
        store.memberships().learn(two, Map.of("5", List.of("6", "7")));
        ItemId list = idOf(one, "9");
        assertThat(store.memberships().of(List.of(list)))
                .containsExactly(
                        new Membership(list, one, List.of(idOf(one, "1"))),
                        new Membership(list, two, List.of(idOf(one, "1"), idOf(two, "7"))));
    }

    @Test
    void aListChangesWhenAMemberJoinsAnotherItem() {
        learn(one, movie("1", "Alien", 1979).id("tmdb", "348"));
        learn(two, collection("5", "Alien"), movie("6", "Xenomorph", 1979));
        store.memberships().learn(two, Map.of("5", List.of("6")));
        IndexChange joined = learn(two, movie("6", "Alien", 1979).id("tmdb", "348"));
        assertThat(joined.changed()).contains(idOf(two, "5"));
        assertThat(store.memberships().all().getFirst().members()).containsExactly(idOf(one, "1"));
    }

    // ---- people's lists

    private OwnList playlist() {
        return store.ownLists().create(ItemKind.PLAYLIST, "Friday", alice, "Video", false, NOON);
    }

    private List<ItemId> items(OwnList list) {
        return store.ownLists().find(list.id()).orElseThrow().entries().stream()
                .map(OwnList.Entry::item)
                .toList();
    }

    private static List<ItemId> ids(int... values) {
        return Arrays.stream(values).mapToObj(ItemId::new).toList();
    }

    @Test
    void aListOfOnesOwnOutlivesARestart() {
        OwnList list = playlist();
        store.ownLists().add(list.id(), ids(100, 200, 100), NOON.plusSeconds(1));
        store.ownLists().share(list.id(), bob, ShareLevel.WRITE);
        restart();
        OwnList read = store.ownLists().find(list.id()).orElseThrow();
        assertThat(store.ownLists().all()).containsExactly(read);
        assertThat(read.name()).isEqualTo("Friday");
        assertThat(read.owner()).hasValue(alice);
        assertThat(read.created()).isEqualTo(NOON);
        assertThat(read.changed()).isEqualTo(NOON.plusSeconds(1));
        assertThat(read.shares()).isEqualTo(Map.of(bob, ShareLevel.WRITE));
        assertThat(items(read)).isEqualTo(ids(100, 200, 100));
        assertThat(read.entries()).extracting(OwnList.Entry::id).doesNotHaveDuplicates();
        assertThat(store.media().resolve(list.id())).hasValue(list.id());
        assertThat(store.ownLists().count(alice)).isEqualTo(1);
        assertThat(store.ownLists().count(bob)).isZero();
    }

    @Test
    void entriesMoveAndLeaveOneByOne() {
        OwnList list = playlist();
        store.ownLists().add(list.id(), ids(1, 2, 3, 1), NOON);
        List<OwnList.Entry> entries =
                store.ownLists().find(list.id()).orElseThrow().entries();
        store.ownLists().move(list.id(), entries.get(3).id(), 0, NOON);
        assertThat(store.ownLists().find(list.id()).orElseThrow().entries())
                .containsExactly(entries.get(3), entries.get(0), entries.get(1), entries.get(2));
        store.ownLists().move(list.id(), entries.get(0).id(), 99, NOON);
        assertThat(items(list)).isEqualTo(ids(1, 2, 3, 1));
        store.ownLists().remove(list.id(), List.of(entries.get(0).id(), 999_999), NOON);
        assertThat(items(list)).isEqualTo(ids(1, 2, 3));
        store.ownLists().add(list.id(), ids(4), NOON);
        assertThat(items(list)).isEqualTo(ids(1, 2, 3, 4));
    }

    @Test
    void oneListsEntriesAreNotTouchedThroughAnother() {
        OwnList list = playlist();
        OwnList other = playlist();
        store.ownLists().add(list.id(), ids(1, 2), NOON);
        int entry = store.ownLists()
                .find(list.id())
                .orElseThrow()
                .entries()
                .getFirst()
                .id();
        store.ownLists().move(other.id(), entry, 1, NOON);
        store.ownLists().remove(other.id(), List.of(entry), NOON);
        assertThat(items(list)).isEqualTo(ids(1, 2));
    }

    @Test
    void aMemberThatWasJoinedIsWhatItBecame() {
        learn(one, movie("1", "Alien", 1979).id("tmdb", "348"));
        learn(two, movie("6", "Xenomorph", 1979));
        ItemId before = idOf(two, "6");
        OwnList list = playlist();
        store.ownLists().add(list.id(), List.of(before), NOON);
        learn(two, movie("6", "Alien", 1979).id("tmdb", "348"));
        assertThat(items(list)).containsExactly(idOf(one, "1")).doesNotContain(before);
        learn(two, movie("6", "Xenomorph", 1979));
        assertThat(items(list)).containsExactly(before);
    }

    @Test
    void sharesCanBeChangedAndTakenBack() {
        OwnList list = playlist();
        store.ownLists().share(list.id(), bob, ShareLevel.READ);
        store.ownLists().share(list.id(), bob, ShareLevel.MANAGE_DELETE);
        store.ownLists().share(list.id(), UserId.random(), ShareLevel.READ);
        store.ownLists().share(new ItemId(999_999), bob, ShareLevel.READ);
        assertThat(store.ownLists().find(list.id()).orElseThrow().shares())
                .isEqualTo(Map.of(bob, ShareLevel.MANAGE_DELETE));
        store.ownLists().share(list.id(), bob, ShareLevel.NONE);
        assertThat(store.ownLists().find(list.id()).orElseThrow().shares()).isEmpty();
    }

    @Test
    void namesAndVisibilityChange() {
        OwnList list = playlist();
        store.ownLists().rename(list.id(), "Saturday", NOON.plusSeconds(1));
        store.ownLists().publish(list.id(), true, NOON.plusSeconds(2));
        OwnList read = store.ownLists().find(list.id()).orElseThrow();
        assertThat(read.name()).isEqualTo("Saturday");
        assertThat(read.isPublic()).isTrue();
        assertThat(read.changed()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void aDeletedListsIdIsNeverGivenAgain() {
        OwnList list = playlist();
        store.ownLists().add(list.id(), ids(1), NOON);
        store.ownLists().delete(list.id());
        assertThat(store.ownLists().find(list.id())).isEmpty();
        assertThat(playlist().id()).isNotEqualTo(list.id());
    }

    @Test
    void aListStaysWhenItsOwnerIsRemovedAndSharesGoWithTheirUser() {
        OwnList list = playlist();
        store.ownLists().share(list.id(), bob, ShareLevel.READ);
        store.users().remove(alice);
        assertThat(store.ownLists().find(list.id()).orElseThrow().owner()).isEmpty();
        restart();
        assertThat(store.ownLists().all()).hasSize(1);
        store.users().remove(bob);
        assertThat(store.ownLists().find(list.id()).orElseThrow().shares()).isEmpty();
        restart();
        assertThat(store.ownLists().all()).isEmpty();
    }

    @Test
    void libraryIdsAreTheSameForEver() {
        ItemId collections = store.ownLists().view(ItemKind.BOX_SET);
        ItemId playlists = store.ownLists().view(ItemKind.PLAYLIST);
        assertThat(collections).isNotEqualTo(playlists);
        restart();
        assertThat(store.ownLists().view(ItemKind.BOX_SET)).isEqualTo(collections);
        assertThat(store.ownLists().view(ItemKind.PLAYLIST)).isEqualTo(playlists);
    }

    @Test
    void whatOthersMayDoGrowsWithTheLevel() {
        OwnList list = playlist();
        store.ownLists().share(list.id(), bob, ShareLevel.WRITE);
        OwnList shared = store.ownLists().find(list.id()).orElseThrow();
        UserId stranger = UserId.random();
        assertThat(shared.levelOf(alice)).isEqualTo(ShareLevel.MANAGE_DELETE);
        assertThat(shared.levelOf(bob).allows(ShareLevel.READ)).isTrue();
        assertThat(shared.levelOf(bob).allows(ShareLevel.MANAGE)).isFalse();
        assertThat(shared.levelOf(stranger).allows(ShareLevel.READ)).isFalse();
        store.ownLists().publish(list.id(), true, NOON);
        OwnList published = store.ownLists().find(list.id()).orElseThrow();
        assertThat(published.levelOf(stranger)).isEqualTo(ShareLevel.READ);
        assertThat(published.levelOf(bob)).isEqualTo(ShareLevel.WRITE);
    }
}
