package org.embygateway.catalogue;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;

/** A few films, a show and an album of two servers, no two alike in what can be asked for. */
final class SmallLibrary {
    private static final int MOVIES = 10;
    private static final int SHOWS = 11;
    private static final int MUSIC = 12;

    private final Fixture fixture = new Fixture();

    private SmallLibrary() {}

    static Fixture loaded() {
        SmallLibrary library = new SmallLibrary();
        library.films();
        library.show();
        library.music();
        library.states();
        return library.fixture.load();
    }

    private void films() {
        fixture.view(MOVIES, "Films", "movies", 1, 2);
        fixture.item(50, ItemKind.GENRE, "Action").add();
        fixture.item(51, ItemKind.GENRE, "Drama").add();
        fixture.item(52, ItemKind.TAG, "Neon").add();
        fixture.item(53, ItemKind.STUDIO, "North").add();
        fixture.item(54, ItemKind.STUDIO, "South").add();
        fixture.item(55, ItemKind.PERSON, "Ann").add();
        String alpha = """
                {'ProductionYear':1999,'PremiereDate':'1999-03-01T00:00:00.0000000Z','CommunityRating':8.5,'CriticRating':80,
                'OfficialRating':'R','Overview':'Once.','ProviderIds':{'Imdb':'tt0000001','Tmdb':'10'},
                'DateCreated':'2020-01-01T00:00:00.0000000Z','DateLastSaved':'2024-01-02T00:00:00.0000000Z',
                'RemoteTrailers':[{'Url':'https://www.youtube.com/watch?v=x'}],'Size':900,'Bitrate':9000,'RunTimeTicks':60,
                'Genres':['Action'],'TagItems':[{'Name':'Neon'}],'Studios':[{'Name':'North'}],
                'People':[{'Name':'Ann','Type':'Director'}],'ImageTags':{'Primary':'aaaa'},'BackdropImageTags':['bbbb'],
                'MediaSources':[{'Id':'m1','Container':'mkv','Video3DFormat':'HalfSideBySide','MediaStreams':[
                {'Type':'Video','Codec':'hevc','Width':3840,'Height':2160,'ExtendedVideoType':'Hdr10','AverageFrameRate':24},
                {'Type':'Audio','Codec':'ac3','ChannelLayout':'5.1','Language':'eng'},
                {'Type':'Subtitle','Codec':'srt','Language':'ger'}]}]}""";
        fixture.item(100, ItemKind.MOVIE, "Alpha")
                .views(MOVIES)
                .on(1, Fixture.library(MOVIES), alpha)
                .on(2, Fixture.library(MOVIES), "{}")
                .names(ItemKind.GENRE, 50, "Action")
                .names(ItemKind.TAG, 52, "Neon")
                .names(ItemKind.STUDIO, 53, "North")
                .does("Director", 55, "Ann")
                .add();
        String beta = """
                {'ProductionYear':2005,'CommunityRating':5,'OfficialRating':'PG','LockData':true,'SpecialFeatureCount':1,
                'DateCreated':'2021-01-01T00:00:00.0000000Z','DateLastSaved':'2023-01-01T00:00:00.0000000Z','Size':800,
                'Bitrate':5000,'RunTimeTicks':50,'Genres':['Drama'],'Studios':[{'Name':'South'}],
                'People':[{'Name':'Ann','Type':'Actor'}],
                'MediaSources':[{'Id':'m2','Container':'mp4','MediaStreams':[
                {'Type':'Video','Codec':'h264','Width':1920,'Height':1080,'AverageFrameRate':50},
                {'Type':'Audio','Codec':'aac','ChannelLayout':'stereo','Language':'fre'}]}]}""";
        fixture.item(101, ItemKind.MOVIE, "Beta")
                .views(MOVIES)
                .on(1, Fixture.library(MOVIES), beta)
                .names(ItemKind.GENRE, 51, "Drama")
                .names(ItemKind.STUDIO, 54, "South")
                .does("Actor", 55, "Ann")
                .add();
        fixture.item(102, ItemKind.MOVIE, "Gamma")
                .views(MOVIES)
                .on(2, Fixture.library(MOVIES), "{}")
                .add();
        String disc = """
                {'PremiereDate':'2025-01-01T00:00:00.0000000Z','MediaSources':[{'Id':'m3','Container':'iso','MediaStreams':[
                {'Type':'Video','Codec':'mpeg2video','Width':720,'Height':576}]}]}""";
        fixture.item(103, ItemKind.MOVIE, "Disc")
                .views(MOVIES)
                .on(2, Fixture.library(MOVIES), disc)
                .add();
    }

    private void show() {
        fixture.view(SHOWS, "Shows", "tvshows", 1);
        fixture.item(200, ItemKind.SERIES, "Show")
                .views(SHOWS)
                .on(
                        1,
                        Fixture.library(SHOWS),
                        "{'Status':'Continuing','AirDays':['Monday'],'AirTime':'21:00','ProviderIds':{'Tvdb':'77'}}")
                .add();
        fixture.item(201, ItemKind.SERIES, "Old")
                .views(SHOWS)
                .on(1, Fixture.library(SHOWS), "{'Status':'Ended','EndDate':'2012-05-01T00:00:00.0000000Z'}")
                .add();
        season(210, "Season 1", 1);
        season(211, "Specials", 0);
        episode(220, "E1", 210, "'ParentIndexNumber':1,'IndexNumber':1");
        episode(221, "E2", 210, "'ParentIndexNumber':1,'IndexNumber':2");
        episode(222, "S1", 211, "'ParentIndexNumber':0,'IndexNumber':1,'SortParentIndexNumber':1,'SortIndexNumber':2");
        episode(223, "S2", 211, "'ParentIndexNumber':0,'IndexNumber':2,'PremiereDate':'2024-06-09T00:00:00.0000000Z'");
    }

    private void season(int id, String name, int number) {
        fixture.item(id, ItemKind.SEASON, name)
                .views(SHOWS)
                .series(200)
                .on(1, Fixture.library(SHOWS), "{'IndexNumber':" + number + "}")
                .add();
    }

    private void episode(int id, String name, int season, String numbers) {
        fixture.item(id, ItemKind.EPISODE, name)
                .views(SHOWS)
                .series(200)
                .season(season)
                .on(1, Fixture.library(SHOWS), "{" + numbers + "}")
                .add();
    }

    private void music() {
        fixture.view(MUSIC, "Music", "music", 1);
        for (int artist = 0; artist < 2; artist++) {
            fixture.item(300 + artist, ItemKind.MUSIC_ARTIST, artist == 0 ? "Zed" : "Mono")
                    .on(1, "", "{}")
                    .add();
        }
        fixture.item(310, ItemKind.MUSIC_ALBUM, "Disk")
                .views(MUSIC)
                .by("AlbumArtist", 300, "Zed")
                .on(1, Fixture.library(MUSIC), "{'AlbumArtists':[{'Name':'Zed'}]}")
                .add();
        song(320, "Song", "'Artists':['Mono'],'Composers':[{'Name':'Zed'}],'IndexNumber':1");
        song(321, "Tune", "'Artists':['Zed'],'IndexNumber':2");
    }

    private void song(int id, String name, String more) {
        fixture.item(id, ItemKind.AUDIO, name)
                .views(MUSIC)
                .by("Artist", 300, "Zed")
                .by("Artist", 301, "Mono")
                .on(
                        1,
                        Fixture.library(MUSIC),
                        "{'Album':'Disk','AlbumId':'311','AlbumArtists':[{'Name':'Zed'}]," + more + "}")
                .add();
    }

    private void states() {
        mark(100, true, 0, false, 0, Instant.EPOCH);
        mark(101, false, 0, true, 8, Instant.parse("2024-05-01T00:00:00Z"));
        mark(102, false, 0, false, 3, Instant.EPOCH);
        mark(220, true, 0, false, 0, Instant.EPOCH);
        mark(221, false, 7, false, 0, Instant.EPOCH);
    }

    /** @param rating 0 for none */
    private void mark(int id, boolean played, long position, boolean favorite, double rating, Instant changed) {
        UserData data = new UserData(
                played,
                position,
                played ? 2 : 0,
                favorite,
                played ? Optional.of(Fixture.NOW) : Optional.empty(),
                rating == 0 ? OptionalDouble.empty() : OptionalDouble.of(rating),
                false,
                changed);
        fixture.states.put(new ItemId(id), data);
    }
}
