package org.embygateway.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.OwnList;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemKind;

/**
 * What an item's document says that its row knows, written straight from the row: all that lists show unless more is asked
 * for. Whole documents have these fields from here too, so that an item is the same in every answer. Made for one page;
 * used by one thread.
 *
 * <p>Emby API: {@code BaseItemDto}.
 */
final class RowFields {
    private final Lens lens;
    private final String serverId;
    private final Projection projection;
    private final boolean canDelete;
    private final boolean canDownload;
    private final boolean supportsSync;
    private final boolean prefix;
    private final boolean created;
    private final boolean criticRating;
    private final boolean container;
    private final boolean width;
    private final boolean height;
    private final boolean presentation;
    private final boolean display;
    private final Map<String, Boolean> imageTypes = new HashMap<>();
    private final Map<Integer, Optional<Row>> relatives = new HashMap<>();

    RowFields(Lens lens, String serverId, Projection projection) {
        this.lens = lens;
        this.serverId = serverId;
        this.projection = projection;
        this.canDelete = projection.shows("CanDelete");
        this.canDownload = projection.shows("CanDownload");
        this.supportsSync = projection.shows("SupportsSync");
        this.prefix = projection.shows("Prefix");
        this.created = projection.shows("DateCreated");
        this.criticRating = projection.shows("CriticRating");
        this.container = projection.shows("Container");
        this.width = projection.shows("Width");
        this.height = projection.shows("Height");
        this.presentation = projection.shows("PresentationUniqueKey");
        this.display = projection.shows("DisplayPreferencesId");
    }

    /** Into an object that is open and stays so. */
    void write(JsonText out, Row row) {
        Facts facts = row.listed().facts();
        out.name("Name").text(facts.name());
        out.name("ServerId").text(serverId);
        out.name("Id").id(row.id());
        identity(out, row, facts);
        text(out, "CollectionType", facts.collectionType());
        titles(out, row, facts);
        numbers(out, facts);
        dates(out, facts);
        file(out, facts);
        music(out, row.kind(), facts);
        relatives(out, row, facts);
    }

    private void identity(JsonText out, Row row, Facts facts) {
        ItemKind kind = row.kind();
        out.name("Type").text(kind.wireName());
        out.name("IsFolder").flag(kind.isFolder());
        text(out, "MediaType", mediaType(row, facts));
        text(out, "ExtraType", facts.shown().extraType());
        if (kind == ItemKind.COLLECTION_FOLDER || kind == ItemKind.USER_VIEW) {
            out.name("Guid").text(Views.guid(serverId, row.id()));
        }
        if (canDelete && !row.isOwn()) {
            out.name("CanDelete").flag(false);
        }
        if (canDownload) {
            out.name("CanDownload").flag(facts.traits().contains(Facts.Trait.DOWNLOADABLE));
        }
        if (supportsSync) {
            out.name("SupportsSync").flag(false);
        }
        if (presentation) {
            out.name("PresentationUniqueKey").text(Hex32.of("presentation " + serverId + row.id()));
        }
        if (display) {
            out.name("DisplayPreferencesId").text(Hex32.of("display " + serverId + row.id()));
        }
    }

    private String mediaType(Row row, Facts facts) {
        OwnList own = lens.lists().own().get(row.id());
        if (own != null && !own.mediaType().isEmpty()) {
            return own.mediaType();
        }
        return row.kind().mediaType().isEmpty()
                ? facts.shown().mediaType()
                : row.kind().mediaType();
    }

    private void titles(JsonText out, Row row, Facts facts) {
        if (prefix) {
            out.name("Prefix").text(Text.prefix(row.sortKey()));
        }
        text(out, "OfficialRating", facts.officialRating());
        text(out, "Status", facts.status());
        text(out, "ChannelName", facts.shown().channelName());
    }

    private void numbers(JsonText out, Facts facts) {
        place(out, "IndexNumber", facts.number());
        place(out, "IndexNumberEnd", facts.numberEnd());
        place(out, "ParentIndexNumber", facts.parentNumber());
        above0(out, "ProductionYear", facts.year());
        rating(out, "CommunityRating", facts.communityRating());
        if (criticRating) {
            rating(out, "CriticRating", facts.criticRating());
        }
        if (!facts.shown().aspectRatio().isEmpty()) {
            out.name("PrimaryImageAspectRatio").raw(facts.shown().aspectRatio());
        }
        if (facts.traits().contains(Facts.Trait.RESUMABLE)) {
            out.name("SupportsResume").flag(true);
        } else if (facts.traits().contains(Facts.Trait.NOT_RESUMABLE)) {
            out.name("SupportsResume").flag(false);
        }
    }

    private void dates(JsonText out, Facts facts) {
        date(out, "PremiereDate", facts.premiere());
        date(out, "EndDate", facts.end());
        if (created) {
            out.name("DateCreated").date(facts.created() == Facts.NO_DATE ? 0 : facts.created());
        }
    }

    /** What an item says of its file it says of the first version. */
    private void file(JsonText out, Facts facts) {
        FirstVersion first = facts.shown().version();
        above0(out, "RunTimeTicks", first.runTime() > 0 ? first.runTime() : facts.runTime());
        if (container) {
            text(out, "Container", first.container());
        }
        if (width) {
            above0(
                    out,
                    "Width",
                    first.width() > 0 ? first.width() : facts.tech().width());
        }
        if (height) {
            above0(
                    out,
                    "Height",
                    first.width() > 0 ? first.height() : facts.tech().height());
        }
    }

    private void music(JsonText out, ItemKind kind, Facts facts) {
        text(out, "Album", facts.album());
        text(out, "AlbumArtist", facts.shown().albumArtist());
        if (!facts.artists().isEmpty() || performs(kind)) {
            out.name("Artists").open('[');
            facts.artists().forEach(out::text);
            out.close(']');
        }
        Shown.ArtistIds ids = facts.shown().artistIds();
        pairs(out, "ArtistItems", facts.artists(), ids.artists());
        pairs(out, "AlbumArtists", facts.albumArtists(), ids.albumArtists());
        pairs(out, "Composers", facts.composers(), ids.composers());
    }

    /** Clients take the list of these for granted. */
    private static boolean performs(ItemKind kind) {
        return kind == ItemKind.AUDIO || kind == ItemKind.MUSIC_ALBUM || kind == ItemKind.MUSIC_VIDEO;
    }

    private static void pairs(JsonText out, String field, List<String> names, List<Integer> ids) {
        if (names.isEmpty()) {
            return;
        }
        out.name(field).open('[');
        for (int i = 0; i < names.size(); i++) {
            out.open('{').name("Name").text(names.get(i));
            if (ids.get(i) > 0) {
                out.name("Id").id(ids.get(i));
            }
            out.close('}');
        }
        out.close(']');
    }

    /** Parents, their names, and the pictures they lend. */
    private void relatives(JsonText out, Row row, Facts facts) {
        Optional<Row> series = find(row.series());
        Optional<Row> season = find(row.season());
        Optional<Row> folder = find(row.album());
        Optional<Row> album = folder.filter(found -> found.kind() == ItemKind.MUSIC_ALBUM);
        series.ifPresent(found -> relative(out, "SeriesName", "SeriesId", found));
        season.ifPresent(found -> relative(out, "SeasonName", "SeasonId", found));
        album.ifPresent(found -> out.name("AlbumId").id(found.id()));
        out.name("ParentId")
                .id(season.or(() -> series).or(() -> folder).map(Row::id).orElseGet(() -> view(row)));
        if (projection.images()) {
            own(out, facts.images());
            series.or(() -> folder).ifPresent(parent -> lent(out, facts.images(), parent));
            series.ifPresent(found -> primary(out, "SeriesPrimaryImageTag", found));
            album.ifPresent(found -> primary(out, "AlbumPrimaryImageTag", found));
        }
    }

    private Optional<Row> find(int id) {
        return id == 0 ? Optional.empty() : relatives.computeIfAbsent(id, lens::find);
    }

    private static void relative(JsonText out, String name, String id, Row relative) {
        out.name(name).text(relative.listed().facts().name());
        out.name(id).id(relative.id());
    }

    private int view(Row row) {
        Optional<Integer> ofLists = Lists.isList(row.kind()) ? lens.lists().view(row.kind()) : Optional.empty();
        if (ofLists.isPresent() && lens.visible().contains(ofLists.get())) {
            return ofLists.get();
        }
        for (int view : row.listed().views()) {
            if (lens.visible().contains(view)) {
                return view;
            }
        }
        return Views.ROOT;
    }

    private boolean shows(String imageType) {
        return imageTypes.computeIfAbsent(imageType, projection::showsImages);
    }

    private void own(JsonText out, Images images) {
        out.name("ImageTags").open('{');
        for (Images.Image image : images.all()) {
            if (!isBackdrop(image) && shows(image.type())) {
                out.anyName(image.type()).tag(image.tag());
            }
        }
        out.close('}');
        out.name("BackdropImageTags");
        backdrops(out, images);
    }

    private static boolean isBackdrop(Images.Image image) {
        return image.type().equals("Backdrop");
    }

    private void backdrops(JsonText out, Images images) {
        out.open('[');
        int left = shows("Backdrop") ? projection.imageLimit() : 0;
        for (Images.Image image : images.all()) {
            if (left > 0 && isBackdrop(image)) {
                out.tag(image.tag());
                left--;
            }
        }
        out.close(']');
    }

    private void lent(JsonText out, Images own, Row parent) {
        Images images = parent.listed().facts().images();
        if (shows("Backdrop") && projection.imageLimit() > 0 && !own.hasExactly("Backdrop") && images.has("Backdrop")) {
            out.name("ParentBackdropItemId").id(parent.id());
            out.name("ParentBackdropImageTags");
            backdrops(out, images);
        }
        lent(out, own, parent, "Logo", "ParentLogoItemId", "ParentLogoImageTag");
        lent(out, own, parent, "Thumb", "ParentThumbItemId", "ParentThumbImageTag");
    }

    private void lent(JsonText out, Images own, Row parent, String type, String id, String tag) {
        if (shows(type) && !own.hasExactly(type)) {
            parent.listed().facts().images().find(type, 0).ifPresent(image -> {
                out.name(id).id(parent.id());
                out.name(tag).tag(image.tag());
            });
        }
    }

    private void primary(JsonText out, String field, Row of) {
        if (shows("Primary")) {
            of.listed()
                    .facts()
                    .images()
                    .find("Primary", 0)
                    .ifPresent(image -> out.name(field).tag(image.tag()));
        }
    }

    private static void text(JsonText out, String field, String value) {
        if (!value.isEmpty()) {
            out.name(field).text(value);
        }
    }

    private static void above0(JsonText out, String field, long value) {
        if (value > 0) {
            out.name(field).number(value);
        }
    }

    private static void place(JsonText out, String field, int value) {
        if (value != Facts.NO_NUMBER) {
            out.name(field).number(value);
        }
    }

    private static void rating(JsonText out, String field, float value) {
        if (!Float.isNaN(value)) {
            out.name(field).number(value);
        }
    }

    private static void date(JsonText out, String field, long value) {
        if (value != Facts.NO_DATE) {
            out.name(field).date(value);
        }
    }
}
