package org.embygateway.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.embygateway.index.Copy;
import org.embygateway.index.MergedItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/**
 * An index of any size that is made up while it is read: films, series, music and people with titles in several
 * scripts, on five servers, three in ten of them on two. Each server calls an item by an id of its own, and some films and
 * series have another name on the second. The same number always means the same item.
 */
final class GeneratedIndex extends FakeIndex {
    static final int MOVIES = 10;
    static final int SHOWS = 11;
    static final int MUSIC = 12;
    static final int GENRES = 40;
    static final int FIRST_GENRE = 100;
    static final int FIRST_PERSON = 20_000;
    private static final int STUDIOS = 4000;
    private static final int FIRST_STUDIO = 1000;
    private static final int UPSTREAMS = 5;
    private static final int SEASONS = 3;
    private static final int EPISODES = 12;
    private static final int SERIES_ROWS = 1 + SEASONS * (1 + EPISODES);
    private static final int TRACKS = 12;
    private static final String[] LATIN = """
            star night return king lost city river moon dark love house man woman girl last first blood fire water winter
            summer secret shadow dream light storm road home heart time world war peace red blue black white gold silver
            iron stone glass paper garden forest mountain ocean island bridge tower castle knight queen prince dragon wolf
            lion eagle ghost angel devil stranger hunter soldier doctor teacher driver killer dancer painter singer été
            naïve café über straße señor niño année forêt château Zürich Łódź""".trim().split("\\s+");
    private static final String[] SYLLABLES =
            "ma ri no ka len tor vi sa bel dun far gor hil jo kas lin mar nel os per quin ros ste tan ul ver wil xan yor zel"
                    .split(" ");
    private static final int PROPER = 200_000;
    private static final String CHINESE = "流浪地球天下無賊霸王别姬活着让子弹飞红高粱卧虎藏龙英雄十面埋伏花样年华重庆森林大话西游唐人街探案战狼我不是药神少年的你山河故人江湖儿女";
    private static final String KANA = "もののけ姫千と千尋の神隠しとなりのトトロ風立ちぬハウルの動く城かぐや姫の物語おもひでぽろぽろ君の名は天気の子";
    private static final String HANGUL = "기생충살인의추억올드보이부산행곡성아가씨마더괴물설국열차택시운전사범죄도시극한직업";

    private static final List<String> SOUND = List.of("ac3", "eac3", "dts", "aac");
    private static final List<String> LANGUAGES = List.of("eng", "chi", "jpn", "kor", "ger");

    private final int people;
    private final String[] names;
    private final int firstMovie;
    private final int firstSeries;
    private final int firstAlbum;
    private final int end;
    private volatile int version;

    /** @param size about how many items in all: a fifth are people, a quarter films, two fifths of series, the rest music */
    GeneratedIndex(int size) {
        this.people = size / 5;
        this.names = new String[people];
        Arrays.setAll(names, person -> title(FIRST_PERSON + person));
        this.firstMovie = FIRST_PERSON + people;
        this.firstSeries = firstMovie + size / 4;
        this.firstAlbum = firstSeries + size * 2 / 5 / SERIES_ROWS * SERIES_ROWS;
        this.end = FIRST_PERSON + size / (TRACKS + 1) * (TRACKS + 1);
    }

    int someMovie(Random random) {
        return firstMovie + random.nextInt(firstSeries - firstMovie);
    }

    int someEpisode(Random random) {
        int series = firstSeries + random.nextInt((firstAlbum - firstSeries) / SERIES_ROWS) * SERIES_ROWS;
        return series + 2 + random.nextInt(EPISODES);
    }

    /** Of one of the first few hundred series. */
    int someWatched(Random random) {
        int series =
                firstSeries + random.nextInt(Math.min(400, (firstAlbum - firstSeries) / SERIES_ROWS)) * SERIES_ROWS;
        return series + 2 + random.nextInt(SEASONS) * (1 + EPISODES) + random.nextInt(EPISODES);
    }

    int seriesOf(int episode) {
        return episode - (episode - firstSeries) % SERIES_ROWS;
    }

    int somePerson(Random random) {
        return FIRST_PERSON + random.nextInt(people);
    }

    /** What is read from now on differs in its dates. */
    void change() {
        version++;
    }

    private Optional<MergedItem> item(int id) {
        if (id >= MOVIES && id <= MUSIC) {
            return Optional.of(view(id));
        }
        if (id >= FIRST_GENRE && id < FIRST_GENRE + GENRES) {
            return Optional.of(bare(id, ItemKind.GENRE, genre(id)));
        }
        if (id >= FIRST_STUDIO && id < FIRST_STUDIO + STUDIOS) {
            return Optional.of(bare(id, ItemKind.STUDIO, studio(id)));
        }
        if (id >= FIRST_PERSON && id < firstMovie) {
            return Optional.of(new Making(id, ItemKind.PERSON).item(0, 0, List.of()));
        }
        if (id >= firstMovie && id < firstSeries) {
            return Optional.of(new Making(id, ItemKind.MOVIE).item(0, 0, List.of(MOVIES)));
        }
        if (id >= firstSeries && id < firstAlbum) {
            return Optional.of(ofSeries(id));
        }
        if (id >= firstAlbum && id < end) {
            int place = (id - firstAlbum) % (TRACKS + 1);
            return Optional.of(new Making(id, place == 0 ? ItemKind.MUSIC_ALBUM : ItemKind.AUDIO)
                    .album(id - place, place)
                    .item(0, 0, List.of(MUSIC)));
        }
        return Optional.empty();
    }

    private MergedItem ofSeries(int id) {
        int place = (id - firstSeries) % SERIES_ROWS;
        int series = id - place;
        if (place == 0) {
            return new Making(id, ItemKind.SERIES).item(0, 0, List.of(SHOWS));
        }
        int season = (place - 1) / (1 + EPISODES);
        int number = (place - 1) % (1 + EPISODES);
        Making making = new Making(id, number == 0 ? ItemKind.SEASON : ItemKind.EPISODE);
        making.json
                .append(",\"IndexNumber\":")
                .append(number == 0 ? season + 1 : number)
                .append(number == 0 ? "" : ",\"ParentIndexNumber\":" + (season + 1));
        return making.item(series, number == 0 ? 0 : id - number, List.of(SHOWS));
    }

    /** No two servers call anything by the same id. */
    private static String idOn(int upstream, int id) {
        return Integer.toString(id * (UPSTREAMS + 1) + upstream);
    }

    private static MergedItem view(int id) {
        String type = List.of("movies", "tvshows", "music").get(id - MOVIES);
        List<Copy> copies = new ArrayList<>();
        for (int upstream = 1; upstream <= UPSTREAMS; upstream++) {
            copies.add(new Copy(
                    new UpstreamId(upstream),
                    idOn(upstream, id),
                    "",
                    List.of(),
                    "{\"Name\":\"%s\",\"CollectionType\":\"%s\"}"
                            .formatted(type, type)
                            .getBytes(StandardCharsets.UTF_8)));
        }
        return new MergedItem(
                new ItemId(id),
                ItemKind.COLLECTION_FOLDER,
                type,
                copies,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static MergedItem bare(int id, ItemKind kind, String name) {
        return new MergedItem(
                new ItemId(id), kind, name, List.of(), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    private static String genre(int id) {
        return "Genre " + (id - FIRST_GENRE);
    }

    private static String studio(int id) {
        return "Studio " + (id - FIRST_STUDIO);
    }

    private static String title(int id) {
        Random random = random(id);
        return switch (random.nextInt(10)) {
            case 0 -> letters(random, CHINESE, 2 + random.nextInt(5));
            case 1 -> letters(random, KANA, 3 + random.nextInt(7));
            case 2 -> letters(random, HANGUL, 2 + random.nextInt(5));
            default -> words(random);
        };
    }

    private static Random random(int id) {
        return new Random(id * 0x9E3779B97F4A7C15L);
    }

    private static String letters(Random random, String from, int count) {
        return random.ints(count, 0, from.length())
                .collect(StringBuilder::new, (text, at) -> text.append(from.charAt(at)), StringBuilder::append)
                .toString();
    }

    private static String words(Random random) {
        StringBuilder title = new StringBuilder(random.nextInt(4) == 0 ? "The" : "");
        for (int i = 0; i <= random.nextInt(3) + 1; i++) {
            String word = random.nextInt(3) == 0 ? proper(random) : LATIN[random.nextInt(LATIN.length)];
            title.append(title.isEmpty() ? "" : " ")
                    .append(Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        return title.append(random.nextInt(3) == 0 ? " " + (1 + random.nextInt(2000)) : "")
                .toString();
    }

    /** One of many names, of which few are in many titles. */
    private static String proper(Random random) {
        int number = (int) (PROPER * Math.pow(random.nextDouble(), 3));
        StringBuilder name = new StringBuilder();
        for (int left = number + SYLLABLES.length; left > 0; left /= SYLLABLES.length) {
            name.append(SYLLABLES[left % SYLLABLES.length]);
        }
        return name.toString();
    }

    /** An item under construction. */
    private final class Making {
        private final int id;
        private final ItemKind kind;
        private final Random random;
        private final StringBuilder json = new StringBuilder();
        private final List<MergedItem.ByNameRef> byName = new ArrayList<>();
        private final String name;
        private int album;

        Making(int id, ItemKind kind) {
            this.id = id;
            this.kind = kind;
            this.name = title(id);
            this.random = random(id + version * 7);
            random.nextInt();
        }

        Making album(int album, int track) {
            String artist = words(random(album / 40));
            json.append(",\"AlbumArtists\":[{\"Name\":\"%s\"}],\"Artists\":[\"%s\"]".formatted(artist, artist));
            if (track > 0) {
                this.album = album;
                json.append(",\"Album\":\"%s\",\"IndexNumber\":%d".formatted(title(album), track));
            }
            return this;
        }

        MergedItem item(int series, int season, List<Integer> views) {
            if (kind != ItemKind.PERSON && kind != ItemKind.SEASON) {
                describe();
            }
            List<Copy> copies = new ArrayList<>();
            int first = 1 + random.nextInt(UPSTREAMS);
            copies.add(copy(first, views, name));
            if (random.nextInt(10) < 3) {
                boolean renamed = (kind == ItemKind.MOVIE || kind == ItemKind.SERIES) && random.nextInt(4) == 0;
                copies.add(copy(first % UPSTREAMS + 1, views, renamed ? title(-id) : name));
            }
            return new MergedItem(
                    new ItemId(id),
                    kind,
                    name,
                    copies,
                    Optional.of(series).filter(value -> value > 0).map(ItemId::new),
                    Optional.of(season).filter(value -> value > 0).map(ItemId::new),
                    views.stream().map(ItemId::new).toList(),
                    byName);
        }

        private void describe() {
            names("Genres", ItemKind.GENRE, FIRST_GENRE, GENRES, 1 + random.nextInt(3), "");
            names("Studios", ItemKind.STUDIO, FIRST_STUDIO, STUDIOS, kind == ItemKind.AUDIO ? 0 : 1, "");
            int cast = kind == ItemKind.MOVIE ? 12 : kind == ItemKind.SERIES ? 15 : kind == ItemKind.EPISODE ? 4 : 0;
            names("People", ItemKind.PERSON, FIRST_PERSON, people, cast, "Actor");
            json.append(",\"ProductionYear\":").append(1950 + random.nextInt(76));
            json.append(",\"PremiereDate\":\"").append(date()).append('"');
            json.append(",\"CommunityRating\":").append(random.nextInt(100) / 10.0);
            json.append(",\"OfficialRating\":\"")
                    .append(List.of("G", "PG", "PG-13", "R", "TV-14", "TV-MA", "FSK-16")
                            .get(random.nextInt(7)))
                    .append('"');
            json.append(",\"Overview\":\"Something happens.\"");
            if (kind == ItemKind.MOVIE || kind == ItemKind.SERIES || kind == ItemKind.EPISODE) {
                json.append(",\"ProviderIds\":{\"Tmdb\":\"").append(id * 3);
                json.append("\",\"Imdb\":\"tt").append(1_000_000 + id * 2).append("\"}");
            }
        }

        private void names(String field, ItemKind named, int from, int bound, int count, String role) {
            Set<Integer> some = new TreeSet<>();
            for (int i = 0; i < count; i++) {
                // Few are in many titles, most in one or two.
                double spread = Math.pow(random.nextDouble(), 3);
                some.add(from + (int) (spread * bound));
            }
            json.append(",\"").append(field).append("\":[");
            String comma = "";
            for (int one : some) {
                String called = named == ItemKind.PERSON
                        ? names[one - FIRST_PERSON]
                        : named == ItemKind.GENRE ? genre(one) : studio(one);
                json.append(comma);
                comma = ",";
                switch (named) {
                    case GENRE -> json.append('"').append(called).append('"');
                    case PERSON ->
                        json.append("{\"Name\":\"")
                                .append(called)
                                .append("\",\"Type\":\"")
                                .append(role)
                                .append("\"}");
                    default -> json.append("{\"Name\":\"").append(called).append("\"}");
                }
                byName.add(new MergedItem.ByNameRef(named, new ItemId(one), called, role));
            }
            json.append(']');
        }

        private String date() {
            return (1950 + random.nextInt(76))
                    + "-" + two(1 + random.nextInt(12))
                    + "-" + two(1 + random.nextInt(28))
                    + "T" + two(random.nextInt(24))
                    + ":" + two(random.nextInt(60))
                    + ":" + two(random.nextInt(60)) + ".0000000Z";
        }

        private static String two(int number) {
            return number < 10 ? "0" + number : Integer.toString(number);
        }

        private Copy copy(int upstream, List<Integer> views, String called) {
            StringBuilder document =
                    new StringBuilder("{\"Name\":\"").append(called).append('"');
            document.append(json);
            if (!called.equals(name)) {
                document.append(",\"OriginalTitle\":\"").append(name).append('"');
            }
            if (album > 0) {
                document.append(",\"AlbumId\":\"").append(idOn(upstream, album)).append('"');
            }
            document.append(",\"DateCreated\":\"").append(date()).append('"');
            document.append(",\"DateLastSaved\":\"").append(date()).append('"');
            document.append(",\"ImageTags\":{\"Primary\":\"%d%d\"".formatted(id, upstream));
            boolean large = kind == ItemKind.MOVIE || kind == ItemKind.SERIES;
            document.append(large ? ",\"Logo\":\"x\"},\"BackdropImageTags\":[\"y\"]" : "}");
            List<Copy.Source> sources = List.of();
            if (kind.isPlayable()) {
                document.append(file());
                sources = List.of(new Copy.Source(
                        new MediaSourceId(new ItemId(1_000_000_000 + id * 5 + upstream)), "s" + id, "v" + id, 0, 0));
            }
            return new Copy(
                    new UpstreamId(upstream),
                    idOn(upstream, id),
                    views.isEmpty() ? "" : idOn(upstream, views.getFirst()),
                    sources,
                    document.append('}').toString().getBytes(StandardCharsets.UTF_8));
        }

        private String file() {
            boolean audio = kind == ItemKind.AUDIO;
            int wide = List.of(3840, 1920, 1280, 720).get(random.nextInt(4));
            StringBuilder file = new StringBuilder(300).append(",\"RunTimeTicks\":");
            file.append((audio ? 2_000_000_000L : 36_000_000_000L) + random.nextInt(2_000_000_000));
            file.append(",\"MediaSources\":[{\"Id\":\"s").append(id);
            file.append("\",\"Container\":\"").append(audio ? "flac" : "mkv");
            file.append("\",\"Size\":").append(random.nextInt(2_000_000_000) * 4L);
            file.append(",\"Bitrate\":").append(random.nextInt(20_000_000)).append(",\"MediaStreams\":[");
            if (!audio) {
                file.append("{\"Type\":\"Video\",\"Codec\":\"").append(random.nextBoolean() ? "hevc" : "h264");
                file.append("\",\"Width\":").append(wide).append(",\"Height\":");
                file.append(wide * 9 / 16 - random.nextInt(8) * 2).append("},");
            }
            file.append("{\"Type\":\"Audio\",\"Codec\":\"").append(SOUND.get(random.nextInt(4)));
            file.append("\",\"Language\":\"").append(LANGUAGES.get(random.nextInt(5)));
            return file.append("\",\"ChannelLayout\":\"5.1\"}]}]").toString();
        }
    }

    @Override
    public Map<ItemId, MergedItem> find(Collection<ItemId> ids, Visible visible) {
        Map<ItemId, MergedItem> found = new HashMap<>();
        read(ids).forEach(item -> found.put(item.id(), item));
        return found;
    }

    @Override
    public List<MergedItem> read(Collection<ItemId> ids) {
        return ids.stream().flatMap(id -> item(id.value()).stream()).toList();
    }

    @Override
    public void readAll(Consumer<MergedItem> consumer) {
        for (int id = 1; id < end; id++) {
            item(id).ifPresent(consumer);
        }
    }

    @Override
    public Optional<ItemId> resolve(ItemId id) {
        return item(id.value()).map(MergedItem::id);
    }

    @Override
    public Map<String, ItemId> idsOf(UpstreamId upstream, Collection<String> upstreamItemIds) {
        Map<String, ItemId> found = new HashMap<>();
        upstreamItemIds.forEach(id -> found.put(id, new ItemId(Integer.parseInt(id) / (UPSTREAMS + 1))));
        return found;
    }

    @Override
    public Optional<State> state() {
        return Optional.of(new State(1, ""));
    }
}
