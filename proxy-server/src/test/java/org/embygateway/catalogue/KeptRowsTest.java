package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Settings;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRowsTest {
    private static final MediaIndex.State STATE = new MediaIndex.State(5, "1:0,2:1");

    @TempDir
    Path folder;

    private final Fixture fixture = new Fixture();
    private final Map<String, String> settings = new HashMap<>();

    private Settings settings() {
        return new Settings() {
            @Override
            public Optional<String> find(String name) {
                return Optional.ofNullable(settings.get(name));
            }

            @Override
            public void put(String name, String value) {
                settings.put(name, value);
            }

            @Override
            public String findOrCreate(String name, Supplier<String> first) {
                return settings.computeIfAbsent(name, key -> first.get());
            }
        };
    }

    private KeptRows kept() {
        return new KeptRows(file(), settings(), "one");
    }

    private Path file() {
        return folder.resolve("data").resolve("rows");
    }

    @BeforeEach
    void someItems() {
        fixture.index.state = Optional.of(STATE);
        fixture.view(10, "Movies", "movies", 1, 2);
        fixture.item(20, ItemKind.GENRE, "Drama").add();
        fixture.item(21, ItemKind.PERSON, "Zoë Ünal").on(1, "", "{}").add();
        fixture.item(30, ItemKind.MOVIE, "Amélie")
                .views(10)
                .names(ItemKind.GENRE, 20, "Drama")
                .names(ItemKind.PERSON, 21, "Zoë Ünal")
                .on(1, Fixture.library(10), """
                        {'ProductionYear':2001,'CommunityRating':8.3,'CriticRating':90,'OfficialRating':'R',
                         'PremiereDate':'2001-04-25T00:00:00.0000000Z','DateCreated':'2024-01-05T10:00:00.0000000Z',
                         'RunTimeTicks':73200000000,'Genres':['Drama'],'ProviderIds':{'Imdb':'tt0211915'},
                         'People':[{'Name':'Zoë Ünal','Type':'Actor'}],'Overview':'Something.','LockData':true,
                         'ImageTags':{'Primary':'a','Logo':'b'},'BackdropImageTags':['c','d'],
                         'MediaSources':[{'Container':'mkv','Size':9000000000,'Bitrate':8000000,'MediaStreams':[
                         {'Type':'Video','Codec':'hevc','Width':3840,'Height':2160},
                         {'Type':'Audio','Codec':'ac3','Language':'fre','ChannelLayout':'5.1'},
                         {'Type':'Subtitle','Codec':'subrip','Language':'eng'}]}]}
                        """)
                .on(2, Fixture.library(10), "{'ImageTags':{'Thumb':'e'},'Artists':['X'],'Status':'Ended'}")
                .add();
        fixture.item(40, ItemKind.SERIES, "Lost")
                .on(2, "9", "{'SortName':'lost'}")
                .add();
        fixture.item(41, ItemKind.SEASON, "Season 1")
                .series(40)
                .on(2, "9", "{'IndexNumber':1}")
                .add();
        fixture.item(42, ItemKind.EPISODE, "Pilot")
                .series(40)
                .season(41)
                .on(2, "9", "{'IndexNumber':0,'IndexNumberEnd':1,'ParentIndexNumber':1,'SortIndexNumber':-1}")
                .add();
    }

    private record Told(
            int id,
            ItemKind kind,
            Facts facts,
            int series,
            int season,
            int album,
            List<Integer> views,
            List<Row.Part> parts) {}

    private static List<Told> rows(Catalogue catalogue) {
        List<Told> rows = new ArrayList<>();
        catalogue
                .visitor(Fixture.caller(1, 2))
                .lens()
                .snapshot()
                .rows()
                .forEach(row -> rows.add(new Told(
                        row.id(),
                        row.kind(),
                        row.facts(),
                        row.series(),
                        row.season(),
                        row.album(),
                        row.views(),
                        row.parts())));
        rows.removeIf(row -> row.kind() == ItemKind.USER_VIEW);
        return rows;
    }

    private List<Told> keep() {
        Catalogue first = fixture.build();
        KeptRows kept = kept();
        first.load(kept);
        first.keep(kept);
        assertThat(file()).isNotEmptyFile();
        fixture.index.readAlls = 0;
        return rows(first);
    }

    private List<Told> start() {
        Catalogue next = fixture.build();
        next.load(kept());
        return rows(next);
    }

    @Test
    void whatWasKeptIsThereAgainWithoutReadingADocument() {
        List<Told> before = keep();
        assertThat(before).hasSize(7);
        assertThat(start()).isEqualTo(before);
        assertThat(fixture.index.readAlls).isZero();
    }

    @Test
    void whatWasKeptIsFoundByItsWords() {
        keep();
        Catalogue next = fixture.build();
        next.load(kept());
        for (String typed : List.of("amel", "elie", "pilot", "unal zoe")) {
            assertThat(new Search(next.visitor(Fixture.caller(1, 2)), List.of())
                            .page(typed, 0, 5)
                            .total())
                    .as(typed)
                    .isOne();
        }
        assertThat(fixture.index.readAlls).isZero();
    }

    @Test
    void everythingIsReadAnewWhenTheIndexHasChanged() {
        keep();
        fixture.index.state = Optional.of(STATE.next());
        start();
        assertThat(fixture.index.readAlls).isOne();
    }

    @Test
    void everythingIsReadAnewWhenAnotherServerComesFirst() {
        keep();
        fixture.index.state = Optional.of(new MediaIndex.State(STATE.changes(), "1:1,2:0"));
        start();
        assertThat(fixture.index.readAlls).isOne();
    }

    @Test
    void whatAnotherVersionKeptDoesNotCount() {
        keep();
        fixture.build().load(new KeptRows(file(), settings(), "two"));
        assertThat(fixture.index.readAlls).isOne();
    }

    @Test
    void whatWasKeptOfAnotherDatabaseDoesNotCount() {
        keep();
        settings.put("catalogue.kept", "another");
        start();
        assertThat(fixture.index.readAlls).isOne();
    }

    @Test
    void aDatabaseWithoutAnythingKeptHasNone() {
        keep();
        settings.clear();
        start();
        assertThat(fixture.index.readAlls).isOne();
    }

    @Test
    void aDamagedFileIsNoFile() throws IOException {
        List<Told> before = keep();
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at += 41) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Files.write(file(), damaged);
            assertThat(start()).isEqualTo(before);
        }
        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
        assertThat(start()).isEqualTo(before);
        assertThat(fixture.index.readAlls).isEqualTo((whole.length + 40) / 41 + 1);
    }

    @Test
    void aChangeThatIsNotTakenOverYetKeepsItFromBeingKept() {
        Catalogue catalogue = fixture.build();
        KeptRows kept = kept();
        catalogue.load(kept);
        fixture.index.state = Optional.of(STATE.next());
        catalogue.keep(kept);
        assertThat(file()).doesNotExist();

        fixture.item(31, ItemKind.MOVIE, "Heat")
                .on(1, Fixture.library(10), "{}")
                .views(10)
                .add();
        catalogue.apply(new IndexChange(Set.of(new ItemId(31)), Set.of()));
        catalogue.keep(kept);
        assertThat(start()).isEqualTo(rows(catalogue)).hasSize(8);
        assertThat(fixture.index.readAlls).isOne();
    }

    @Test
    void aFaultyDiskIsNoReasonToFail() throws IOException {
        Files.writeString(folder.resolve("data"), "a file where a folder should be");
        Catalogue catalogue = fixture.build();
        KeptRows kept = kept();
        catalogue.load(kept);
        catalogue.keep(kept);
        assertThat(rows(catalogue)).hasSize(7);
    }
}
