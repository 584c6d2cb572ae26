package org.embygateway.index.merge;

import java.util.List;

/**
 * Why copies of one title are one.
 *
 * @param copies in order; some may be gone, and still prove it
 * @param text what they have in common: {@code same tmdb 603}
 * @param ruling number of the ruling that joined them; 0 when the rules did
 */
public record Reason(List<CopyIdentity> copies, String text, int ruling) {
    public Reason {
        copies = List.copyOf(copies);
    }
}
