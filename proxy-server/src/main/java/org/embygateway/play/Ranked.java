package org.embygateway.play;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A source with its place in the order of preference.
 *
 * @param source as the client gets it
 * @param score compared from the left, smaller is better
 * @param reasons why it stands where it stands, for people; names no server
 */
record Ranked(ObjectNode source, Target target, List<Long> score, List<String> reasons) implements Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
        for (int i = 0; i < Math.min(score.size(), other.score.size()); i++) {
            int order = Long.compare(score.get(i), other.score.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
