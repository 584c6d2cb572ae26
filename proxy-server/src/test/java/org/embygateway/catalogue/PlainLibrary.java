package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.embygateway.index.UserData;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;

/** Random titles of three servers, as plain documents in which anything may be missing. */
final class PlainLibrary {
    static final List<String> GENRES = List.of("Action", "Drama", "Sci-Fi", "Crime");
    static final List<String> TAGS = List.of("Neon", "Rain");
    static final List<String> STUDIOS = List.of("North", "South");
    static final List<String> PEOPLE = List.of("Ann Lee", "Bob Ray", "Cy");
    static final int FIRST_GENRE = 50;
    static final int FIRST_TAG = 60;
    static final int FIRST_STUDIO = 65;
    static final int FIRST_PERSON = 70;
    static final List<Integer> VIEWS = List.of(10, 11);

    private static final List<String> RATINGS = List.of("G", "PG", "PG-13", "R", "FSK-16", "Odd");
    private static final List<ItemKind> KINDS =
            List.of(ItemKind.MOVIE, ItemKind.MOVIE, ItemKind.VIDEO, ItemKind.MUSIC_VIDEO, ItemKind.AUDIO);

    private final Random random;
    final List<PlainTitle> titles = new ArrayList<>();
    private int nextId = 5000;

    PlainLibrary(Random random) {
        this.random = random;
        int count = 30 + random.nextInt(250);
        for (int i = 0; i < count; i++) {
            titles.add(title(200 + i, one(KINDS), 0, one(VIEWS)));
        }
        for (int series = 0; series < 6; series++) {
            int view = one(VIEWS);
            int id = 3000 + 100 * series;
            titles.add(title(id, ItemKind.SERIES, 0, view));
            for (int episode = 1; episode <= random.nextInt(7); episode++) {
                titles.add(title(id + episode, ItemKind.EPISODE, id, view));
            }
        }
    }

    Fixture load() {
        return filled().load();
    }

    /** With everything, not loaded yet. */
    Fixture filled() {
        Fixture fixture = new Fixture();
        fixture.view(10, "Films", "movies", 1, 2, 3);
        fixture.view(11, "More", "movies", 1, 2, 3);
        byName(fixture, ItemKind.GENRE, FIRST_GENRE, GENRES);
        byName(fixture, ItemKind.TAG, FIRST_TAG, TAGS);
        byName(fixture, ItemKind.STUDIO, FIRST_STUDIO, STUDIOS);
        byName(fixture, ItemKind.PERSON, FIRST_PERSON, PEOPLE);
        titles.forEach(title -> add(fixture, title));
        return fixture;
    }

    /** Some titles go, some come, some are told of in another way, and someone does something with others. */
    void change(Fixture fixture) {
        Set<ItemId> changed = new HashSet<>();
        Set<ItemId> removed = new HashSet<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            int at = random.nextInt(titles.size());
            PlainTitle old = titles.get(at);
            ItemId id = new ItemId(old.id());
            if (random.nextInt(3) == 0 && old.kind() != ItemKind.SERIES) {
                titles.remove(at);
                fixture.index.items.remove(id);
                fixture.states.remove(id);
                removed.add(id);
                changed.remove(id);
            } else {
                titles.set(at, title(old.id(), old.kind(), old.series(), old.view()));
                changed.add(id);
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            titles.add(title(nextId, one(KINDS), 0, one(VIEWS)));
            changed.add(new ItemId(nextId++));
        }
        changed.forEach(fixture.states::remove);
        titles.stream()
                .filter(title -> changed.contains(new ItemId(title.id())))
                .forEach(title -> add(fixture, title));
        fixture.apply(changed, removed);
        Map<ItemId, UserData> states = new HashMap<>();
        changed.forEach(id -> states.put(id, fixture.states.getOrDefault(id, UserData.NONE)));
        fixture.catalogue.userDataChanged(Fixture.ALICE, states);
    }

    private static void byName(Fixture fixture, ItemKind kind, int first, List<String> names) {
        IntStream.range(0, names.size())
                .forEach(i -> fixture.item(first + i, kind, names.get(i)).add());
    }

    private static void add(Fixture fixture, PlainTitle title) {
        Fixture.Item item = fixture.item(title.id(), title.kind(), title.name()).views(title.view());
        if (title.series() > 0) {
            item.series(title.series());
        }
        title.documents()
                .forEach((upstream, document) -> item.on(upstream, Fixture.library(title.view()), document.toString()));
        for (int i = 0; i < GENRES.size(); i++) {
            item.names(ItemKind.GENRE, FIRST_GENRE + i, GENRES.get(i));
        }
        for (int i = 0; i < TAGS.size(); i++) {
            item.names(ItemKind.TAG, FIRST_TAG + i, TAGS.get(i));
        }
        for (int i = 0; i < STUDIOS.size(); i++) {
            item.names(ItemKind.STUDIO, FIRST_STUDIO + i, STUDIOS.get(i));
        }
        for (int i = 0; i < PEOPLE.size(); i++) {
            item.does("Actor", FIRST_PERSON + i, PEOPLE.get(i)).does("Director", FIRST_PERSON + i, PEOPLE.get(i));
        }
        item.add();
        title.data().ifPresent(data -> fixture.states.put(new ItemId(title.id()), data));
    }

    private PlainTitle title(int id, ItemKind kind, int series, int view) {
        String name = (random.nextInt(5) == 0 ? "The " : "")
                + (char) ('A' + random.nextInt(6))
                + (char) ('a' + random.nextInt(4))
                + " "
                + random.nextInt(30);
        Map<Integer, ObjectNode> documents = new TreeMap<>();
        int upstreams = 1 + random.nextInt(7);
        for (int upstream = 1; upstream <= 3; upstream++) {
            if ((upstreams >> upstream - 1 & 1) == 1) {
                documents.put(upstream, document(kind));
            }
        }
        return new PlainTitle(
                id,
                kind,
                name,
                view,
                series,
                documents,
                random.nextBoolean() ? Optional.of(data(kind)) : Optional.empty());
    }

    private UserData data(ItemKind kind) {
        boolean leaf = kind != ItemKind.SERIES;
        return new UserData(
                leaf && random.nextBoolean(),
                leaf && random.nextInt(3) == 0 ? 1 + random.nextInt(100) : 0,
                random.nextInt(4),
                random.nextInt(3) == 0,
                random.nextBoolean() ? Optional.of(instant()) : Optional.empty(),
                random.nextBoolean() ? OptionalDouble.of(random.nextInt(11)) : OptionalDouble.empty(),
                random.nextInt(5) == 0,
                instant());
    }

    private ObjectNode document(ItemKind kind) {
        ObjectNode document = EmbyJson.object();
        maybe(() -> document.put("ProductionYear", 1990 + random.nextInt(6)));
        maybe(() -> document.put("PremiereDate", EmbyJson.date(instant())));
        maybe(() -> document.put("EndDate", EmbyJson.date(instant())));
        maybe(() -> document.put("DateCreated", EmbyJson.date(instant())));
        maybe(() -> document.put("DateLastSaved", EmbyJson.date(instant())));
        maybe(() -> document.put("CommunityRating", random.nextInt(20) / 2.0));
        maybe(() -> document.put("CriticRating", random.nextInt(100)));
        maybe(() -> document.put("OfficialRating", one(RATINGS)));
        maybe(() -> document.put("RunTimeTicks", 1 + random.nextInt(9)));
        maybe(() -> document.put("Overview", "Once."));
        maybe(() -> document.put("LockData", random.nextBoolean()));
        maybe(() -> document.put("LocalTrailerCount", random.nextInt(2)));
        maybe(() -> document.put("SpecialFeatureCount", random.nextInt(2)));
        maybe(() -> document.put("IndexNumber", random.nextInt(4)));
        if (kind == ItemKind.EPISODE && document.has("IndexNumber") && random.nextInt(3) == 0) {
            document.put("IndexNumberEnd", document.path("IndexNumber").asInt() + random.nextInt(3));
        }
        maybe(() -> document.put("ParentIndexNumber", random.nextInt(3)));
        maybe(() -> document.putObject("ProviderIds")
                .put(random.nextBoolean() ? "Imdb" : "Tmdb", "tt" + random.nextInt(9)));
        maybe(() -> names(document.putArray("Genres"), GENRES));
        maybe(() -> named(document.putArray("TagItems"), TAGS));
        maybe(() -> named(document.putArray("Studios"), STUDIOS));
        maybe(() -> people(document.putArray("People")));
        if (kind == ItemKind.SERIES) {
            maybe(() -> document.put("Status", random.nextBoolean() ? "Ended" : "Continuing"));
            maybe(() -> document.putArray("AirDays").add(random.nextBoolean() ? "Monday" : "Sunday"));
        } else {
            maybe(() -> source(document.putArray("MediaSources").addObject()));
        }
        return document;
    }

    private void source(ObjectNode source) {
        source.put("Id", "s" + random.nextInt(99));
        source.put("Container", one(List.of("mkv", "mp4", "iso")));
        source.put("Size", random.nextInt(50));
        ArrayNode streams = source.putArray("MediaStreams");
        int size = random.nextInt(4);
        streams.addObject()
                .put("Type", "Video")
                .put("Codec", one(List.of("h264", "hevc")))
                .put("Width", List.of(640, 1280, 1920, 3840).get(size))
                .put("Height", List.of(480, 720, 1080, 2160).get(size));
        maybe(() -> streams.addObject()
                .put("Type", "Audio")
                .put("Codec", one(List.of("aac", "ac3")))
                .put("ChannelLayout", one(List.of("stereo", "5.1")))
                .put("Language", one(List.of("eng", "ger"))));
        maybe(() -> streams.addObject()
                .put("Type", "Subtitle")
                .put("Codec", "srt")
                .put("Language", one(List.of("eng", "ger"))));
    }

    private void names(ArrayNode array, List<String> names) {
        names.stream().filter(name -> random.nextInt(3) == 0).forEach(array::add);
    }

    private void named(ArrayNode array, List<String> names) {
        names.stream()
                .filter(name -> random.nextInt(3) == 0)
                .forEach(name -> array.addObject().put("Name", name));
    }

    private void people(ArrayNode array) {
        PEOPLE.stream()
                .filter(name -> random.nextInt(3) == 0)
                .forEach(name ->
                        array.addObject().put("Name", name).put("Type", random.nextBoolean() ? "Actor" : "Director"));
    }

    private Instant instant() {
        return Instant.parse("2020-01-01T00:00:00Z").plus(random.nextInt(3000), ChronoUnit.DAYS);
    }

    private void maybe(Runnable put) {
        if (random.nextInt(3) > 0) {
            put.run();
        }
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
