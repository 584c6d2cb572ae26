package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.index.OwnList;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UserRecord;
import org.embygateway.index.sql.Stores;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue over a real database: what upstreams said is merged there and shown here. */
class OverStoreTest {
    @TempDir
    Path folder;

    private Store store;
    private UpstreamId left;
    private UpstreamId right;
    private Catalogue catalogue;
    private ItemsHandlers items;

    @BeforeEach
    void twoServers() {
        store = Stores.open(StoreOptions.sqlite(folder.resolve("gateway.db").toString(), new Secret("key")));
        left = upstream("left");
        right = upstream("right");
        catalogue = new Catalogue(
                store.media(),
                store.userData(),
                new StoredLists(store.memberships(), store.ownLists()),
                user -> EmbyJson.object(),
                Fixture.SERVER,
                Clock.systemUTC(),
                1 << 20);
        catalogue.load();
        items = new ItemsHandlers(catalogue, ReadThrough.NONE);
        for (UpstreamId upstream : List.of(left, right)) {
            learn(upstream, item("3", ItemKind.COLLECTION_FOLDER, "Movies", "", "{'CollectionType':'movies'}"));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private UpstreamId upstream(String name) {
        return store.upstreams()
                .add(
                        name,
                        URI.create("http://" + name + ":8096"),
                        UpstreamRecord.PlaybackMode.PROXY,
                        UpstreamRecord.SyncMode.FULL,
                        false)
                .id();
    }

    private void learn(UpstreamId upstream, UpstreamItem... learned) {
        catalogue.apply(store.media().learn(upstream, List.of(learned)));
    }

    private static UpstreamItem item(String id, ItemKind kind, String name, String library, String json) {
        ObjectNode document = Fixture.parse(json);
        document.put("Id", id).put("Name", name).put("Type", kind.wireName());
        Map<String, String> providerIds = new HashMap<>();
        document.path("ProviderIds")
                .properties()
                .forEach(p -> providerIds.put(
                        p.getKey().toLowerCase(Locale.ROOT), p.getValue().asText()));
        List<UpstreamItem.ByName> byName = new ArrayList<>();
        document.path("GenreItems")
                .forEach(genre -> byName.add(new UpstreamItem.ByName(
                        ItemKind.GENRE,
                        genre.path("Name").asText(),
                        genre.path("Id").asText(),
                        "",
                        Map.of())));
        document.path("People")
                .forEach(person -> byName.add(new UpstreamItem.ByName(
                        ItemKind.PERSON,
                        person.path("Name").asText(),
                        person.path("Id").asText(),
                        person.path("Type").asText(),
                        Map.of())));
        List<UpstreamItem.Source> sources = new ArrayList<>();
        document.path("MediaSources")
                .forEach(source ->
                        sources.add(new UpstreamItem.Source(source.path("Id").asText(), id, 0, 0)));
        int year = document.path("ProductionYear").asInt();
        return new UpstreamItem(
                id,
                kind,
                library,
                name,
                year == 0 ? OptionalInt.empty() : OptionalInt.of(year),
                0,
                providerIds,
                "",
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                document.path("CollectionType").asText(""),
                sources,
                byName,
                EmbyJson.write(document),
                MissingNode.getInstance());
    }

    private static String film(int genre, String person, int height) {
        return """
                {'ProductionYear':1995,'ProviderIds':{'Tmdb':'949'},'GenreItems':[{'Name':'Action','Id':%d}],'Genres':['Action'],
                 'People':[{'Name':'Al Pacino','Id':'%s','Type':'Actor','PrimaryImageTag':'tag'}],'ImageTags':{'Primary':'tag'},
                 'MediaSources':[{'Id':'mediasource_1600','MediaStreams':[{'Type':'Video','Width':100,'Height':%d}]}]}
                """.formatted(genre, person, height);
    }

    private JsonNode ask(Caller caller, String query) {
        return Fixture.ask(items::query, caller, query + "&Recursive=true").path("Items");
    }

    @Test
    void equalUpstreamIdsOfDifferentFilmsNeverMix() {
        learn(left, item("1600", ItemKind.MOVIE, "Heat", "3", "{'ProductionYear':1995}"));
        learn(right, item("1600", ItemKind.MOVIE, "Alien", "3", "{'ProductionYear':1979}"));

        assertThat(Fixture.names(ask(both(), "IncludeItemTypes=Movie"))).containsExactly("Alien", "Heat");
        assertThat(Fixture.names(ask(only(left), "IncludeItemTypes=Movie"))).containsExactly("Heat");
    }

    @Test
    void genresOfOneNameBecomeOneAndTheirIdFiltersBothServers() {
        learn(left, item("1600", ItemKind.MOVIE, "Heat", "3", film(5, "77", 1080)));
        learn(
                right,
                item(
                        "1601",
                        ItemKind.MOVIE,
                        "Ronin",
                        "3",
                        "{'GenreItems':[{'Name':'Action','Id':9}],'Genres':['Action']}"));
        FacetHandlers facets = new FacetHandlers(catalogue, ReadThrough.NONE);

        JsonNode genres =
                Fixture.ask(facets::genres, both(), "IncludeItemTypes=Movie").path("Items");
        assertThat(Fixture.names(genres)).containsExactly("Action");
        String id = genres.path(0).path("Id").asText();
        assertThat(Fixture.names(ask(both(), "IncludeItemTypes=Movie&GenreIds=" + id)))
                .containsExactly("Heat", "Ronin");
        assertThat(Fixture.ask(items::detail, both(), "", "Id", id).path("Type").asText())
                .isEqualTo("Genre");
    }

    @Test
    void aFilmOnBothServersIsOneEntryWithAllVersionsUntilBothAreGone() {
        learn(left, item("1600", ItemKind.MOVIE, "Heat", "3", film(5, "77", 1080)));
        learn(right, item("8", ItemKind.MOVIE, "Heat", "3", film(9, "1600", 2160)));

        JsonNode films = ask(both(), "IncludeItemTypes=Movie&Fields=MediaSources,People&ParentId=" + view());
        assertThat(films).hasSize(1);
        JsonNode film = films.path(0);
        assertThat(Fixture.names(film.path("MediaSources"))).containsExactly("2160p", "1080p");
        String person = film.path("People").path(0).path("Id").asText();
        assertThat(ask(both(), "IncludeItemTypes=Movie&PersonIds=" + person)).hasSize(1);
        assertThat(catalogue.images(ItemsHandlers.itemId(person), "Primary", 0, ""))
                .isNotEmpty();
        JsonNode version = Fixture.ask(
                items::detail,
                both(),
                "",
                "Id",
                film.path("MediaSources").path(1).path("Id").asText());
        assertThat(version.path("MediaSources").path(0).path("Name").asText()).isEqualTo("1080p");

        catalogue.apply(store.media().forget(left, List.of("1600")));
        assertThat(ask(both(), "Ids=" + film.path("Id").asText() + "&Fields=MediaSources")
                        .path(0)
                        .path("MediaSources"))
                .hasSize(1);
        catalogue.apply(store.media().forget(right, List.of("8")));
        assertThat(ask(both(), "IncludeItemTypes=Movie")).isEmpty();
        assertThat(ask(both(), "IncludeItemTypes=Person")).isEmpty();
    }

    @Test
    void aRestartShowsTheSame() {
        learn(left, item("1600", ItemKind.MOVIE, "Heat", "3", film(5, "77", 1080)));
        JsonNode before = ask(both(), "IncludeItemTypes=Movie,Person,Genre&Fields=MediaSources,People,Genres,Etag");
        catalogue.load();
        assertThat(ask(both(), "IncludeItemTypes=Movie,Person,Genre&Fields=MediaSources,People,Genres,Etag"))
                .isEqualTo(before)
                .hasSize(3);
    }

    private String view() {
        return Fixture.ask(new ViewsHandlers(catalogue, ReadThrough.NONE)::list, both(), "")
                .path("Items")
                .path(0)
                .path("Id")
                .asText();
    }

    private Caller both() {
        return Fixture.caller(left.value(), right.value());
    }

    private static Caller only(UpstreamId upstream) {
        return Fixture.caller(upstream.value());
    }

    @Test
    void aListOfOnesOwnFollowsItsMembersThroughJoinsAndSplits() {
        UpstreamItem apart = item("6", ItemKind.MOVIE, "Xenomorph", "3", "{'ProductionYear':1979}");
        learn(left, item("5", ItemKind.MOVIE, "Alien", "3", "{'ProductionYear':1979,'ProviderIds':{'Tmdb':'348'}}"));
        learn(right, apart);
        store.users().add(alice());
        OwnList list = store.ownLists().create(ItemKind.PLAYLIST, "Mine", Fixture.ALICE, "Video", false, Fixture.NOW);
        store.ownLists()
                .add(list.id(), List.of(store.media().idsOf(right, List.of("6")).get("6")), Fixture.NOW);
        catalogue.ownListChanged(list.id());
        String inside = "ParentId=" + list.id();
        assertThat(Fixture.names(ask(both(), inside))).containsExactly("Xenomorph");
        assertThat(Fixture.names(ask(only(left), inside))).isEmpty();

        learn(right, item("6", ItemKind.MOVIE, "Alien", "3", "{'ProductionYear':1979,'ProviderIds':{'Tmdb':'348'}}"));
        assertThat(Fixture.names(ask(both(), inside))).containsExactly("Alien");
        assertThat(Fixture.names(ask(only(left), inside))).containsExactly("Alien");

        learn(right, apart);
        assertThat(Fixture.names(ask(both(), inside))).containsExactly("Xenomorph");
        catalogue.apply(store.media().forget(right, List.of("6")));
        assertThat(Fixture.names(ask(both(), inside))).isEmpty();
        learn(right, apart);
        assertThat(Fixture.names(ask(both(), inside))).containsExactly("Xenomorph");
    }

    private static UserRecord alice() {
        return new UserRecord(
                Fixture.ALICE,
                "alice",
                "",
                false,
                false,
                new UpstreamAccess.All(),
                "{}",
                Fixture.NOW,
                Optional.empty(),
                Optional.empty());
    }
}
