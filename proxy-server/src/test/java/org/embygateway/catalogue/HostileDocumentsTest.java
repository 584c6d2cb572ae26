package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;
import org.embygateway.route.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that answers with anything in any field of an item spoils that item at most, and no list or other item. */
class HostileDocumentsTest {
    private static final Caller ALICE = Fixture.caller(1, 2);

    private static final String FULL = """
            {'Name':'Heat','OriginalTitle':'Heat','SortName':'heat','ForcedSortName':'heat','Overview':'A thief.',
             'DateCreated':'2024-01-05T10:00:00.0000000Z','PremiereDate':'1995-12-15T00:00:00.0000000Z',
             'EndDate':'1996-12-15T00:00:00.0000000Z','ProductionYear':1995,'OfficialRating':'R','CommunityRating':8.3,
             'CriticRating':87,'RunTimeTicks':102000000000,'IndexNumber':1,'IndexNumberEnd':2,'ParentIndexNumber':1,
             'SortIndexNumber':1,'SortParentIndexNumber':1,'AirDays':['Monday'],'AirTime':'20:00','Status':'Continuing',
             'ProviderIds':{'Tmdb':'949','Imdb':'tt0113277'},'Genres':['Crime'],'GenreItems':[{'Name':'Crime','Id':777771}],
             'Studios':[{'Name':'Warner','Id':777772}],'TagItems':[{'Name':'Heist','Id':777773}],'Tags':['Heist'],
             'Taglines':['A crime saga'],'ProductionLocations':['US'],'RemoteTrailers':[{'Url':'https://www.youtube.com/watch?v=1'}],
             'People':[{'Name':'Al Pacino','Id':'777774','Role':'Hanna','Type':'Actor','PrimaryImageTag':'dddddddddddddddddddddddddddddddd'}],
             'Artists':['Moby'],'ArtistItems':[{'Name':'Moby','Id':'777775'}],'AlbumArtists':[{'Name':'Moby','Id':'777775'}],
             'AlbumArtist':'Moby','Album':'Heat','AlbumId':'777776','SeriesName':'Heat','SeasonName':'One','SeriesId':'777777',
             'ImageTags':{'Primary':'cccccccccccccccccccccccccccccccc','Logo':'cccccccccccccccccccccccccccccccc'},
             'BackdropImageTags':['bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'],'PrimaryImageAspectRatio':0.66,
             'ParentLogoImageTag':'b','ParentBackdropImageTags':['b'],'SeriesPrimaryImageTag':'b','AlbumPrimaryImageTag':'b',
             'ExternalUrls':[{'Name':'IMDb','Url':'https://www.imdb.com/title/tt0113277'}],'Container':'mkv','Size':1,'Bitrate':2,
             'Width':1920,'Height':1080,'IsHD':true,'Is3D':false,'VideoType':'VideoFile','ExtraType':'Trailer','PartCount':2,
             'LocalTrailerCount':1,'SpecialFeatureCount':1,'ChildCount':2,'RecursiveItemCount':3,'LockData':false,'LockedFields':['Name'],
             'MediaStreams':[{'Type':'Video','Index':0,'Width':1920,'Height':800}],
             'Chapters':[{'StartPositionTicks':0,'Name':'Start','ImageTag':'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','ChapterIndex':0}],
             'MediaSources':[{'Id':'mediasource_777776','ItemId':'777776','Protocol':'File','Container':'mkv','Bitrate':8000000,
               'Size':5,'Name':'Heat','RunTimeTicks':102000000000,'Type':'Default','Formats':['x'],
               'Chapters':[{'StartPositionTicks':0,'Name':'Start','ImageTag':'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'}],
               'MediaStreams':[{'Type':'Video','Index':0,'Width':1920,'Height':800,'Codec':'h264','VideoRange':'SDR','BitRate':1,
                 'ExtendedVideoType':'None','DisplayTitle':'1080p'},
                 {'Type':'Audio','Index':1,'Codec':'ac3','Language':'eng','Channels':6,'ChannelLayout':'5.1','IsDefault':true},
                 {'Type':'Subtitle','Index':2,'Codec':'srt','Language':'eng','IsExternal':true,'IsTextSubtitleStream':true}]}]}
            """;

    private static final String FIELDS =
            "Recursive=true&Fields=MediaSources,MediaStreams,Chapters,People,Overview,Path,"
                    + "Tags,RemoteTrailers,SortName,ProviderIds,Studios,Genres";

    static final List<String> JUNK = List.of(
            "null",
            "true",
            "-1",
            "2147483648",
            "1180591620717411303424",
            "1.5e300",
            "\"\"",
            "\"x\"",
            "\"\\u0000\"",
            "\"\\ud83d\"",
            "\"2026-13-45T00:00:00Z\"",
            "\"0001-01-01T00:00:00.0000000Z\"",
            "[]",
            "[null]",
            "[1]",
            "[[[]]]",
            "[{}]",
            "[{\"Name\":null,\"Id\":{}}]",
            "{}",
            "{\"a\":\"b\"}",
            "{\"a\":[],\"b\":null}");

    /** One field of a document, by the way to it. */
    record Place(List<Object> way) {
        ObjectNode with(JsonNode junk) {
            ObjectNode document = Fixture.parse(FULL);
            JsonNode holder = document;
            for (Object step : way.subList(0, way.size() - 1)) {
                holder = step instanceof Integer index ? holder.path(index) : holder.path((String) step);
            }
            if (holder instanceof ArrayNode array) {
                array.set((Integer) way.getLast(), junk);
            } else {
                ((ObjectNode) holder).set((String) way.getLast(), junk);
            }
            return document;
        }

        private Place and(Object step) {
            List<Object> longer = new ArrayList<>(way);
            longer.add(step);
            return new Place(longer);
        }
    }

    static Stream<Place> places() {
        return below(new Place(List.of()), Fixture.parse(FULL));
    }

    private static Stream<Place> below(Place at, JsonNode node) {
        Stream<Object> steps = switch (node) {
            case ObjectNode object -> object.properties().stream().map(Map.Entry::getKey);
            case ArrayNode array -> IntStream.range(0, array.size()).mapToObj(index -> index);
            default -> Stream.empty();
        };
        return steps.flatMap(step -> {
            JsonNode inside = step instanceof Integer index ? node.path(index) : node.path((String) step);
            return Stream.concat(Stream.of(at.and(step)), below(at.and(step), inside));
        });
    }

    @ParameterizedTest
    @MethodSource("places")
    void anythingInAnyFieldSpoilsNoList(Place place) throws IOException {
        Fixture fixture = new Fixture();
        fixture.view(10, "Movies", "movies", 1, 2);
        fixture.view(11, "Shows", "tvshows", 1);
        fixture.view(12, "Music", "music", 1);
        fixture.item(21, ItemKind.GENRE, "Crime").add();
        fixture.item(25, ItemKind.PERSON, "Al Pacino").add();
        fixture.item(100, ItemKind.MOVIE, "Ronin")
                .views(10)
                .on(1, Fixture.library(10), "{'Name':'Ronin'}")
                .add();
        for (int i = 0; i < JUNK.size(); i++) {
            JsonNode junk = EmbyJson.read(JUNK.get(i).getBytes(StandardCharsets.UTF_8));
            add(fixture, 1000 + i * 5, place.with(junk).toString());
        }
        fixture.load();

        browse(fixture);
        fixture.apply(Set.copyOf(fixture.index.items.keySet()), Set.of());
    }

    private static void found(Handler page, String... path) {
        try {
            Fixture.ask(page, ALICE, "", path);
        } catch (Refused e) {
            assertThat(e.status()).isEqualTo(404);
        }
    }

    private static void browse(Fixture fixture) {
        ItemsHandlers items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
        ShowsHandlers shows = new ShowsHandlers(fixture.catalogue, ReadThrough.NONE);
        SearchHandlers search = new SearchHandlers(fixture.catalogue, ReadThrough.NONE);
        FacetHandlers facets = new FacetHandlers(fixture.catalogue, ReadThrough.NONE);
        HomeHandlers home = new HomeHandlers(fixture.catalogue, ReadThrough.NONE, true);
        JsonNode films = Fixture.ask(items::query, ALICE, "IncludeItemTypes=Movie&" + FIELDS);
        assertThat(films.path("TotalRecordCount").asInt()).isEqualTo(JUNK.size() + 1);
        assertThat(Fixture.names(films.path("Items"))).contains("Ronin").hasSize(JUNK.size() + 1);
        Fixture.ask(items::query, ALICE, FIELDS + "&SortBy=PremiereDate,CommunityRating,Runtime,DateCreated");
        for (ItemId id : fixture.index.items.keySet()) {
            found(items::detail, "Id", id.toString(), "UserId", Fixture.ALICE.value());
            found(items::images, "Id", id.toString());
        }
        for (int i = 0; i < JUNK.size(); i++) {
            Fixture.ask(shows::episodes, ALICE, FIELDS, "Id", Integer.toString(1001 + i * 5));
        }
        for (Handler list : List.<Handler>of(
                shows::nextUp,
                shows::upcoming,
                home::latest,
                home::resume,
                items::counts,
                items::prefixes,
                facets::genres,
                facets::years,
                facets::filters2,
                facets::streamLanguages)) {
            Fixture.ask(list, ALICE, FIELDS);
        }
        Fixture.ask(search::hints, ALICE, "SearchTerm=heat");
    }

    private static void add(Fixture fixture, int id, String hostile) {
        fixture.item(id, ItemKind.MOVIE, "Heat")
                .views(10)
                .on(1, Fixture.library(10), hostile)
                .on(2, Fixture.library(10), "{'Name':'Heat','ProductionYear':1995}")
                .names(ItemKind.GENRE, 21, "Crime")
                .names(ItemKind.PERSON, 25, "Al Pacino")
                .add();
        fixture.item(id + 1, ItemKind.SERIES, "Heat")
                .views(11)
                .on(1, Fixture.library(11), hostile)
                .add();
        fixture.item(id + 2, ItemKind.SEASON, "One")
                .views(11)
                .series(id + 1)
                .on(1, Fixture.library(11), hostile)
                .add();
        fixture.item(id + 3, ItemKind.EPISODE, "Heat")
                .views(11)
                .series(id + 1)
                .season(id + 2)
                .on(1, Fixture.library(11), hostile)
                .add();
        fixture.item(id + 4, ItemKind.AUDIO, "Heat")
                .views(12)
                .on(1, Fixture.library(12), hostile)
                .add();
    }
}
