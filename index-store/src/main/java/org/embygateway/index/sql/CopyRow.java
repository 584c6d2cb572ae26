package org.embygateway.index.sql;

import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.Facts;

/**
 * A copy as the database keeps it.
 *
 * @param hasId false for by-name items that their upstream gave no id
 * @param seen the sweep it was last learned in
 * @param content hash of all that was learned; 0 for by-name items known from others only
 */
record CopyRow(
        int id,
        CopyIdentity identity,
        boolean hasId,
        Description description,
        boolean gone,
        long seen,
        long content,
        Placement placement) {

    CopyRow numbered(int newId) {
        return new CopyRow(newId, identity, hasId, description, gone, seen, content, placement);
    }

    CopyRow at(Placement newPlacement) {
        return new CopyRow(id, identity, hasId, description, gone, seen, content, newPlacement);
    }

    /** Learned anew: no longer gone; what is of another kind now is not below what it was below. */
    CopyRow learned(Description newDescription, long newSeen, long newContent) {
        boolean sameKind = newDescription.kind() == description.kind();
        Placement place = sameKind ? placement : placement.below(0, 0);
        return new CopyRow(id, identity, hasId, newDescription.keeping(description), false, newSeen, newContent, place);
    }

    Facts facts() {
        return new Facts(
                identity,
                description.kind(),
                gone,
                description.name(),
                description.year(),
                description.runTimeTicks(),
                description.providerIds(),
                placement.series(),
                description.index(),
                description.indexEnd(),
                description.parentIndex(),
                description.premiere(),
                description.collectionType(),
                description.albumArtist(),
                description.tracks());
    }
}
