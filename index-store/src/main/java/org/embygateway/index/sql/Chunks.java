package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Long lists of ids in pieces, since databases bound the number of parameters of a statement. */
final class Chunks {
    private static final int SIZE = 500;

    private Chunks() {}

    static <T> List<List<T>> of(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += SIZE) {
            chunks.add(list.subList(from, Math.min(from + SIZE, list.size())));
        }
        return chunks;
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
