package org.embygateway.catalogue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hundreds of thousands of words, side by side, each with a number that it keeps. It only grows: one thread at a time may
 * add words, and others may read those they know the numbers of.
 */
final class Vocabulary {
    private static final int NONE = -1;

    private volatile byte[] letters = new byte[256];
    private volatile int[] ends = new int[16];
    private int[] slots = new int[32];
    private int size;

    Vocabulary() {
        Arrays.fill(slots, NONE);
    }

    /** The number of a word, a new one when it is unknown. */
    int of(String word) {
        return of(word.getBytes(StandardCharsets.UTF_8));
    }

    private int of(byte[] bytes) {
        int slot = slot(bytes);
        return slots[slot] == NONE ? add(bytes, slot) : slots[slot];
    }

    private int slot(byte[] bytes) {
        int mask = slots.length - 1;
        int slot = hash(bytes, 0, bytes.length) & mask;
        while (slots[slot] != NONE && !isAt(slots[slot], bytes)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        hash *= 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    private boolean isAt(int number, byte[] bytes) {
        return Arrays.equals(letters, start(number), ends[number], bytes, 0, bytes.length);
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private int add(byte[] bytes, int slot) {
        int from = size == 0 ? 0 : ends[size - 1];
        int to = Math.addExact(from, bytes.length);
        if (to > letters.length) {
            letters = Arrays.copyOf(letters, Math.max(to, from + from / 2));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size + size / 2);
        }
        System.arraycopy(bytes, 0, letters, from, bytes.length);
        ends[size] = to;
        slots[slot] = size++;
        if (size * 2 > slots.length) {
            spread();
        }
        return size - 1;
    }

    private void spread() {
        int[] wide = new int[slots.length * 2];
        Arrays.fill(wide, NONE);
        for (int number = 0; number < size; number++) {
            int slot = hash(letters, start(number), ends[number]) & wide.length - 1;
            while (wide[slot] != NONE) {
                slot = slot + 1 & wide.length - 1;
            }
            wide[slot] = number;
        }
        slots = wide;
    }

    String text(int number) {
        int from = start(number);
        return new String(letters, from, ends[number] - from, StandardCharsets.UTF_8);
    }

    /** The first words, which those who write know. */
    void write(int count, DataOutput out) throws IOException {
        out.writeInt(count);
        for (int number = 0; number < count; number++) {
            out.writeInt(ends[number] - start(number));
            out.write(letters, start(number), ends[number] - start(number));
        }
    }

    /** @param most no number that is read may be larger */
    static Vocabulary read(DataInput in, long most) throws IOException {
        Vocabulary read = new Vocabulary();
        int count = bounded(in.readInt(), most);
        for (int number = 0; number < count; number++) {
            byte[] bytes = new byte[bounded(in.readInt(), most)];
            in.readFully(bytes);
            if (read.of(bytes) != number) {
                throw new IOException("a word twice");
            }
        }
        return read;
    }

    private static int bounded(int number, long most) throws IOException {
        if (number < 0 || number > most) {
            throw new IOException("a number of " + number);
        }
        return number;
    }

    int size() {
        return size;
    }
}
