package org.embygateway.index.merge;

import java.util.Comparator;

/**
 * Something that copies of one title have in common.
 *
 * @param text starts with the kind, so that different kinds never share a key
 */
public record MergeKey(Strength strength, String text) implements Comparable<MergeKey> {
    private static final Comparator<MergeKey> ORDER =
            Comparator.comparing(MergeKey::strength).thenComparing(MergeKey::text);

    /** Stronger ones come first and are tried first. */
    public enum Strength {
        /** A provider's id: whoever shares it is the same title. */
        ID,
        /** Episodes below series, some of which have equal ids. */
        EPISODES,
        /** A place or a name that is given once: the number in a series, the name of a genre. */
        PLACE,
        /** A day of episodes without numbers, the name of a song on its album: joins where no server has two of it. */
        ONCE,
        /** A title, which counts with the year only; of albums with whose it is. */
        TITLE
    }

    /** Spreads over all 64 bits; two keys may share one, so it finds candidates and proves nothing. */
    public long hash() {
        long hash = 0xcbf29ce484222325L + strength.ordinal();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }

    @Override
    public int compareTo(MergeKey other) {
        return ORDER.compare(this, other);
    }
}
