package org.embygateway.index.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.FoldedName;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/**
 * An upstream's item made ready for the database, outside of the transaction.
 *
 * @param content hash of all of it, never 0
 * @param names the by-name items it names, in order
 */
record Learned(
        CopyIdentity identity,
        Description description,
        long content,
        byte[] document,
        List<UpstreamItem.Source> sources,
        List<Name> names) {

    private static final int MAX_ROLE = 100;

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
        return new Learned(
                new CopyIdentity(upstream.value(), Copies.space(item.kind()), Texts.storable(item.id())),
                Description.of(item),
                hash(item),
                Documents.pack(item.document()),
                item.sources().stream().map(Learned::storable).toList(),
                item.byName().stream()
                        .filter(name -> name.kind().isByName() && !name.name().isBlank())
                        .map(name -> Name.of(upstream, name))
                        .toList());
    }

    private static UpstreamItem.Source storable(UpstreamItem.Source source) {
        return new UpstreamItem.Source(
                Texts.storable(source.id()),
                Texts.storable(source.versionItemId()),
                source.size(),
                source.runTimeTicks());
    }

    private static long hash(UpstreamItem item) {
        MessageDigest digest = sha256();
        StringBuilder text = new StringBuilder();
        Description said = Description.of(item);
        field(text, said.kind(), said.libraryId(), said.name(), said.year(), said.runTimeTicks());
        field(text, ProviderIds.text(said.providerIds()), said.parentId(), said.seriesId(), said.seasonId());
        field(text, said.index(), said.indexEnd(), said.parentIndex(), said.premiere(), said.collectionType());
        item.sources().forEach(s -> field(text, s.id(), s.versionItemId(), s.size(), s.runTimeTicks()));
        item.byName()
                .forEach(n -> field(text, n.kind(), n.name(), n.id(), n.role(), ProviderIds.text(n.providerIds())));
        digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
        long hash = ByteBuffer.wrap(digest.digest(item.document())).getLong();
        return hash == 0 ? 1 : hash;
    }

    private static void field(StringBuilder text, Object... values) {
        for (Object value : values) {
            text.append(value).append('\0');
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
