package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Texts that many items share, each with a number that it keeps; see {@link Catalogue#tidy}. */
final class Words implements TextNumbers {
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private volatile String[] texts = new String[256];
    private int size;

    @Override
    public int of(String text) {
        Integer known = numbers.get(text);
        return known != null ? known : added(text);
    }

    private synchronized int added(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        String[] room = size < texts.length ? texts : Arrays.copyOf(texts, size * 2);
        room[size] = text;
        texts = room;
        numbers.put(text, size);
        return size++;
    }

    /** Empty for a text that no item was ever known to have. */
    OptionalInt find(String text) {
        Integer known = numbers.get(text);
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }

    /** With those that no item has any more. */
    synchronized int size() {
        return size;
    }

    /** Every text, in the order of the numbers. */
    synchronized List<String> all() {
        return List.of(Arrays.copyOf(texts, size));
    }

    @Override
    public String text(int number) {
        return texts[number];
    }
}
