package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.rewrite.ImageTag;

/**
 * JSON under construction, as UTF-8: names and values one after the other, without nodes. Commas come by themselves;
 * that brackets match and every name has a value is the caller's affair.
 */
final class JsonText {
    private static final long DAY = 86_400_000;
    private static final int LAST_YEAR = 9999;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    /** A number of so many digits has no more than a value of seven bits a byte has room for. */
    private static final int LONGEST = 20;

    private byte[] bytes;
    private int size;

    /** @param room bytes there is room for at first */
    JsonText(int room) {
        this.bytes = new byte[Math.max(64, room)];
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** What is written so far, as nodes; it must be one whole value. */
    JsonNode tree() {
        try {
            return EmbyJson.read(bytes());
        } catch (IOException e) {
            throw new IllegalStateException("what was written is no JSON", e);
        }
    }

    /** Begins an object or an array. */
    JsonText open(char bracket) {
        comma();
        put(bracket);
        return this;
    }

    JsonText close(char bracket) {
        put(bracket);
        return this;
    }

    /** The name of the next value; of letters, digits and the like. */
    JsonText name(String field) {
        comma();
        int length = field.length();
        room(length + 3);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) field.charAt(i);
        }
        bytes[size++] = '"';
        bytes[size++] = ':';
        return this;
    }

    /** As {@link #name}, of any letters. */
    JsonText anyName(String field) {
        text(field);
        put(':');
        return this;
    }

    JsonText text(String value) {
        comma();
        int length = value.length();
        room(length * 6 + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                ascii(c);
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xC0 | c >> 6);
                bytes[size++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                bytes[size++] = (byte) (0xE0 | c >> 12);
                bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | c & 0x3F);
            } else if (i + 1 < length && Character.isSurrogatePair(c, value.charAt(i + 1))) {
                i++;
                supplementary(Character.toCodePoint(c, value.charAt(i)));
            } else {
                bytes[size++] = '?';
            }
        }
        bytes[size++] = '"';
        return this;
    }

    private void ascii(char c) {
        if (c == '"' || c == '\\') {
            bytes[size++] = '\\';
            bytes[size++] = (byte) c;
        } else if (c >= ' ') {
            bytes[size++] = (byte) c;
        } else {
            bytes[size++] = '\\';
            bytes[size++] = 'u';
            bytes[size++] = '0';
            bytes[size++] = '0';
            bytes[size++] = HEX[c >> 4];
            bytes[size++] = HEX[c & 0xF];
        }
    }

    private void supplementary(int c) {
        bytes[size++] = (byte) (0xF0 | c >> 18);
        bytes[size++] = (byte) (0x80 | c >> 12 & 0x3F);
        bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[size++] = (byte) (0x80 | c & 0x3F);
    }

    JsonText tag(ImageTag tag) {
        comma();
        room(34);
        bytes[size++] = '"';
        hex(tag.stamp());
        hex(tag.rest());
        bytes[size++] = '"';
        return this;
    }

    private void hex(long digits) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[(int) (digits >>> shift) & 0xF];
        }
    }

    JsonText number(long value) {
        comma();
        digits(value);
        return this;
    }

    /** An id, which is a text. */
    JsonText id(int value) {
        comma();
        put('"');
        digits(value);
        put('"');
        return this;
    }

    private void digits(long value) {
        if (value == Long.MIN_VALUE) {
            ascii(Long.toString(value));
            return;
        }
        room(LONGEST);
        long rest = Math.abs(value);
        if (value < 0) {
            bytes[size++] = '-';
        }
        int length = 1;
        for (long left = rest / 10; left > 0; left /= 10) {
            length++;
        }
        size += length;
        for (int at = size - 1; at >= size - length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Without a point when there is nothing behind it. */
    JsonText number(double value) {
        return (long) value == value ? number((long) value) : raw(Double.toString(value));
    }

    /** With as many digits as tell it from other numbers of its size. */
    JsonText number(float value) {
        return (long) value == value ? number((long) value) : raw(Float.toString(value));
    }

    JsonText flag(boolean value) {
        return raw(value ? "true" : "false");
    }

    /** @param json ASCII */
    JsonText raw(String json) {
        comma();
        ascii(json);
        return this;
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** Fields as {@link EmbyJson} writes them, of an object that is open here. */
    JsonText fields(byte[] object) {
        if (object.length > 2) {
            comma();
            room(object.length);
            System.arraycopy(object, 1, bytes, size, object.length - 2);
            size += object.length - 2;
        }
        return this;
    }

    /** As {@link EmbyJson#date}. */
    JsonText date(long millis) {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
        if (day.getYear() < 0 || day.getYear() > LAST_YEAR) {
            return text(EmbyJson.date(Instant.ofEpochMilli(millis)));
        }
        int left = (int) Math.floorMod(millis, DAY);
        comma();
        room(32);
        put('"');
        padded(day.getYear(), 4, '-');
        padded(day.getMonthValue(), 2, '-');
        padded(day.getDayOfMonth(), 2, 'T');
        padded(left / 3_600_000, 2, ':');
        padded(left / 60_000 % 60, 2, ':');
        padded(left / 1000 % 60, 2, '.');
        padded(left % 1000 * 10_000, 7, 'Z');
        put('"');
        return this;
    }

    private void padded(int value, int digits, char after) {
        int rest = value;
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        bytes[size++] = (byte) after;
    }

    private void comma() {
        if (size > 0) {
            byte last = bytes[size - 1];
            if (last != '{' && last != '[' && last != ':') {
                put(',');
            }
        }
    }

    private void put(char c) {
        room(1);
        bytes[size++] = (byte) c;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
