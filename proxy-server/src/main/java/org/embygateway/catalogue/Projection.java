package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;

/**
 * Which fields of an item an answer shows. Lists show what Emby always sends, cheap scalars, and what {@code Fields}
 * asks for; details show everything.
 *
 * @param fields asked for, in lower case
 * @param excluded likewise, for details
 * @param imageTypes in lower case; empty for all
 * @param imageLimit how many backdrops
 */
record Projection(
        boolean detail,
        Set<String> fields,
        Set<String> excluded,
        boolean images,
        Set<String> imageTypes,
        int imageLimit,
        boolean userData) {

    private static final Set<String> ALWAYS = words("""
            Name ServerId Id Guid RunTimeTicks IsFolder Type MediaType IndexNumber IndexNumberEnd ParentIndexNumber SeriesName
            SeriesId SeasonId SeasonName Album AlbumId AlbumArtist Artists ArtistItems AlbumArtists Composers CollectionType
            ProductionYear CommunityRating OfficialRating PremiereDate Status EndDate PrimaryImageAspectRatio ParentId
            SupportsResume ExtraType ChannelId ChannelName""");

    private static final Set<String> IMAGES = words("""
            ImageTags BackdropImageTags PrimaryImageItemId PrimaryImageTag ParentBackdropItemId ParentBackdropImageTags
            ParentLogoItemId ParentLogoImageTag ParentThumbItemId ParentThumbImageTag SeriesPrimaryImageTag
            AlbumPrimaryImageTag""");

    /** What {@link RowFields} writes: whatever a list shows of these costs no reading of documents. */
    static final Set<String> OF_ROWS = union(ALWAYS, IMAGES, words("""
            CanDelete CanDownload SupportsSync Prefix DateCreated CriticRating Container Width Height PresentationUniqueKey
            DisplayPreferencesId"""));

    /** What depends on who asks, and values of {@code Fields} that no field of an item has the name of. */
    private static final Set<String> OF_NO_DOCUMENT = lower(words("""
            UserData ChildCount RecursiveItemCount ItemCounts CanEditItems CanManageAccess CanMakePublic CanLeaveContent Path
            ProgramPrimaryImageAspectRatio ChannelInfo CurrentProgram SpecialEpisodeNumbers UserDataLastPlayedDate
            UserDataPlayCount FileName MediaSourceCount LocationType"""));

    private static final Set<String> OF_ROWS_LOWER = lower(OF_ROWS);

    /** What one value of {@code Fields} stands for when that is not the field of its name. */
    private static final Map<String, List<String>> MEANING = Map.of(
            "genres", List.of("Genres", "GenreItems"),
            "tags", List.of("TagItems"),
            "basicsyncinfo", List.of("SupportsSync"),
            "mediasources", List.of("MediaSources"),
            "videomediasources", List.of("MediaSources"),
            "videochapters", List.of("Chapters"),
            "filename", List.of("FileName"),
            "sharelevel", List.of("CanManageAccess"));

    /** All there is. */
    static final Projection EVERYTHING = detail(Params.of(Map.of()));

    /** What the gateway's own search shows. */
    static final Projection SEARCH = list(Params.of(
                    Map.of("Fields", "Overview,OriginalTitle,ProviderIds,Genres,MediaSources")))
            .counting();

    /** Fields that go into lists only when asked for. */
    static Projection list(Params params) {
        return new Projection(
                false,
                fields(params, "Fields"),
                Set.of(),
                params.flag("EnableImages", true),
                lower(params.list("EnableImageTypes")),
                params.number("ImageTypeLimit").orElse(Integer.MAX_VALUE),
                params.flag("EnableUserData", true));
    }

    static Projection detail(Params params) {
        Set<String> excluded = fields(params, "ExcludeFields");
        return new Projection(true, Set.of(), excluded, true, Set.of(), Integer.MAX_VALUE, true);
    }

    private static Set<String> fields(Params params, String name) {
        Set<String> fields = new HashSet<>();
        for (String value : lower(params.list(name))) {
            List<String> meaning = MEANING.getOrDefault(value, List.of());
            fields.addAll(meaning.isEmpty() ? List.of(value) : lower(meaning));
        }
        return Set.copyOf(fields);
    }

    private static Set<String> words(String text) {
        return Set.of(text.trim().split("\\s+"));
    }

    private static Set<String> lower(Collection<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** What is asked for, in lower case, and not in rows; nothing for most lists. Everything is too much to be named. */
    Set<String> beyondRows() {
        Set<String> beyond = new TreeSet<>(fields);
        beyond.removeAll(OF_ROWS_LOWER);
        beyond.removeAll(OF_NO_DOCUMENT);
        return beyond;
    }

    /** The same with the counters of folders. */
    Projection counting() {
        Set<String> counted = new HashSet<>(fields);
        counted.addAll(List.of("childcount", "recursiveitemcount"));
        return new Projection(detail, Set.copyOf(counted), excluded, images, imageTypes, imageLimit, userData);
    }

    boolean asks(String field) {
        return detail || fields.contains(field.toLowerCase(Locale.ROOT));
    }

    boolean shows(String field) {
        if (IMAGES.contains(field)) {
            return images;
        }
        return ALWAYS.contains(field) || asks(field) && !excluded.contains(field.toLowerCase(Locale.ROOT));
    }

    /** @param type in any case */
    boolean showsImages(String type) {
        return images && (imageTypes.isEmpty() || imageTypes.contains(type.toLowerCase(Locale.ROOT)));
    }

    /** What of a whole document is shown; for details, of which all pictures are. */
    ObjectNode of(ObjectNode full) {
        ObjectNode result = EmbyJson.object();
        for (Map.Entry<String, JsonNode> field : full.properties()) {
            if (shows(field.getKey())) {
                result.set(field.getKey(), field.getValue());
            }
        }
        return result;
    }
}
