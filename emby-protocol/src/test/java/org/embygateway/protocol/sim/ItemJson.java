package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.jspecify.annotations.Nullable;

/** Writes an item as the simulated server would: a few properties always, the others when {@code Fields} asks. */
final class ItemJson {
    private static final Set<String> ALWAYS_ON_JELLYFIN =
            Set.of("ProductionYear", "CommunityRating", "OfficialRating", "PremiereDate", "Container", "Status");

    private final SimWorld world;
    private final Optional<SimUser> user;
    private final Set<String> fields;
    private final boolean detail;
    private final boolean images;
    private final boolean userData;
    private final Set<String> imageTypes;
    private final int backdrops;

    private ItemJson(SimWorld world, Optional<SimUser> user, Params query, boolean detail) {
        this.world = world;
        this.user = user;
        this.detail = detail;
        this.fields = caseless(query.list("Fields"));
        this.images = query.flag("EnableImages", true);
        this.userData = query.flag("EnableUserData", true);
        this.imageTypes = caseless(query.list("EnableImageTypes"));
        this.backdrops = query.number("ImageTypeLimit").orElse(Integer.MAX_VALUE);
    }

    static ItemJson list(SimWorld world, Optional<SimUser> user, Params query) {
        return new ItemJson(world, user, query, false);
    }

    static ItemJson detail(SimWorld world, Optional<SimUser> user) {
        return new ItemJson(world, user, Params.NONE, true);
    }

    private static Set<String> caseless(List<String> names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(names);
        return set;
    }

    private boolean wants(String field) {
        return detail || fields.contains(field) || world.face().isJellyfin() && ALWAYS_ON_JELLYFIN.contains(field);
    }

    ObjectNode write(SimItem item) {
        ObjectNode json = EmbyJson.object();
        json.put("Name", item.name).put("ServerId", world.id()).put("Id", item.id());
        metadata(json, item);
        dates(json, item);
        relations(json, item);
        file(json, item);
        if (item.kind == ItemKind.COLLECTION_FOLDER) {
            view(json, item);
        }
        extras(json, item);
        hierarchy(json, item);
        if (images) {
            images(json, item);
        }
        json.put("IsFolder", item.kind.isFolder()).put("Type", item.kind.wireName());
        if (!item.kind.mediaType().isEmpty()) {
            json.put("MediaType", item.kind.mediaType());
        }
        if (userData && user.isPresent()) {
            json.set("UserData", UserDataJson.write(world, user.get(), item, wants("UserDataLastPlayedDate")));
        }
        return json;
    }

    private void metadata(ObjectNode json, SimItem item) {
        text(json, "OriginalTitle", item.originalTitle);
        text(json, "Overview", item.overview);
        text(json, "OfficialRating", item.officialRating);
        text(json, "Status", item.status);
        if (wants("SortName")) {
            json.put("SortName", item.effectiveSortName());
        }
        if (item.forcedSortName != null && detail) {
            json.put("ForcedSortName", item.forcedSortName);
        }
        if (item.year != null && wants("ProductionYear")) {
            json.put("ProductionYear", item.year);
        }
        if (item.communityRating != null && wants("CommunityRating")) {
            json.put("CommunityRating", item.communityRating);
        }
        if (item.premiere != null && wants("PremiereDate")) {
            json.put("PremiereDate", EmbyJson.date(item.premiere.atStartOfDay().toInstant(ZoneOffset.UTC)));
        }
        if (!item.runtime.equals(Duration.ZERO)) {
            json.put("RunTimeTicks", item.runtime.toNanos() / 100);
        }
        if (wants("ProviderIds")) {
            ObjectNode providers = json.putObject("ProviderIds");
            item.providers.forEach(providers::put);
        }
        if (wants("PrimaryImageAspectRatio") && !item.images.isEmpty()) {
            json.put(
                    "PrimaryImageAspectRatio", item.kind == ItemKind.EPISODE ? 1.7777777777777777 : 0.6666666666666666);
        }
    }

    private void text(ObjectNode json, String name, String value) {
        if (!value.isEmpty() && wants(name)) {
            json.put(name, value);
        }
    }

    private void dates(ObjectNode json, SimItem item) {
        if (wants("DateCreated")) {
            json.put("DateCreated", EmbyJson.date(item.created));
        }
        if (fields.contains("DateLastSaved")) {
            json.put("DateLastSaved", EmbyJson.date(item.saved));
        }
        if (wants("Etag")) {
            json.put("Etag", Hex32.of(world.id() + item.number + item.saved));
        }
        if (wants("PresentationUniqueKey")) {
            json.put("PresentationUniqueKey", Hex32.of("presentation " + world.id() + item.number));
        }
        if (wants("DisplayPreferencesId")) {
            json.put("DisplayPreferencesId", Hex32.of("display " + world.id() + item.number));
        }
        if (wants("CanDownload")) {
            json.put("CanDownload", !item.versions.isEmpty());
        }
        if (wants("CanDelete")) {
            json.put("CanDelete", false);
        }
        if (wants("BasicSyncInfo")) {
            json.put("SupportsSync", item.kind.isPlayable());
        }
    }

    private void relations(ObjectNode json, SimItem item) {
        if (wants("Genres")) {
            ArrayNode names = json.putArray("Genres");
            item.genres.forEach(names::add);
            named(json.putArray("GenreItems"), item.genreKind(), item.genres);
        }
        if (wants("Tags")) {
            named(json.putArray("TagItems"), ItemKind.TAG, item.tags);
        }
        if (wants("Studios")) {
            named(json.putArray("Studios"), ItemKind.STUDIO, item.studios);
        }
        if (wants("People")) {
            ArrayNode people = json.putArray("People");
            item.people.forEach(p -> people.add(person(p)));
        }
    }

    private void named(ArrayNode target, ItemKind kind, List<String> names) {
        for (String name : names) {
            SimItem named = world.catalog().byName(kind, name);
            ObjectNode node = target.addObject().put("Name", name);
            if (world.face().isJellyfin()) {
                node.put("Id", named.id());
            } else {
                node.put("Id", named.number);
            }
        }
    }

    private ObjectNode person(SimPerson person) {
        SimItem item = world.catalog().byName(ItemKind.PERSON, person.name());
        ObjectNode node = EmbyJson.object().put("Name", person.name()).put("Id", item.id());
        if (!person.role().isEmpty()) {
            node.put("Role", person.role());
        }
        return node.put("Type", person.type()).put("PrimaryImageTag", imageTag(item, "Primary", 0));
    }

    private void file(ObjectNode json, SimItem item) {
        if (item.versions.isEmpty()) {
            if (wants("Path") && item.kind.isFolder()) {
                json.put("Path", world.mediaRoot() + "/" + item.name);
            }
            return;
        }
        SimVersion first = item.versions.getFirst();
        MediaJson media = new MediaJson(world, item);
        if (wants("Container")) {
            json.put("Container", first.container());
        }
        if (wants("Path")) {
            json.put("Path", media.path(first));
        }
        if (wants("Size")) {
            json.put("Size", first.content().size());
        }
        if (wants("Bitrate")) {
            json.put("Bitrate", first.bitrate());
        }
        if (wants("Width") && first.hasPicture()) {
            json.put("Width", first.width()).put("Height", first.height());
        }
        if (wants("FileName")) {
            json.put("FileName", media.fileName(first));
        }
        if (wants("MediaSources")) {
            ArrayNode sources = json.putArray("MediaSources");
            item.versions.forEach(v -> sources.add(media.source(v)));
        }
        if (wants("MediaStreams")) {
            json.set("MediaStreams", media.streams(first));
        }
        if (wants("Chapters")) {
            json.set("Chapters", media.chapters());
        }
    }

    private void extras(ObjectNode json, SimItem item) {
        if (!item.extraType.isEmpty()) {
            json.put("ExtraType", item.extraType);
        }
        if (item.kind.isPlayable() || item.kind == ItemKind.SERIES) {
            count(json, "LocalTrailerCount", item.extras(ExtraRoutes.TRAILERS));
            count(json, "SpecialFeatureCount", item.extras(ExtraRoutes.FEATURES));
        }
        int parts = item.extras(ExtraRoutes.PARTS).size();
        if (parts > 0 && wants("PartCount")) {
            json.put("PartCount", parts + 1);
        }
    }

    private void count(ObjectNode json, String field, List<SimItem> extras) {
        if (wants(field)) {
            json.put(field, extras.size());
        }
    }

    private void view(ObjectNode json, SimItem view) {
        json.put("Guid", Hex32.of("guid " + world.id() + view.number));
        json.put("DisplayPreferencesId", Hex32.of("guid " + world.id() + view.number));
        json.put("Etag", Hex32.of(world.id() + view.number + view.saved));
        if (!view.collectionType.isEmpty()) {
            json.put("CollectionType", view.collectionType);
        }
        if (detail) {
            ArrayNode subviews = json.putArray("Subviews");
            List.of(view.collectionType, "collections", "genres", "tags", "folders")
                    .forEach(subviews::add);
        }
    }

    private void hierarchy(ObjectNode json, SimItem item) {
        if (item.parent != null && wants("ParentId")) {
            json.put("ParentId", item.parent.id());
        }
        putNumber(json, "IndexNumber", item.index);
        putNumber(json, "IndexNumberEnd", item.indexEnd);
        putNumber(json, "ParentIndexNumber", item.parentIndex);
        if (item.kind == ItemKind.EPISODE || item.kind == ItemKind.SEASON) {
            item.ancestor(ItemKind.SERIES).ifPresent(series -> {
                json.put("SeriesName", series.name).put("SeriesId", series.id());
                if (images && series.images.contains("Primary")) {
                    json.put("SeriesPrimaryImageTag", imageTag(series, "Primary", 0));
                }
            });
        }
        if (item.kind == ItemKind.EPISODE) {
            item.ancestor(ItemKind.SEASON)
                    .ifPresent(season -> json.put("SeasonId", season.id()).put("SeasonName", season.name));
        }
        music(json, item);
        if (item.kind.isFolder() && wants("ChildCount")) {
            json.put("ChildCount", item.members.isEmpty() ? item.children().size() : item.members.size());
        }
        if (item.kind == ItemKind.BOX_SET && wants("DisplayOrder")) {
            json.put("DisplayOrder", item.displayOrder.isEmpty() ? "PremiereDate" : item.displayOrder);
        }
        if (item.kind.isFolder() && wants("RecursiveItemCount")) {
            json.put("RecursiveItemCount", UserDataJson.leaves(item).size());
        }
    }

    private void music(ObjectNode json, SimItem item) {
        if (item.kind == ItemKind.AUDIO) {
            item.ancestor(ItemKind.MUSIC_ALBUM).ifPresent(album -> {
                json.put("Album", album.name).put("AlbumId", album.id());
                if (images && album.images.contains("Primary")) {
                    json.put("AlbumPrimaryImageTag", imageTag(album, "Primary", 0));
                }
            });
        }
        List<String> artists = item.shownArtists();
        List<String> albumArtists = item.shownAlbumArtists();
        if (!artists.isEmpty()) {
            artists.forEach(json.putArray("Artists")::add);
            artists(json.putArray("ArtistItems"), artists);
        }
        if (!albumArtists.isEmpty()) {
            json.put("AlbumArtist", String.join("; ", albumArtists));
            artists(json.putArray("AlbumArtists"), albumArtists);
        }
        if (!item.composers.isEmpty()) {
            artists(json.putArray("Composers"), item.composers);
        }
    }

    private void artists(ArrayNode target, List<String> names) {
        names.forEach(name -> target.addObject()
                .put("Name", name)
                .put("Id", world.catalog().byName(ItemKind.MUSIC_ARTIST, name).id()));
    }

    private static void putNumber(ObjectNode json, String name, @Nullable Integer value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private void images(ObjectNode json, SimItem item) {
        ObjectNode tags = json.putObject("ImageTags");
        ArrayNode backdropTags = json.putArray("BackdropImageTags");
        for (String type : item.images) {
            if (!imageTypes.isEmpty() && !imageTypes.contains(type)) {
                continue;
            }
            if (!type.equals("Backdrop")) {
                tags.put(type, imageTag(item, type, 0));
            } else if (backdrops > 0) {
                backdropTags.add(imageTag(item, type, 0));
            }
        }
        inherited(json, item);
    }

    private void inherited(ObjectNode json, SimItem item) {
        item.ancestor(ItemKind.SERIES)
                .filter(s -> s.images.contains("Backdrop"))
                .ifPresent(series -> {
                    json.put("ParentBackdropItemId", series.id());
                    json.putArray("ParentBackdropImageTags").add(imageTag(series, "Backdrop", 0));
                });
    }

    String imageTag(SimItem item, String type, int index) {
        return imageTag(world, item, type, index);
    }

    /** Changes whenever the item is saved. */
    static String imageTag(SimWorld world, SimItem item, String type, int index) {
        return Hex32.of("image " + world.id() + item.number + type.toLowerCase(Locale.ROOT) + index + item.saved);
    }
}
