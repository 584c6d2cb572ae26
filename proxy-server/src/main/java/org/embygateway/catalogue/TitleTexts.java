package org.embygateway.catalogue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The titles of all items side by side, packed like {@link Rows}; immutable. A search compares tens of thousands of them,
 * for which unpacking whole rows would take too long.
 */
final class TitleTexts {
    static final TitleTexts EMPTY = new TitleTexts(new Rows.Block[0]);

    /** No rank: the titles have to be unpacked to know. */
    static final int UNKNOWN = -1;

    private static final char BETWEEN = '\n';

    private final Rows.@Nullable Block[] blocks;

    private TitleTexts(Rows.@Nullable Block[] blocks) {
        this.blocks = blocks;
    }

    /** Those that somebody sees who sees all servers. */
    Titles get(int id) {
        Rows.Block block = blocks[id / Rows.BLOCK];
        if (block == null) {
            throw new IllegalArgumentException("no titles of item " + id);
        }
        int place = id % Rows.BLOCK;
        int start = block.start(place);
        String all = new String(block.bytes(), start, block.ends()[place] - start, StandardCharsets.UTF_8);
        int end = all.indexOf(BETWEEN);
        return end == all.length() - 1
                ? new Titles(all.substring(0, end), List.of())
                : new Titles(
                        all.substring(0, end), List.of(all.substring(end + 1).split("\n")));
    }

    /** The rank among {@link Term}'s of a word of ASCII letters, when that can be told without unpacking anything. */
    int rank(int id, byte[] word) {
        Rows.Block block = blocks[id / Rows.BLOCK];
        if (block == null) {
            return UNKNOWN;
        }
        byte[] bytes = block.bytes();
        int start = block.start(id % Rows.BLOCK);
        boolean inside = false;
        int i = start;
        for (; bytes[i] != BETWEEN; i++) {
            if (bytes[i] < 0) {
                return UNKNOWN;
            }
            if (bytes[i] == word[0] && isAt(word, bytes, i)) {
                if (i == start || bytes[i - 1] == ' ') {
                    return i == start ? atStart(bytes[i + word.length]) : Term.WORDS;
                }
                inside = true;
            }
        }
        boolean only = i + 1 == block.ends()[id % Rows.BLOCK];
        return inside ? Term.INSIDE : only ? Term.NO_MATCH : UNKNOWN;
    }

    /** No word goes on behind the end of a name. */
    private static boolean isAt(byte[] word, byte[] bytes, int at) {
        for (int i = 1; i < word.length; i++) {
            if (bytes[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static int atStart(byte next) {
        return next == BETWEEN ? Term.WHOLE : next == ' ' ? Term.FIRST_WORDS : Term.START;
    }

    private static byte[] packed(Titles titles) {
        return (titles.name() + BETWEEN + String.join("\n", titles.others())).getBytes(StandardCharsets.UTF_8);
    }

    void write(DataOutput out) throws IOException {
        Rows.write(blocks, out);
    }

    /** @param most no number that is read may be larger */
    static TitleTexts read(DataInput in, long most) throws IOException {
        return new TitleTexts(Rows.read(in, most));
    }

    Edit edit() {
        return new Edit();
    }

    /** Changes under way; used by one thread. */
    final class Edit {
        private static final int LOOSE = 64;

        private final Map<Integer, byte[][]> loose = new HashMap<>();
        private Rows.@Nullable Block[] changed = blocks.clone();

        void put(int id, Titles titles) {
            loose(id)[id % Rows.BLOCK] = packed(titles);
        }

        void remove(int id) {
            loose(id)[id % Rows.BLOCK] = Rows.NOTHING;
        }

        private byte[][] loose(int id) {
            int number = id / Rows.BLOCK;
            if (loose.size() >= LOOSE && !loose.containsKey(number)) {
                settle();
            }
            return loose.computeIfAbsent(number, block -> Rows.taken(block < changed.length ? changed[block] : null));
        }

        private void settle() {
            loose.forEach((number, titles) -> {
                if (number >= changed.length) {
                    changed = Arrays.copyOf(changed, Math.max(number + 1, changed.length + changed.length / 8));
                }
                changed[number] = Rows.packed(titles);
            });
            loose.clear();
        }

        TitleTexts done() {
            settle();
            return new TitleTexts(changed);
        }
    }
}
