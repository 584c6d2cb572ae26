package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Long lists of ids in pieces, since databases bound the number of parameters of a statement. Pieces come in few sizes,
 * the last one filled up by repeating its last member, so that there are few texts of a statement to parse.
 */
final class Chunks {
    private static final int[] SIZES = {1, 5, 25, 100, 250, 500};

    private Chunks() {}

    static <T> List<List<T>> of(Collection<T> all) {
        int largest = SIZES[SIZES.length - 1];
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += largest) {
            chunks.add(filled(list.subList(from, Math.min(from + largest, list.size()))));
        }
        return chunks;
    }

    private static <T> List<T> filled(List<T> chunk) {
        int size = 0;
        for (int i = 0; size < chunk.size(); i++) {
            size = SIZES[i];
        }
        List<T> filled = new ArrayList<>(chunk);
        filled.addAll(Collections.nCopies(size - chunk.size(), chunk.getLast()));
        return filled;
    }

    /** What the question answers for each piece, in one list. */
    static <T, R> List<R> ask(Collection<T> all, Function<List<T>, List<R>> question) {
        List<R> answers = new ArrayList<>();
        for (List<T> chunk : of(all)) {
            answers.addAll(question.apply(chunk));
        }
        return answers;
    }
}
