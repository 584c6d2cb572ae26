package org.embygateway.protocol.sim;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.jspecify.annotations.Nullable;

/**
 * An item of a simulated library, changed through its own methods, also while the server runs. Every change counts as a
 * save: {@code DateLastSaved} moves.
 */
public final class SimItem {
    final SimCatalog catalog;
    final long number;
    final ItemKind kind;
    final @Nullable SimItem parent;
    final List<SimItem> children = new ArrayList<>();
    volatile Map<String, String> providers = Map.of();
    volatile Set<String> images = Set.of("Primary");
    List<String> genres = List.of();
    List<String> tags = List.of();
    List<String> studios = List.of();
    List<SimPerson> people = List.of();
    List<String> artists = List.of();
    List<String> albumArtists = List.of();
    List<String> composers = List.of();
    List<SimVersion> versions = List.of();
    volatile List<SimItem> members = List.of();
    volatile List<SimItem> extras = List.of();
    volatile @Nullable SimUser owner;
    String displayOrder = "";
    String name;
    String originalTitle = "";
    String overview = "";
    String officialRating = "";
    String collectionType = "";
    String extraType = "";
    String status = "";

    @Nullable
    String forcedSortName;

    @Nullable
    Integer year;

    @Nullable
    Integer index;

    @Nullable
    Integer indexEnd;

    @Nullable
    Integer parentIndex;

    @Nullable
    Double communityRating;

    @Nullable
    LocalDate premiere;

    Duration runtime = Duration.ZERO;
    Instant created;
    volatile Instant saved;
    volatile boolean forbidden;
    private volatile @Nullable String sortKey;
    private boolean ownVersions;

    SimItem(SimCatalog catalog, long number, ItemKind kind, @Nullable SimItem parent, String name) {
        this.catalog = catalog;
        this.number = number;
        this.kind = kind;
        this.parent = parent;
        this.name = name;
        this.created = catalog.now();
        this.saved = created;
    }

    /** As the server writes it. */
    public String id() {
        return catalog.face.itemId(number);
    }

    /** The media source id of the version at this place, from 0. */
    public String sourceId(int version) {
        return catalog.face.sourceId(versions.get(version).number());
    }

    public Content content(int version) {
        return versions.get(version).content();
    }

    /** What the HLS segment with that number of the version at this place, both from 0, consists of. */
    public Content segment(int version, int number) {
        return HlsRoutes.segment(versions.get(version), 1, number);
    }

    public String name() {
        return name;
    }

    /** The children in the order they were added. */
    public List<SimItem> children() {
        synchronized (children) {
            return List.copyOf(children);
        }
    }

    public SimItem renamed(String newName) {
        name = newName;
        return changed();
    }

    public SimItem originalTitle(String title) {
        originalTitle = title;
        return changed();
    }

    public SimItem sortName(String sortName) {
        forcedSortName = sortName;
        return changed();
    }

    public SimItem year(int productionYear) {
        year = productionYear;
        return changed();
    }

    public SimItem premiere(LocalDate date) {
        premiere = date;
        return changed();
    }

    public SimItem provider(String provider, String id) {
        Map<String, String> all = new LinkedHashMap<>(providers);
        all.put(provider, id);
        providers = Collections.unmodifiableMap(all);
        return changed();
    }

    public SimItem tmdb(String id) {
        return provider("Tmdb", id);
    }

    public SimItem imdb(String id) {
        return provider("Imdb", id);
    }

    public SimItem tvdb(String id) {
        return provider("Tvdb", id);
    }

    public SimItem genres(String... names) {
        genres = List.of(names);
        genres.forEach(n -> catalog.byName(genreKind(), n));
        return changed();
    }

    /** Servers keep the genres of music and of games apart from others. */
    ItemKind genreKind() {
        return switch (kind) {
            case AUDIO, MUSIC_ALBUM, MUSIC_ARTIST -> ItemKind.MUSIC_GENRE;
            case GAME, GAME_SYSTEM -> ItemKind.GAME_GENRE;
            default -> ItemKind.GENRE;
        };
    }

    /** Who plays on this song, album or music video; those of the album when a song is not told any. */
    public SimItem artists(String... names) {
        artists = artists(List.of(names));
        return changed();
    }

    /** Whose album it is; a song has those of its album. */
    public SimItem albumArtists(String... names) {
        albumArtists = artists(List.of(names));
        return changed();
    }

    public SimItem composers(String... names) {
        composers = artists(List.of(names));
        return changed();
    }

    private List<String> artists(List<String> names) {
        names.forEach(n -> catalog.byName(ItemKind.MUSIC_ARTIST, n));
        return names;
    }

    /** As the server shows it. */
    List<String> shownAlbumArtists() {
        return albumArtists.isEmpty()
                ? ancestor(ItemKind.MUSIC_ALBUM)
                        .map(album -> album.albumArtists)
                        .orElse(List.of())
                : albumArtists;
    }

    /** Likewise. */
    List<String> shownArtists() {
        return artists.isEmpty() ? shownAlbumArtists() : artists;
    }

    /** Whether it is by that artist in any way. */
    boolean isBy(String artist) {
        return Stream.of(shownArtists(), shownAlbumArtists(), composers)
                .flatMap(List::stream)
                .anyMatch(artist::equalsIgnoreCase);
    }

    public SimItem tags(String... names) {
        tags = List.of(names);
        tags.forEach(n -> catalog.byName(ItemKind.TAG, n));
        return changed();
    }

    public SimItem studio(String... names) {
        studios = List.of(names);
        studios.forEach(n -> catalog.byName(ItemKind.STUDIO, n));
        return changed();
    }

    public SimItem people(SimPerson... persons) {
        people = List.of(persons);
        people.forEach(p -> catalog.byName(ItemKind.PERSON, p.name()));
        return changed();
    }

    public SimItem overview(String text) {
        overview = text;
        return changed();
    }

    public SimItem rating(double community, String official) {
        communityRating = community;
        officialRating = official;
        return changed();
    }

    public SimItem status(String seriesStatus) {
        status = seriesStatus;
        return changed();
    }

    public SimItem runtime(Duration time) {
        runtime = time;
        versions = versions.stream().map(v -> v.withDuration(time)).toList();
        return changed();
    }

    public SimItem created(Instant when) {
        created = when;
        return changed();
    }

    /** Only Primary exists to begin with. */
    public SimItem images(String... types) {
        images = Collections.unmodifiableSet(new TreeSet<>(List.of(types)));
        return changed();
    }

    /** Whoever asks for this item gets 403; lists leave it out. */
    public SimItem forbidden(boolean yes) {
        forbidden = yes;
        return changed();
    }

    /** Adds a file; the first one replaces the small one every playable item is born with. */
    public SimItem version(String versionName, Content content) {
        int height = SimVersion.heightOf(versionName);
        long id = ownVersions ? catalog.nextNumber() : number;
        boolean sound = kind == ItemKind.AUDIO;
        SimVersion version = new SimVersion(
                id,
                versionName,
                sound ? "flac" : "mkv",
                sound ? "" : "h264",
                sound ? "flac" : "aac",
                sound ? 0 : height * 16 / 9,
                sound ? 0 : height,
                sound ? 900_000 : height * 4_000L,
                content,
                runtime,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        List<SimVersion> all = new ArrayList<>(ownVersions ? versions : List.of());
        all.add(version);
        versions = List.copyOf(all);
        ownVersions = true;
        catalog.alias(id, this);
        return changed();
    }

    public SimItem version(String versionName, long size) {
        return version(versionName, Content.random(versionName.hashCode() * 31L + name.hashCode(), size));
    }

    /** Container and codecs of the version added last. */
    public SimItem encoded(String container, String videoCodec, String audioCodec) {
        return last(v -> v.with(v.content(), container).withCodecs(videoCodec, audioCodec));
    }

    /** Bits per second of the version added last. */
    public SimItem bitrate(long bitsPerSecond) {
        return last(v -> v.withBitrate(bitsPerSecond));
    }

    /** Subtitles of the version added last. */
    public SimItem subtitles(SimVersion.Subtitle... subtitles) {
        return last(v -> v.with(List.of(subtitles), v.fonts()));
    }

    /** Attached fonts of the version added last. */
    public SimItem fonts(String... names) {
        return last(v -> v.with(v.subtitles(), List.of(names)));
    }

    /** Real HLS segments of the version added last, and its other sounds. */
    public SimItem segments(Path directory, SimVersion.Dub... dubs) {
        return last(v -> v.withSegments(directory, List.of(dubs)));
    }

    private SimItem last(UnaryOperator<SimVersion> change) {
        List<SimVersion> all = new ArrayList<>(versions);
        all.addLast(change.apply(all.removeLast()));
        versions = List.copyOf(all);
        ownVersions = true;
        return changed();
    }

    /** The season of this series with that number, made on first use. */
    public SimItem season(int number) {
        return children().stream()
                .filter(c -> c.index != null && c.index == number)
                .findFirst()
                .orElseGet(() -> {
                    SimItem season = catalog.add(ItemKind.SEASON, this, number == 0 ? "Specials" : "Season " + number);
                    season.index = number;
                    return season;
                });
    }

    /** A new item of any kind below this one, such as a season without a number or an album. */
    public SimItem child(ItemKind childKind, String childName) {
        return catalog.add(childKind, this, childName);
    }

    /** A new episode of this season. */
    public SimItem episode(int number, String title) {
        SimItem episode = catalog.add(ItemKind.EPISODE, this, title);
        episode.index = number;
        episode.parentIndex = index;
        return episode.runtime(Duration.ofMinutes(42));
    }

    /** A new song of this album, on its only disc. */
    public SimItem song(int number, String title) {
        SimItem song = catalog.add(ItemKind.AUDIO, this, title);
        song.index = number;
        return song.runtime(Duration.ofMinutes(3).plusSeconds(number));
    }

    /** A new song on one of several discs. */
    public SimItem song(int disc, int number, String title) {
        SimItem song = song(number, title);
        song.parentIndex = disc;
        return song.changed();
    }

    /** New episodes of this season, both numbers included; returns the season. */
    public SimItem episodes(int from, int to) {
        for (int number = from; number <= to; number++) {
            episode(number, "Episode " + number);
        }
        return this;
    }

    /** Makes this episode's file hold all episodes up to that number. */
    public SimItem upTo(int lastNumber) {
        indexEnd = lastNumber;
        return changed();
    }

    /**
     * Something that comes with this item and is in no list: a trailer, a deleted scene, a theme song, a further part.
     *
     * @param type {@code Trailer}, {@code BehindTheScenes}, {@code ThemeSong}, {@code AdditionalPart} …
     */
    public SimItem extra(String type, String extraName) {
        return catalog.addExtra(this, type, extraName);
    }

    /** The extras whose type passes, in the order they were added. */
    List<SimItem> extras(Predicate<String> type) {
        return extras.stream().filter(extra -> type.test(extra.extraType)).toList();
    }

    /** What this collection or playlist holds, in order. */
    public SimItem members(SimItem... items) {
        members = List.of(items);
        return changed();
    }

    /** The same without being saved, as when a member is added from another's page. */
    public SimItem holds(SimItem... items) {
        members = List.of(items);
        catalog.touched();
        return this;
    }

    /** {@code PremiereDate} or {@code SortName}, of a collection. */
    public SimItem displayOrder(String order) {
        displayOrder = order;
        return changed();
    }

    SimItem ownedBy(SimUser user) {
        owner = user;
        return this;
    }

    /** Takes it and what is below it from the library. */
    public void remove() {
        catalog.remove(this);
    }

    /** The series above this season or episode, the album above a song, the library above all. */
    Optional<SimItem> ancestor(ItemKind wanted) {
        for (SimItem item = parent; item != null; item = item.parent) {
            if (item.kind == wanted) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    String effectiveSortName() {
        if (forcedSortName != null) {
            return forcedSortName;
        }
        for (String article : new String[] {"The ", "A ", "An "}) {
            if (name.regionMatches(true, 0, article, 0, article.length()) && name.length() > article.length()) {
                return name.substring(article.length());
            }
        }
        return name;
    }

    /** What names are ordered by. */
    String sortKey() {
        String known = sortKey;
        if (known == null) {
            known = effectiveSortName().toLowerCase(Locale.ROOT);
            sortKey = known;
        }
        return known;
    }

    void bornWith(SimVersion version) {
        versions = List.of(version);
    }

    private SimItem changed() {
        sortKey = null;
        catalog.changed(this);
        return this;
    }
}
