package org.embygateway.play;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A source with its place in the order of preference.
 *
 * @param source as the client gets it
 */
record Ranked(ObjectNode source, Target target, Score score) implements Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
        return score.compareTo(other.score);
    }
}
