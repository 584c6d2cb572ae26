package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.sql.Sample.episode;
import static org.embygateway.index.sql.Sample.item;
import static org.embygateway.index.sql.Sample.library;
import static org.embygateway.index.sql.Sample.movie;
import static org.embygateway.index.sql.Sample.season;
import static org.embygateway.index.sql.Sample.series;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.embygateway.index.Copy;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.SourceLocation;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is learned of upstreams is merged, found again and never mixed up. */
abstract class MediaIndexContract extends StoreContract {
    private static final byte[] NO_DOCUMENT = {};

    private UpstreamId one;
    private UpstreamId two;
    private UpstreamId three;
    private Visible all;

    @BeforeEach
    void addServers() {
        one = upstream("One");
        two = upstream("Two");
        three = upstream("Three");
        all = new Visible(Set.of(one, two, three));
    }

    private IndexChange learn(UpstreamId upstream, Sample... items) {
        return store.media().learn(upstream, Stream.of(items).map(Sample::build).toList());
    }

    @Test
    void everyChangeIsCountedAndNothingElse() {
        MediaIndex.State before = store.media().state().orElseThrow();
        learn(one, movie("1", "Heat", 1995));
        assertThat(store.media().state()).hasValue(before.next());
        learn(one, movie("1", "Heat", 1995));
        store.media().beginSweep(one);
        assertThat(store.media().forget(one, List.of("2"))).isEqualTo(IndexChange.NOTHING);
        assertThat(store.media().state()).hasValue(before.next());
        store.media().forget(one, List.of("1"));
        assertThat(store.media().state()).hasValue(before.next().next());
        learn(one, movie("1", "Heat", 1995));
        store.media().forgetUpstream(one);
        assertThat(store.media().state()).hasValue(before.next().next().next().next());
    }

    @Test
    void anotherOrderOfServersIsAnotherState() {
        MediaIndex.State before = store.media().state().orElseThrow();
        UpstreamRecord first = store.upstreams().find(one).orElseThrow();
        store.upstreams()
                .update(new UpstreamRecord(
                        first.id(),
                        first.name(),
                        first.url(),
                        first.kind(),
                        first.playback(),
                        first.sync(),
                        first.priority() + 10,
                        first.enabled(),
                        first.configured()));
        assertThat(store.media().state().orElseThrow().order()).isNotEqualTo(before.order());
    }

    private ItemId idOf(UpstreamId upstream, String itemId) {
        ItemId id = store.media().idsOf(upstream, List.of(itemId)).get(itemId);
        assertThat(id).as("id of %s on %s", itemId, upstream).isNotNull();
        return id;
    }

    private MergedItem get(ItemId id) {
        return find(id, all);
    }

    private MergedItem find(ItemId id, Visible visible) {
        MergedItem item = store.media().find(List.of(id), visible).get(id);
        assertThat(item).as("item %s", id).isNotNull();
        return item;
    }

    private static List<String> copyIds(MergedItem item) {
        return item.copies().stream()
                .map(copy -> copy.upstream() + ":" + copy.upstreamItemId())
                .toList();
    }

    private List<MergedItem> everything() {
        List<MergedItem> items = new ArrayList<>();
        store.media().readAll(items::add);
        return items;
    }

    private List<MergedItem> everything(ItemKind kind) {
        return everything().stream().filter(item -> item.kind() == kind).toList();
    }

    @Test
    void scenario12TheSameIdOnTwoServersIsTwoFilms() {
        learn(one, movie("1600", "Heat", 1995).id("tmdb", "949"));
        learn(two, movie("1600", "Alien", 1979).id("tmdb", "348"));
        assertThat(get(idOf(one, "1600")).name()).isEqualTo("Heat");
        assertThat(get(idOf(two, "1600")).name()).isEqualTo("Alien");
        assertThat(document(get(idOf(two, "1600")).copies().getFirst()))
                .isEqualTo("{\"Id\":\"1600\",\"Name\":\"Alien\"}");
    }

    private static String document(Copy copy) {
        return new String(copy.document(), StandardCharsets.UTF_8);
    }

    @Test
    void scenario13KindsNeverMixThoughTheIdIsTheSame() {
        learn(
                one,
                movie("1", "A", 1999).id("tmdb", "603"),
                series("2", "A", 1999).id("tmdb", "603"));
        learn(
                two,
                episode("3", "2", "", 1, 1).id("tmdb", "603"),
                series("2", "A", 1999).id("tmdb", "603"));
        assertThat(everything())
                .extracting(MergedItem::kind)
                .containsExactlyInAnyOrder(ItemKind.MOVIE, ItemKind.SERIES, ItemKind.EPISODE);
    }

    @Test
    void scenario14AMergeIsKeptWhenTheCopyThatProvedItIsGone() {
        learn(one, movie("1", "Matrix", 1999).id("tmdb", "603"));
        learn(two, movie("1", "La Matrice", 1999).id("imdb", "tt0133093"));
        ItemId first = idOf(one, "1");
        ItemId second = idOf(two, "1");
        assertThat(second).isNotEqualTo(first);

        IndexChange change =
                learn(three, movie("1", "Matrix, The", 1999).id("tmdb", "603").id("imdb", "tt0133093"));
        assertThat(change).isEqualTo(new IndexChange(Set.of(first), Set.of(second)));
        assertThat(copyIds(get(first))).containsExactly("1:1", "2:1", "3:1");

        assertThat(store.media().forgetUpstream(three)).isEqualTo(new IndexChange(Set.of(first), Set.of()));
        restart();
        assertThat(copyIds(get(first))).containsExactly("1:1", "2:1");
        assertThat(store.media().resolve(second)).contains(first);
        assertThat(copyIds(find(second, all))).containsExactly("1:1", "2:1");
    }

    @Test
    void scenario15ContradictingIdsAreNotMergedButReported() {
        learn(one, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt1"));
        learn(two, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt2"));
        ItemId first = idOf(one, "1");
        ItemId second = idOf(two, "1");
        assertThat(second).isNotEqualTo(first);
        assertThat(store.media().conflicts())
                .containsExactly(new MediaIndex.Conflict(
                        first, second, "same tmdb 603, but imdb differs (tt0000001, tt0000002)"));

        learn(two, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt1"));
        assertThat(idOf(two, "1")).isEqualTo(first);
        assertThat(store.media().conflicts()).isEmpty();
    }

    @Test
    void aCopyThatIsGoneNoLongerKeepsOthersApart() {
        learn(one, movie("1", "Matrix", 1999).id("tmdb", "603"));
        learn(two, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt2"));
        learn(three, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt3"));
        ItemId matrix = idOf(one, "1");
        ItemId other = idOf(three, "1");
        assertThat(other).isNotEqualTo(matrix);

        IndexChange change = store.media().forget(two, List.of("1"));
        assertThat(change.changed()).containsExactly(matrix);
        assertThat(change.removed()).contains(other);
        assertThat(copyIds(get(matrix))).containsExactly("1:1", "3:1");
        assertThat(store.media().resolve(other)).contains(matrix);

        learn(two, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt2"));
        assertThat(copyIds(get(matrix))).containsExactly("1:1", "2:1");
        assertThat(idOf(three, "1")).isEqualTo(other);
    }

    @Test
    void aConflictIsOverWhenOneSideIsGone() {
        learn(one, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt1"));
        learn(two, movie("1", "Matrix", 1999).id("tmdb", "603").id("imdb", "tt2"));
        store.media().forget(two, List.of("1"));
        assertThat(store.media().conflicts()).isEmpty();
    }

    @Test
    void scenario18SeasonsAndEpisodesOfTwoServersMakeOneSeries() {
        learn(one, series("10", "Lost", 2004).id("tvdb", "73739"));
        learn(two, series("20", "LOST", 2004).id("tvdb", "73739").id("imdb", "tt0411008"));
        for (int s = 1; s <= 3; s++) {
            learn(one, season("1" + s, "10", s), episode("e1" + s, "10", "1" + s, s, 1));
        }
        learn(one, episode("305", "10", "13", 3, 5));
        for (int s = 3; s <= 5; s++) {
            learn(two, season("2" + s, "20", s), episode("e2" + s, "20", "2" + s, s, 1));
        }
        learn(two, episode("x305", "20", "23", 3, 5), episode("x306", "20", "23", 3, 6));

        assertThat(everything(ItemKind.SERIES)).hasSize(1);
        assertThat(everything(ItemKind.SEASON)).hasSize(5);
        assertThat(everything(ItemKind.EPISODE)).hasSize(7);
        MergedItem shared = get(idOf(one, "305"));
        assertThat(copyIds(shared)).containsExactly("1:305", "2:x305");
        assertThat(shared.series()).contains(idOf(two, "20"));
        assertThat(shared.season()).contains(idOf(two, "23")).contains(idOf(one, "13"));
        assertThat(get(idOf(two, "x306")).season()).contains(idOf(one, "13"));
    }

    @Test
    void childrenMayComeBeforeTheirParents() {
        learn(two, episode("21", "20", "22", 1, 1), season("22", "20", 1));
        learn(one, episode("11", "10", "12", 1, 1));
        learn(one, season("12", "10", 1));
        ItemId early = idOf(two, "21");
        assertThat(get(early).series()).isEmpty();
        assertThat(idOf(one, "11")).isNotEqualTo(early);

        learn(one, series("10", "Lost", 2004));
        IndexChange change = learn(two, series("20", "Lost", 2004));
        assertThat(idOf(one, "11")).isEqualTo(early);
        assertThat(get(early).series()).contains(idOf(one, "10"));
        assertThat(get(early).season()).contains(idOf(one, "12"));
        assertThat(idOf(two, "22")).isEqualTo(idOf(one, "12"));
        assertThat(change.changed()).contains(early, idOf(one, "10"), idOf(one, "12"));
    }

    @Test
    void scenario19AMultiEpisodeFileIsNoVersionOfASingleEpisode() {
        learn(
                one,
                series("10", "Lost", 2004),
                episode("11", "10", "", 1, 1).to(2).id("tvdb", "1"));
        learn(
                two,
                series("20", "Lost", 2004),
                episode("21", "20", "", 1, 1).id("tvdb", "1"),
                episode("22", "20", "", 1, 2));
        learn(three, series("30", "Lost", 2004), episode("31", "30", "", 1, 1).to(2));
        assertThat(everything(ItemKind.EPISODE)).hasSize(3);
        assertThat(copyIds(get(idOf(one, "11")))).containsExactly("1:11", "3:31");
    }

    @Test
    void scenario20SpecialsMergeByIdOrDateAndUnnumberedSeasonsStayApart() {
        learn(
                one,
                series("10", "Lost", 2004),
                season("12", "10", 0),
                item("13", ItemKind.SEASON, "Season Unknown").series("10"),
                episode("14", "10", "12", 0, 1).named("Pilot talk").premiere("2004-09-01"),
                episode("15", "10", "12", 0, 2).named("Recap").id("tvdb", "99"),
                episode("16", "10", "12", 0, 3).named("Other"));
        learn(
                two,
                series("20", "Lost", 2004),
                season("22", "20", 0),
                item("23", ItemKind.SEASON, "Season Unknown").series("20"),
                episode("24", "20", "22", 0, 7).named("Pilot Talk").premiere("2004-09-01"),
                episode("25", "20", "22", 0, 8).named("A recap").id("tvdb", "99"),
                episode("26", "20", "22", 0, 3).named("Something else"));
        assertThat(idOf(one, "12")).isEqualTo(idOf(two, "22"));
        assertThat(idOf(one, "13")).isNotEqualTo(idOf(two, "23"));
        assertThat(idOf(one, "14")).isEqualTo(idOf(two, "24"));
        assertThat(idOf(one, "15")).isEqualTo(idOf(two, "25"));
        assertThat(idOf(one, "16")).isNotEqualTo(idOf(two, "26"));
    }

    @Test
    void scenario21TwoCopiesOnOneServerAndOneOnAnotherAreThreeVersions() {
        learn(
                one,
                movie("1", "Heat", 1995).id("tmdb", "949"),
                movie("2", "Heat 4K", 1995).id("tmdb", "949"));
        learn(two, movie("1", "Heat", 1995).id("tmdb", "949").source("ms-b", "9"));
        MergedItem heat = get(idOf(one, "1"));
        assertThat(copyIds(heat)).containsExactly("1:1", "1:2", "2:1");
        List<Copy.Source> sources =
                heat.copies().stream().flatMap(copy -> copy.sources().stream()).toList();
        assertThat(sources).extracting(Copy.Source::upstreamSourceId).containsExactly("ms-1", "ms-2", "ms-1", "ms-b");
        assertThat(sources).extracting(Copy.Source::id).doesNotHaveDuplicates();
        restart();
        assertThat(get(idOf(one, "1")).copies()).flatExtracting(Copy::sources).isEqualTo(sources);
    }

    @Test
    void itemsWithoutWhatTheyNameAreOtherwiseTheSame() {
        learn(one, movie("1", "Heat", 1995).genre("Action", "5"), movie("2", "Ran", 1985));
        learn(two, movie("9", "Heat", 1995).genre("Drama", "1"));
        List<ItemId> ids = List.of(idOf(one, "1"), idOf(one, "2"));

        for (Visible visible : List.of(all, new Visible(Set.of(two)))) {
            assertThat(store.media().findUnnamed(ids, visible).values())
                    .usingRecursiveComparison()
                    .ignoringFields("byName")
                    .isEqualTo(store.media().find(ids, visible).values());
            assertThat(store.media().findUnnamed(ids, visible).values())
                    .isNotEmpty()
                    .allSatisfy(item -> assertThat(item.byName()).isEmpty());
        }
    }

    @Test
    void scenario23AGenreIsOneWhateverItsNumberOnEachServer() {
        learn(
                one,
                movie("1", "Heat", 1995).genre("Action", "5"),
                movie("5", "Alien", 1979).genre("Drama", "1"));
        learn(two, movie("1", "Ran", 1985).genre("ACTION", "9"));
        MergedItem.ByNameRef first = get(idOf(one, "1")).byName().getFirst();
        MergedItem.ByNameRef second = get(idOf(two, "1")).byName().getFirst();
        assertThat(first.kind()).isEqualTo(ItemKind.GENRE);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(copyIds(get(first.id()))).containsExactly("1:5", "2:9");
        assertThat(document(get(first.id()).copies().getFirst())).isEqualTo("{}");
        assertThat(get(idOf(one, "5")).kind()).isEqualTo(ItemKind.MOVIE);
    }

    @Test
    void peopleMergeByIdOrNameAndNamesakesStayApart() {
        learn(
                one,
                movie("1", "A", 2001).names(ItemKind.PERSON, "Chris Evans", "p1", "Actor", Map.of("tmdb", "16828")),
                movie("2", "B", 2002).names(ItemKind.PERSON, "Zhang Ziyi", "p2", "Actor", Map.of()));
        learn(
                two,
                movie("1", "C", 2003).names(ItemKind.PERSON, "Chris Evans", "q1", "Actor", Map.of("tmdb", "999")),
                movie("2", "D", 2004)
                        .names(ItemKind.PERSON, "Zhang  Ziyi", "", "Actor", Map.of())
                        .names(ItemKind.PERSON, "Zhang  Ziyi", "", "Director", Map.of())
                        .names(ItemKind.PERSON, "Zhang  Ziyi", "", "Director", Map.of()));
        assertThat(everything(ItemKind.PERSON))
                .extracting(MergedItem::name)
                .containsExactlyInAnyOrder("Chris Evans", "Chris Evans", "Zhang Ziyi");
        assertThat(get(idOf(two, "2")).byName())
                .extracting(MergedItem.ByNameRef::role)
                .containsExactly("Actor", "Director");
        ItemId zhang = get(idOf(two, "2")).byName().getFirst().id();
        assertThat(copyIds(get(zhang))).containsExactly("1:p2");
        assertThat(find(zhang, new Visible(Set.of(two))).copies()).isEmpty();
        assertThat(store.media().conflicts()).isEmpty();
    }

    @Test
    void whatNamesAPersonChangesWhenThePersonIsMerged() {
        learn(one, movie("1", "A", 2001).names(ItemKind.PERSON, "张子怡", "p1", "Actor", Map.of()));
        learn(two, movie("2", "B", 2002).names(ItemKind.PERSON, "Zhang Ziyi", "q1", "Actor", Map.of("tmdb", "1339")));
        ItemId before = get(idOf(two, "2")).byName().getFirst().id();
        IndexChange change =
                learn(one, movie("3", "C", 2003).names(ItemKind.PERSON, "张子怡", "p1", "Actor", Map.of("tmdb", "1339")));
        ItemId after = get(idOf(two, "2")).byName().getFirst().id();
        assertThat(after).isNotEqualTo(before);
        // The first film shows the person as before: its item and its name are the same.
        assertThat(change.changed()).containsExactlyInAnyOrder(idOf(two, "2"), idOf(one, "3"), after);
        assertThat(change.removed()).containsExactly(before);
    }

    @Test
    void whatNamesAPersonChangesWhenThePersonIsCalledOtherwise() {
        for (int i = 0; i < 600; i++) {
            learn(
                    one,
                    movie("m" + i, "Film " + i, 2001)
                            .names(ItemKind.PERSON, "Actor " + i % 300, "p" + i % 300, "Actor", Map.of()));
        }
        IndexChange change =
                learn(one, movie("1", "A", 2001).names(ItemKind.PERSON, "Renamed", "p7", "Actor", Map.of()));
        assertThat(change.changed())
                .containsExactlyInAnyOrder(
                        idOf(one, "1"),
                        idOf(one, "m7"),
                        idOf(one, "m307"),
                        get(idOf(one, "1")).byName().getFirst().id());
        learn(one, movie("m7", "Film 7", 2001));
        change = learn(one, movie("1", "A", 2001).names(ItemKind.PERSON, "Named again", "p7", "Actor", Map.of()));
        assertThat(change.changed()).contains(idOf(one, "m307")).doesNotContain(idOf(one, "m7"));
    }

    @Test
    void aLibraryThatStaysWhatItIsChangesNothingInIt() {
        learn(one, library("L", "Films", "movies"), movie("1", "Heat", 1995).in("L"));
        IndexChange change = learn(one, library("L", "Films", "movies").document("{\"ChildCount\":1}"));
        assertThat(change.changed()).containsExactly(idOf(one, "L"));
    }

    @Test
    void scenario25IdsOutliveARestartAndTheReturnOfAServer() {
        learn(
                one,
                movie("1", "Heat", 1995).id("tmdb", "949"),
                movie("2", "Ran", 1985),
                item("3", ItemKind.VIDEO, "Cat"));
        learn(two, movie("7", "Heat", 1995).id("tmdb", "949"));
        ItemId heat = idOf(one, "1");
        ItemId ran = idOf(one, "2");
        ItemId cat = idOf(one, "3");
        MediaSourceId version =
                get(ran).copies().getFirst().sources().getFirst().id();

        IndexChange change = store.media().forgetUpstream(one);
        store.upstreams().remove(one);
        assertThat(change).isEqualTo(new IndexChange(Set.of(heat), Set.of(ran, cat)));
        assertThat(copyIds(get(heat))).containsExactly("2:7");
        assertThat(store.media().copies(one)).isZero();
        restart();
        assertThat(store.media().find(List.of(ran), all)).isEmpty();
        assertThat(upstream("One")).isEqualTo(one);
        learn(
                one,
                movie("2", "Ran", 1985),
                item("3", ItemKind.VIDEO, "Cat"),
                movie("1", "Heat", 1995).id("tmdb", "949"));
        assertThat(idOf(one, "1")).isEqualTo(heat);
        assertThat(idOf(one, "2")).isEqualTo(ran);
        assertThat(idOf(one, "3")).isEqualTo(cat);
        assertThat(get(ran).copies().getFirst().sources().getFirst().id()).isEqualTo(version);
    }

    @Test
    void aServerThatNumbersItsItemsAnewKeepsTheIdsOfItsTitles() {
        learn(one, movie("1", "Heat", 1995).id("tmdb", "949"));
        ItemId heat = idOf(one, "1");
        store.media().forgetUpstream(one);
        learn(one, movie("77", "Heat", 1995).id("tmdb", "949"));
        assertThat(idOf(one, "77")).isEqualTo(heat);
    }

    @Test
    void learningTheSameAgainChangesNothing() {
        Sample heat = movie("1", "Heat", 1995).genre("Crime", "5").in("L");
        learn(one, library("L", "Films", "movies"), heat);
        List<MergedItem> before = withoutDocuments();
        assertThat(learn(one, library("L", "Films", "movies"), heat)).isEqualTo(IndexChange.NOTHING);
        assertThat(withoutDocuments()).isEqualTo(before);
    }

    /** Copies hold arrays, which are equal to themselves only. */
    private List<MergedItem> withoutDocuments() {
        byte[] none = NO_DOCUMENT;
        return everything().stream()
                .map(item -> new MergedItem(
                        item.id(),
                        item.kind(),
                        item.name(),
                        item.copies().stream()
                                .map(c -> new Copy(c.upstream(), c.upstreamItemId(), c.libraryId(), c.sources(), none))
                                .toList(),
                        item.series(),
                        item.season(),
                        item.views(),
                        item.byName()))
                .toList();
    }

    @Test
    void aChangedDocumentChangesTheItemAndNothingElse() {
        learn(one, movie("1", "Heat", 1995), movie("2", "Ran", 1985));
        IndexChange change =
                learn(one, movie("1", "Heat", 1995).document("{\"Overview\":\"x\"}"), movie("2", "Ran", 1985));
        assertThat(change).isEqualTo(new IndexChange(Set.of(idOf(one, "1")), Set.of()));
        assertThat(document(get(idOf(one, "1")).copies().getFirst())).isEqualTo("{\"Overview\":\"x\"}");
    }

    @Test
    void aCopyWhoseIdsWereCorrectedLeavesTheTitleAndBothKeepTheirIds() {
        learn(one, movie("1", "Heat", 1995).id("tmdb", "949"));
        learn(two, movie("2", "Ran", 1985).id("tmdb", "11645"));
        ItemId heat = idOf(one, "1");
        ItemId ran = idOf(two, "2");
        IndexChange joined = learn(two, movie("2", "Ran", 1985).id("tmdb", "949"));
        assertThat(joined).isEqualTo(new IndexChange(Set.of(heat), Set.of(ran)));
        assertThat(store.media().resolve(ran)).contains(heat);

        IndexChange parted = learn(two, movie("2", "Ran", 1985).id("tmdb", "11645"));
        assertThat(parted).isEqualTo(new IndexChange(Set.of(heat, ran), Set.of(), true));
        assertThat(store.media().resolve(ran)).contains(ran);
        assertThat(idOf(two, "2")).isEqualTo(ran);
        assertThat(copyIds(get(heat))).containsExactly("1:1");
    }

    @Test
    void aCopyThatWasMergedFromTheStartGetsAnIdOfItsOwnWhenItParts() {
        learn(one, movie("1", "Heat", 1995).id("tmdb", "949"));
        learn(two, movie("2", "Heat", 1995).id("tmdb", "949"));
        ItemId heat = idOf(one, "1");
        learn(two, movie("2", "Ran", 1985).id("tmdb", "11645"));
        ItemId ran = idOf(two, "2");
        assertThat(ran).isNotEqualTo(heat);
        learn(two, movie("2", "Heat", 1995).id("tmdb", "949"));
        assertThat(idOf(two, "2")).isEqualTo(heat);
        assertThat(store.media().resolve(ran)).contains(heat);
        learn(two, movie("2", "Ran", 1985).id("tmdb", "11645"));
        assertThat(idOf(two, "2")).isEqualTo(ran);
    }

    @Test
    void episodesFollowWhenTheirSeriesIsMergedOrParts() {
        learn(one, series("10", "Lost", 2004).id("tvdb", "1"), episode("11", "10", "", 1, 1));
        learn(two, series("20", "Verloren", 2004).id("tvdb", "2"), episode("21", "20", "", 1, 1));
        ItemId first = idOf(one, "11");
        ItemId second = idOf(two, "21");
        assertThat(second).isNotEqualTo(first);
        learn(two, series("20", "Verloren", 2004).id("tvdb", "1"));
        assertThat(idOf(two, "21")).isEqualTo(first);
        learn(two, series("20", "Verloren", 2004).id("tvdb", "2"));
        assertThat(idOf(two, "21")).isEqualTo(second);
        assertThat(get(second).series()).contains(idOf(two, "20"));
        assertThat(get(first).series()).contains(idOf(one, "10"));
    }

    @Test
    void librariesMergeByTypeAndMixedOnesByName() {
        learn(
                one,
                library("1", "Films", "movies"),
                library("2", "Stuff", ""),
                movie("3", "Heat", 1995).in("1"));
        learn(two, library("1", "Movies", "movies"), library("2", "stuff", ""), library("4", "Else", ""));
        assertThat(idOf(one, "1")).isEqualTo(idOf(two, "1"));
        assertThat(idOf(one, "2")).isEqualTo(idOf(two, "2")).isNotEqualTo(idOf(two, "4"));
        learn(two, movie("3", "Heat", 1995).in("4"));
        assertThat(get(idOf(one, "3")).views()).containsExactly(idOf(one, "1"), idOf(two, "4"));
        assertThat(find(idOf(one, "3"), new Visible(Set.of(two))).views()).containsExactly(idOf(two, "4"));
    }

    @Test
    void itemsChangeWhenTheirLibraryBecomesKnown() {
        learn(one, movie("3", "Heat", 1995).in("1"));
        assertThat(get(idOf(one, "3")).views()).isEmpty();
        IndexChange change = learn(one, library("1", "Films", "movies"));
        assertThat(change.changed()).containsExactlyInAnyOrder(idOf(one, "1"), idOf(one, "3"));
        IndexChange gone = store.media().forget(one, List.of("1"));
        assertThat(gone.changed()).containsExactly(idOf(one, "3"));
        assertThat(get(idOf(one, "3")).views()).isEmpty();
    }

    @Test
    void collectionsMergeByIdOrName() {
        learn(one, item("1", ItemKind.BOX_SET, "Alien").id("tmdb", "8091"), item("2", ItemKind.BOX_SET, "Mine"));
        learn(
                two,
                item("1", ItemKind.BOX_SET, "Alien Collection").id("tmdbcollection", "8091"),
                item("2", ItemKind.BOX_SET, "mine"));
        assertThat(everything(ItemKind.BOX_SET)).hasSize(2);
    }

    @Test
    void whatHasNoRuleStaysSideBySide() {
        for (ItemKind kind : List.of(
                ItemKind.VIDEO,
                ItemKind.PHOTO,
                ItemKind.BOOK,
                ItemKind.PLAYLIST,
                ItemKind.TV_CHANNEL,
                ItemKind.AUDIO)) {
            learn(one, item(kind.name(), kind, "Same").year(2000).id("tmdb", "1"));
            learn(two, item(kind.name(), kind, "Same").year(2000).id("tmdb", "1"));
            assertThat(everything(kind)).hasSize(2);
        }
    }

    @Test
    void onlyVisibleCopiesAreFound() {
        learn(one, movie("1", "Heat", 1995).id("tmdb", "949").genre("Crime", "5"));
        learn(two, movie("1", "Heat", 1995).id("tmdb", "949").genre("Thriller", "6"));
        ItemId heat = idOf(one, "1");
        MergedItem seen = find(heat, new Visible(Set.of(two)));
        assertThat(copyIds(seen)).containsExactly("2:1");
        assertThat(seen.byName()).extracting(MergedItem.ByNameRef::name).containsExactly("Thriller");
        assertThat(store.media().find(List.of(heat), new Visible(Set.of(three))))
                .isEmpty();
        MediaSourceId hidden =
                get(heat).copies().getFirst().sources().getFirst().id();
        assertThat(store.media().source(hidden, new Visible(Set.of(two)))).isEmpty();
    }

    @Test
    void copiesComeByThePriorityOfTheirServers() {
        learn(one, movie("1", "Heat", 1995).id("tmdb", "949"));
        learn(two, movie("1", "Heat (1995)", 1995).id("tmdb", "949"));
        UpstreamRecord record = store.upstreams().find(one).orElseThrow();
        store.upstreams()
                .update(new UpstreamRecord(
                        one,
                        record.name(),
                        record.url(),
                        record.kind(),
                        record.playback(),
                        record.sync(),
                        99,
                        true,
                        false));
        MergedItem heat = get(idOf(one, "1"));
        assertThat(copyIds(heat)).containsExactly("2:1", "1:1");
        assertThat(heat.name()).isEqualTo("Heat (1995)");
    }

    @Test
    void anItemIsReadAgainOnlyWhenSomethingWasWritten() {
        learn(one, movie("1", "Heat", 1995).id("tmdb", "949"));
        ItemId heat = idOf(one, "1");
        MergedItem before = get(heat);
        assertThat(get(heat)).isSameAs(before);
        assertThat(store.media().find(List.of(heat), new Visible(Set.of(two)))).isEmpty();

        learn(two, movie("9", "Heat", 1995).id("tmdb", "949"));
        assertThat(copyIds(get(heat))).containsExactly("1:1", "2:9");
        assertThat(copyIds(find(heat, new Visible(Set.of(two))))).containsExactly("2:9");
        store.media().forget(one, List.of("1"));
        assertThat(copyIds(get(heat))).containsExactly("2:9");
    }

    @Test
    void aVersionResolvesToItsItemAndLeadsToItsServer() {
        learn(one, movie("1", "Heat", 1995).source("ms-2", "2"));
        Copy.Source second = get(idOf(one, "1")).copies().getFirst().sources().getLast();
        ItemId heat = idOf(one, "1");
        assertThat(store.media().resolve(second.id().version())).contains(heat);
        assertThat(store.media().source(second.id(), all))
                .contains(new SourceLocation(second.id(), heat, one, "1", "2", "ms-2"));
        assertThat(idOf(one, "2")).isEqualTo(heat);
        assertThat(store.media().resolve(new ItemId(999_999))).isEmpty();
        store.media().forget(one, List.of("1"));
        assertThat(store.media().source(second.id(), all)).isEmpty();
    }

    @Test
    void aSourceNotSeenBeforeGetsAnIdThatStays() {
        learn(one, movie("1", "Heat", 1995));
        Map<String, MediaSourceId> ids = store.media().sourceIds(one, "1", List.of("ms-1", "fresh"));
        assertThat(ids.get("ms-1"))
                .isEqualTo(get(idOf(one, "1"))
                        .copies()
                        .getFirst()
                        .sources()
                        .getFirst()
                        .id());
        restart();
        assertThat(store.media().sourceIds(one, "1", List.of("fresh", "ms-1"))).isEqualTo(ids);
        assertThat(store.media().source(ids.get("fresh"), all))
                .map(SourceLocation::upstreamSourceId)
                .contains("fresh");
        assertThat(get(idOf(one, "1")).copies().getFirst().sources()).hasSize(1);
        learn(one, movie("1", "Heat", 1995).source("fresh", "1"));
        assertThat(get(idOf(one, "1")).copies().getFirst().sources().getLast().id())
                .isEqualTo(ids.get("fresh"));
    }

    @Test
    void aSweepShowsWhatWasNotSeenInIt() {
        learn(one, movie("1", "Heat", 1995).genre("Crime", "5"), movie("2", "Ran", 1985));
        learn(two, movie("3", "Alien", 1979));
        long sweep = store.media().beginSweep(one);
        learn(one, movie("1", "Heat", 1995).genre("Crime", "5"));
        assertThat(store.media().unseenSince(one, sweep)).containsExactly("2");
        store.media().forget(one, List.of("2", "unknown"));
        assertThat(store.media().unseenSince(one, sweep)).isEmpty();
        assertThat(store.media().beginSweep(one)).isGreaterThan(sweep);
        assertThat(store.media().copies(one)).isEqualTo(1);
    }

    @Test
    void theCopiesOfALibraryAreToldFromOthers() {
        learn(
                one,
                library("9", "Films", "movies"),
                movie("1", "Heat", 1995).in("9"),
                movie("2", "Ran", 1985).in("9"));
        learn(one, movie("3", "Alien", 1979).in("8"));
        learn(two, movie("4", "Alien", 1979).in("9"));
        store.media().forget(one, List.of("2"));
        assertThat(store.media().idsIn(one, List.of("9", "unknown"))).containsExactly("1");
        assertThat(store.media().idsIn(one, List.of())).isEmpty();
    }

    @Test
    void readLeavesOutAliasesAndWhatIsGone() {
        learn(one, movie("1", "Heat", 1995).id("tmdb", "949"), movie("2", "Ran", 1985));
        learn(two, movie("1", "Hitze", 1995).id("imdb", "tt0113277"));
        ItemId heat = idOf(one, "1");
        ItemId alias = idOf(two, "1");
        ItemId ran = idOf(one, "2");
        learn(three, movie("1", "Heat", 1995).id("tmdb", "949").id("imdb", "tt0113277"));
        store.media().forget(one, List.of("2"));
        assertThat(store.media().read(List.of(heat, alias, ran, new ItemId(123_456))))
                .extracting(MergedItem::id)
                .containsExactly(heat);
    }

    @Test
    void readAllHandsOverEveryItemInTheOrderOfIds() {
        List<UpstreamItem> items = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            items.add(movie("m" + i, "Film " + i, 1990)
                    .genre("Genre " + i % 7, "g" + i % 7)
                    .build());
        }
        store.media().learn(one, items);
        List<MergedItem> all = everything();
        assertThat(all).hasSize(2507);
        assertThat(all).extracting(item -> item.id().value()).isSorted().doesNotHaveDuplicates();
        assertThat(all).allSatisfy(item -> assertThat(item.copies()).hasSize(1));
    }

    @Test
    void idsFitTheNumbersOfOldClients() {
        learn(one, movie("1", "Heat", 1995).genre("Crime", "5"));
        Collection<ItemId> ids = everything().stream().map(MergedItem::id).toList();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anItemThatBecomesAnotherKindLeavesItsTitle() {
        learn(one, movie("1", "Heat", 1995).id("tmdb", "949"));
        learn(two, movie("1", "Heat", 1995).id("tmdb", "949"));
        learn(two, item("1", ItemKind.VIDEO, "Heat"));
        assertThat(get(idOf(two, "1")).kind()).isEqualTo(ItemKind.VIDEO);
        assertThat(copyIds(get(idOf(one, "1")))).containsExactly("1:1");
    }

    @Test
    void textsThatNoDatabaseHoldsDoNotStopACrawl() {
        for (int i = 0; i < 2; i++) {
            learn(
                    one,
                    movie("a\0\ud800", "x\0\udfff", 1990 + i)
                            .genre("G\ud800", "")
                            .source("s\0", "\ud800"));
        }
        assertThat(everything(ItemKind.MOVIE)).extracting(MergedItem::name).containsExactly("x??");
        assertThat(store.media().copies(one)).isEqualTo(1);
    }

    @Test
    void itemsAreKeptWholeHoweverLongTheyAre() {
        String document = "{\"Overview\":\"%s\"}".formatted("多 long story ".repeat(50_000));
        learn(one, movie("1", "Heat", 1995).document(document));
        assertThat(document(get(idOf(one, "1")).copies().getFirst())).isEqualTo(document);
    }
}
