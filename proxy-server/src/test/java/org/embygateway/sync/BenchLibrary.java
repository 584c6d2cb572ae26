package org.embygateway.sync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a made-up server of any size says of its items, always the same: 45 % films, the rest series of two seasons and 17
 * episodes, with people, genres, studios, tags, chapters and versions as Emby writes them. Two servers have 30 % of
 * their titles in common.
 */
final class BenchLibrary {
    static final String FILMS = "4";
    static final String SHOWS = "5";
    private static final int BLOCK = 20;
    private static final int EPISODES = 17;
    private static final int FIRST_ID = 1000;
    /** Room for the ids of one server: no two call anything by the same id. */
    private static final int IDS = 100_000_000;
    /** From the number of a title that two servers share to that of another one, in what the ids of providers tell apart. */
    private static final long OWN = 30_000_000;

    private static final int SHARED_OF_TEN = 3;
    private static final String[] WORDS =
            ("silent crimson last hidden broken golden frozen electric midnight burning paper distant hollow iron river"
                            + " empire garden signal harbour horizon letters mountain shadow orchard station winter promise"
                            + " machine kingdom echo island tide mirror road when a young woman finds her way home after"
                            + " the war he must face what he left behind and together they learn that nothing is lost")
                    .split(" ");
    private static final String[] HAN = "流浪 地球 红色 山河 故人 英雄 夜宴 长安 风云 大海 少年 江湖 春天 城市 星空 龙门".split(" ");
    private static final String[] GENRES = ("Action,Adventure,Animation,Comedy,Crime,Documentary,Drama,Family,Fantasy,"
                    + "Horror,Mystery,Romance,Science Fiction,Thriller,War,Western,Music,History,Kids,Reality")
            .split(",");

    private final int server;
    private final int size;
    private final int films;
    private final int firstId;

    /** @param server 1 or 2 */
    BenchLibrary(int server, int size) {
        this.server = server;
        this.size = size;
        this.films = size * 45 / 100;
        this.firstId = FIRST_ID + server * IDS;
    }

    String serverId() {
        return "d1c1a1b1e1f1d1c1a1b1e1f1d1c1a1b" + server;
    }

    int count(String library) {
        return library.equals(FILMS) ? films : size - films;
    }

    String views() {
        return "{\"Items\":[%s,%s],\"TotalRecordCount\":2}"
                .formatted(view(FILMS, "Films", "movies"), view(SHOWS, "Shows", "tvshows"));
    }

    private String view(String id, String name, String type) {
        return "{\"Name\":\"%s\",\"ServerId\":\"s%d\",\"Id\":\"%s\",\"IsFolder\":true,\"Type\":\"CollectionFolder\",\"CollectionType\":\"%s\"}"
                .formatted(name, server, id, type);
    }

    /** @param edition what the items were changed to; 0 as they were first */
    byte[] page(String library, int start, int limit, int edition) {
        StringBuilder page = new StringBuilder(limit * 6000);
        page.append("{\"Items\":[");
        int end = Math.min(count(library), start + limit);
        for (int i = start; i < end; i++) {
            page.append(i == start ? "" : ",");
            item(page, library.equals(FILMS) ? i : films + i, edition);
        }
        return page.append("],\"TotalRecordCount\":")
                .append(count(library))
                .append('}')
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] ids(String library, int start, int limit) {
        StringBuilder page = new StringBuilder("{\"Items\":[");
        int end = Math.min(count(library), start + limit);
        for (int i = start; i < end; i++) {
            page.append(i == start ? "" : ",")
                    .append("{\"Name\":\"x\",\"Type\":\"Movie\",\"Id\":\"")
                    .append(firstId + (library.equals(FILMS) ? i : films + i))
                    .append("\"}");
        }
        return page.append("],\"TotalRecordCount\":")
                .append(count(library))
                .append('}')
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private void item(StringBuilder json, int index, int edition) {
        if (index < films) {
            film(json, index, edition);
            return;
        }
        int block = (index - films) / BLOCK;
        int place = (index - films) % BLOCK;
        int seriesIndex = films + block * BLOCK;
        long title = title(1_000_000_000L + block, block);
        if (place == 0) {
            series(json, index, title, edition);
        } else if (place < 3) {
            season(json, index, seriesIndex, title, place);
        } else {
            episode(json, index, seriesIndex, title, place - 3, edition);
        }
    }

    /** Titles with equal numbers are the same on both servers. */
    private long title(long number, int place) {
        return place % 10 < SHARED_OF_TEN ? number : number + server * OWN;
    }

    private void film(StringBuilder json, int index, int edition) {
        long title = title(index, index);
        SplittableRandom random = new SplittableRandom(title);
        String name = name(random, title);
        begin(json, name, index, "Movie", edition);
        common(json, random, title);
        json.append(",\"ProviderIds\":{\"Tmdb\":\"").append(title % 100_000_000);
        json.append("\",\"Imdb\":\"tt").append(10_000_000 + title % 100_000_000).append("\"}");
        json.append(",\"RunTimeTicks\":").append(50_000_000_000L + random.nextInt(1_000_000));
        people(json, random, 12);
        media(json, random, index, name);
        images(json, title);
        json.append(",\"ParentId\":\"3\",\"IsFolder\":false,\"Type\":\"Movie\",\"MediaType\":\"Video\"}");
    }

    private void series(StringBuilder json, int index, long title, int edition) {
        SplittableRandom random = new SplittableRandom(title);
        begin(json, name(random, title), index, "Series", edition);
        common(json, random, title);
        json.append(",\"ProviderIds\":{\"Tvdb\":\"").append(title % 100_000_000).append("\"},\"Status\":\"Ended\"");
        people(json, random, 10);
        images(json, title);
        json.append(",\"ParentId\":\"5\",\"IsFolder\":true,\"Type\":\"Series\"}");
    }

    private void season(StringBuilder json, int index, int seriesIndex, long title, int number) {
        begin(json, "Season " + number, index, "Season", 0);
        json.append(",\"IndexNumber\":").append(number).append(",\"ProviderIds\":{}");
        json.append(",\"SeriesName\":\"")
                .append(name(new SplittableRandom(title), title))
                .append('"');
        json.append(",\"SeriesId\":\"").append(firstId + seriesIndex).append('"');
        images(json, title + number);
        json.append(",\"ParentId\":\"")
                .append(firstId + seriesIndex)
                .append("\",\"IsFolder\":true,\"Type\":\"Season\"}");
    }

    private void episode(StringBuilder json, int index, int seriesIndex, long title, int number, int edition) {
        SplittableRandom random = new SplittableRandom(title * 31 + number);
        int season = number * 2 / EPISODES + 1;
        String name = name(random, number);
        begin(json, name, index, "Episode", edition);
        common(json, random, title);
        json.append(",\"IndexNumber\":")
                .append(number + 1)
                .append(",\"ParentIndexNumber\":")
                .append(season);
        json.append(",\"ProviderIds\":{\"Tvdb\":\"")
                .append(title % 100_000_000 * 100 + number)
                .append("\"}");
        json.append(",\"SeriesName\":\"")
                .append(name(new SplittableRandom(title), title))
                .append('"');
        json.append(",\"SeriesId\":\"").append(firstId + seriesIndex).append('"');
        json.append(",\"SeasonId\":\"").append(firstId + seriesIndex + season).append('"');
        json.append(",\"SeasonName\":\"Season ").append(season).append('"');
        json.append(",\"RunTimeTicks\":").append(25_000_000_000L + random.nextInt(1_000_000));
        people(json, random, 6);
        media(json, random, index, name);
        images(json, title * 100 + number);
        json.append(",\"ParentId\":\"").append(firstId + seriesIndex + season);
        json.append("\",\"IsFolder\":false,\"Type\":\"Episode\",\"MediaType\":\"Video\"}");
    }

    private void begin(StringBuilder json, String name, int index, String type, int edition) {
        json.append("{\"Name\":\"").append(name).append("\",\"ServerId\":\"").append(serverId());
        json.append("\",\"Id\":\"").append(firstId + index).append("\",\"Etag\":\"");
        hex(json, index * 31L + edition + 7);
        json.append("\",\"DateCreated\":\"2024-0")
                .append(1 + index % 9)
                .append("-1")
                .append(index % 10);
        json.append("T10:00:00.0000000Z\",\"CanDelete\":false,\"CanDownload\":true,\"PresentationUniqueKey\":\"");
        hex(json, index + 3L);
        json.append("\",\"SupportsSync\":true,\"SortName\":\"").append(name).append('"');
        if (type.equals("Movie") || type.equals("Episode")) {
            json.append(",\"Path\":\"/mnt/media/")
                    .append(type)
                    .append('/')
                    .append(name)
                    .append('/');
            json.append(name).append(".mkv\",\"Container\":\"mkv\"");
        }
    }

    private static void hex(StringBuilder json, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2; i++) {
            String part = Long.toHexString(random.nextLong());
            json.append("0".repeat(16 - part.length())).append(part);
        }
    }

    private static String name(SplittableRandom random, long title) {
        return random.nextInt(10) < 3
                ? HAN[random.nextInt(HAN.length)] + HAN[random.nextInt(HAN.length)] + title % 1000
                : word(random) + " " + word(random) + " " + title % 10_000;
    }

    private static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private void common(StringBuilder json, SplittableRandom random, long title) {
        json.append(",\"ProductionYear\":").append(1950 + title % 75);
        json.append(",\"PremiereDate\":\"").append(1950 + title % 75).append("-03-04T00:00:00.0000000Z\"");
        json.append(",\"OfficialRating\":\"PG-13\",\"CommunityRating\":").append(random.nextInt(100) / 10.0);
        json.append(",\"Overview\":\"");
        for (int i = 0; i < 45; i++) {
            json.append(word(random)).append(' ');
        }
        int genre = random.nextInt(GENRES.length - 2);
        json.append("\",\"Taglines\":[],\"Genres\":[\"")
                .append(GENRES[genre])
                .append("\",\"")
                .append(GENRES[genre + 2]);
        json.append("\"],\"GenreItems\":[");
        entry(json, GENRES[genre], Integer.toString(genre + 40 * server));
        json.append(',');
        entry(json, GENRES[genre + 2], Integer.toString(genre + 2 + 40 * server));
        json.append("],\"Studios\":[");
        int studio = skewed(random, 500);
        entry(json, "Studio " + studio, Integer.toString(2000 + studio * 2 + server));
        json.append("],\"TagItems\":[");
        int tag = skewed(random, 1000);
        entry(json, "tag " + tag, Integer.toString(4000 + tag * 2 + server));
        json.append(']');
    }

    private static void entry(StringBuilder json, String name, String id) {
        json.append("{\"Name\":\"").append(name).append("\",\"Id\":").append(id).append('}');
    }

    /** Few are in much. */
    private static int skewed(SplittableRandom random, int many) {
        double at = random.nextDouble();
        return (int) (many * at * at * at);
    }

    private void people(StringBuilder json, SplittableRandom random, int many) {
        json.append(",\"People\":[");
        for (int i = 0; i < many; i++) {
            int person = skewed(random, Math.max(2000, size / 2));
            json.append(i == 0 ? "" : ",").append("{\"Name\":\"").append(personName(person));
            json.append("\",\"Id\":\"")
                    .append(500_000_000 + person * 2 + server)
                    .append("\",\"Role\":\"");
            json.append(i < many - 2 ? word(random) + " " + word(random) : "").append("\",\"Type\":\"");
            json.append(i < many - 2 ? "Actor" : i == many - 1 ? "Director" : "Writer")
                    .append("\",\"PrimaryImageTag\":\"");
            hex(json, person);
            json.append("\"}");
        }
        json.append(']');
    }

    private static String personName(int person) {
        return WORDS[person % WORDS.length] + " " + WORDS[person / 7 % WORDS.length] + " " + person;
    }

    private void media(StringBuilder json, SplittableRandom random, int index, String name) {
        long ticks = 25_000_000_000L + random.nextInt(1_000_000);
        json.append(",\"MediaSources\":[{\"Protocol\":\"File\",\"Id\":\"mediasource_")
                .append(firstId + index);
        json.append("\",\"Path\":\"/mnt/media/")
                .append(name)
                .append(".mkv\",\"Type\":\"Default\",\"Container\":\"mkv\",");
        json.append("\"Size\":").append(1_000_000_000L + random.nextInt(1 << 30));
        json.append(",\"Name\":\"1080p\",\"IsRemote\":false,\"HasMixedProtocols\":false,\"RunTimeTicks\":")
                .append(ticks);
        json.append(",\"SupportsTranscoding\":true,\"SupportsDirectStream\":true,\"SupportsDirectPlay\":true,");
        json.append("\"IsInfiniteStream\":false,\"RequiresOpening\":false,\"RequiresClosing\":false,");
        json.append("\"RequiresLooping\":false,\"SupportsProbing\":false,\"MediaStreams\":[");
        stream(json, "Video", "hevc", 0);
        json.append(",\"Width\":1920,\"Height\":1080,\"BitRate\":").append(5_000_000 + random.nextInt(5_000_000));
        json.append(",\"AverageFrameRate\":23.976,\"RealFrameRate\":23.976,\"Profile\":\"Main 10\",\"PixelFormat\":");
        json.append("\"yuv420p10le\",\"Level\":120,\"AspectRatio\":\"16:9\",\"VideoRange\":\"SDR\"}");
        for (int i = 1; i <= 2; i++) {
            json.append(',');
            stream(json, "Audio", i == 1 ? "eac3" : "aac", i);
            json.append(",\"Language\":\"")
                    .append(i == 1 ? "eng" : "chi")
                    .append("\",\"DisplayLanguage\":\"English\",");
            json.append("\"ChannelLayout\":\"5.1\",\"Channels\":6,\"SampleRate\":48000,\"BitRate\":640000}");
        }
        for (int i = 3; i <= 5; i++) {
            json.append(',');
            stream(json, "Subtitle", "subrip", i);
            json.append(
                    ",\"Language\":\"eng\",\"DisplayTitle\":\"English (SRT)\",\"SubtitleLocationType\":\"InternalStream\"}");
        }
        json.append(
                "],\"Formats\":[],\"Bitrate\":6000000,\"RequiredHttpHeaders\":{},\"AddApiKeyToDirectStreamUrl\":false,");
        json.append("\"ReadAtNativeFramerate\":false,\"DefaultAudioStreamIndex\":1}],\"Chapters\":[");
        for (int i = 0; i < 6; i++) {
            json.append(i == 0 ? "" : ",").append("{\"StartPositionTicks\":").append(ticks / 6 * i);
            json.append(",\"Name\":\"Chapter ").append(i + 1);
            json.append("\",\"MarkerType\":\"Chapter\",\"ChapterIndex\":")
                    .append(i)
                    .append('}');
        }
        json.append("],\"Width\":1920,\"Height\":1080");
    }

    private static void stream(StringBuilder json, String type, String codec, int index) {
        json.append("{\"Codec\":\"").append(codec).append("\",\"TimeBase\":\"1/1000\",\"IsInterlaced\":false,");
        json.append("\"IsDefault\":true,\"IsForced\":false,\"IsHearingImpaired\":false,\"Type\":\"")
                .append(type);
        json.append("\",\"Index\":").append(index).append(",\"IsExternal\":false,\"IsTextSubtitleStream\":false,");
        json.append("\"SupportsExternalStream\":false,\"Protocol\":\"File\",\"ExtendedVideoType\":\"None\",");
        json.append(
                "\"ExtendedVideoSubType\":\"None\",\"ExtendedVideoSubTypeDescription\":\"None\",\"AttachmentSize\":0");
    }

    private static void images(StringBuilder json, long seed) {
        json.append(",\"PrimaryImageAspectRatio\":0.6666666666666666,\"ImageTags\":{\"Primary\":\"");
        hex(json, seed);
        json.append("\",\"Logo\":\"");
        hex(json, seed + 1);
        json.append("\"},\"BackdropImageTags\":[\"");
        hex(json, seed + 2);
        json.append("\"]");
    }

    /** Libraries in the order they are crawled. */
    static List<String> libraries() {
        return new ArrayList<>(List.of(FILMS, SHOWS));
    }
}
