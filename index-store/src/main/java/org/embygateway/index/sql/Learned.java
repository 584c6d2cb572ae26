package org.embygateway.index.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.embygateway.index.Excerpts;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.FoldedName;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's item made ready for the database, outside of the transaction.
 *
 * @param content hash of all of it, never 0
 * @param said the document as far as excerpts look at it; missing when it was not read
 * @param ready null until it is known that it will be stored
 * @param names the by-name items it names, in order
 */
record Learned(
        CopyIdentity identity,
        Description description,
        long content,
        byte[] document,
        JsonNode said,
        @Nullable Ready ready,
        List<UpstreamItem.Source> sources,
        List<Name> names) {

    private static final int MAX_ROLE = 100;

    /** @param document compressed */
    record Ready(byte[] document, Excerpt excerpt) {}

    record Name(
            CopyIdentity identity, boolean hasId, ItemKind kind, String text, String role, Map<String, String> ids) {
        static Name of(UpstreamId upstream, UpstreamItem.ByName said) {
            boolean hasId = !said.id().isEmpty();
            String text = Texts.storable(said.name());
            String id = hasId ? Texts.storable(said.id()) : FoldedName.of(text);
            String role = said.role().substring(0, Math.min(said.role().length(), MAX_ROLE));
            return new Name(
                    new CopyIdentity(upstream.value(), Copies.space(said.kind()), id),
                    hasId,
                    said.kind(),
                    text,
                    role,
                    said.providerIds());
        }
    }

    /** Of several with one id the last counts. */
    static List<Learned> of(UpstreamId upstream, List<UpstreamItem> items) {
        Map<CopyIdentity, Learned> learned = new LinkedHashMap<>();
        for (UpstreamItem item : items) {
            Learned ready = of(upstream, item);
            learned.put(ready.identity(), ready);
        }
        return new ArrayList<>(learned.values());
    }

    private static Learned of(UpstreamId upstream, UpstreamItem item) {
        Description said = Description.of(item);
        return new Learned(
                new CopyIdentity(upstream.value(), Copies.space(item.kind()), Texts.storable(item.id())),
                said,
                hash(item, said),
                item.document(),
                item.said(),
                null,
                item.sources().stream().map(Learned::storable).toList(),
                item.byName().stream()
                        .filter(name -> name.kind().isByName() && !name.name().isBlank())
                        .map(name -> Name.of(upstream, name))
                        .toList());
    }

    /** With what is stored of its document: worth it as soon as it is to be stored. */
    Learned madeReady(Excerpts excerpts) {
        return new Learned(
                identity, description, content, document, MissingNode.getInstance(), ready(excerpts), sources, names);
    }

    Ready ready(Excerpts excerpts) {
        return ready != null ? ready : new Ready(Documents.pack(document), excerpt(excerpts));
    }

    private Excerpt excerpt(Excerpts excerpts) {
        return said.isMissingNode()
                ? Excerpt.of(excerpts, identity, description.kind(), document)
                : Excerpt.of(excerpts, identity, description.kind(), said);
    }

    private static UpstreamItem.Source storable(UpstreamItem.Source source) {
        return new UpstreamItem.Source(
                Texts.storable(source.id()),
                Texts.storable(source.versionItemId()),
                source.size(),
                source.runTimeTicks());
    }

    /**
     * The same in every process. What was read from the document counts too, should it be read in another way. Two
     * checksums of different polynomials find changes as well as one of 64 bits, for a sixth of what SHA-256 costs.
     */
    private static long hash(UpstreamItem item, Description said) {
        long hash = checksum(new CRC32(), item.document()) << 32 | checksum(new CRC32C(), item.document());
        hash = mixed(hash, said.kind().code(), said.libraryId(), said.name(), said.year(), said.runTimeTicks());
        hash = mixed(hash, said.providerIds(), said.parentId(), said.seriesId(), said.seasonId(), said.index());
        hash = mixed(hash, said.indexEnd(), said.parentIndex(), said.premiere(), said.collectionType());
        hash = mixed(hash, said.albumArtist(), said.tracks());
        for (UpstreamItem.Source source : item.sources()) {
            hash = mixed(hash, source.id(), source.versionItemId(), source.size(), source.runTimeTicks());
        }
        for (UpstreamItem.ByName name : item.byName()) {
            hash = mixed(hash, name.kind().code(), name.name(), name.id(), name.role(), name.providerIds());
        }
        return hash == 0 ? 1 : hash;
    }

    private static long mixed(long hash, Object... values) {
        long mixed = hash;
        for (Object value : values) {
            mixed = (mixed ^ value.hashCode()) * 0x9e3779b97f4a7c15L;
            mixed ^= mixed >>> 29;
        }
        return mixed;
    }

    private static long checksum(Checksum of, byte[] document) {
        of.update(document);
        return of.getValue();
    }
}
