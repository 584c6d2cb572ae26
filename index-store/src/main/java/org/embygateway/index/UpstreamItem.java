package org.embygateway.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.protocol.ItemKind;

/**
 * One item as an upstream describes it: what merging and querying need, and the whole document for showing it.
 *
 * @param id the upstream's id
 * @param libraryId the upstream's id of the library it was found in; empty for libraries themselves and by-name items
 * @param providerIds names in lower case ({@code tmdb}, {@code imdb}, {@code tvdb} …), values trimmed, never empty or 0
 * @param runTimeTicks 0 when unknown
 * @param parentId the upstream's id of the parent as it says, of an extra that of the item or version it comes with;
 *     empty text when absent
 * @param seriesId what it is merged within: the upstream's id of the series of a season or an episode, of the album of a
 *     song; empty text when absent
 * @param seasonId likewise of the season of an episode
 * @param tracks how many songs are on an album; empty when the upstream does not say
 * @param collectionType of libraries; empty for mixed ones and for everything else
 * @param sources the playable versions; empty for folders
 * @param document the BaseItemDto as the upstream sent it, UTF-8
 * @param said the document as far as {@link Excerpts} look at it; missing when it was not read
 */
public record UpstreamItem(
        String id,
        ItemKind kind,
        String libraryId,
        String name,
        OptionalInt year,
        long runTimeTicks,
        Map<String, String> providerIds,
        String parentId,
        String seriesId,
        String seasonId,
        OptionalInt indexNumber,
        OptionalInt indexNumberEnd,
        OptionalInt parentIndexNumber,
        OptionalInt tracks,
        Optional<LocalDate> premiere,
        String collectionType,
        List<Source> sources,
        List<ByName> byName,
        byte[] document,
        JsonNode said) {

    public UpstreamItem {
        providerIds = Map.copyOf(providerIds);
        sources = List.copyOf(sources);
        byName = List.copyOf(byName);
    }

    /**
     * A media source.
     *
     * @param id the upstream's media source id
     * @param versionItemId the upstream's item id of this version; equal to the item's own when it does not say
     */
    public record Source(String id, String versionItemId, long size, long runTimeTicks) {}

    /**
     * A person, music artist, genre, studio or tag that the item names.
     *
     * @param id the upstream's id of it, as text; empty when it has none
     * @param role what a person does: {@code Actor}, {@code Director} … ; of an artist that of an
     *     {@link org.embygateway.protocol.ArtistRole}; empty otherwise
     */
    public record ByName(ItemKind kind, String name, String id, String role, Map<String, String> providerIds) {}
}
