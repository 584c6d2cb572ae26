package org.embygateway.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** As much of ASN.1's binary form as keys need: one value after the other, each with its tag and its length. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int SEQUENCE = 0x30;

    private final ByteBuffer bytes;

    Der(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }

    int nextTag() {
        return bytes.get(bytes.position()) & 0xFF;
    }

    /**
     * The content of the next value.
     *
     * @throws IllegalArgumentException when there is none
     */
    byte[] next() {
        try {
            bytes.get();
            int length = length();
            if (length < 0 || length > bytes.remaining()) {
                throw new IllegalArgumentException("a length of " + length);
            }
            byte[] content = new byte[length];
            bytes.get(content);
            return content;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("cut off", e);
        }
    }

    private int length() {
        int first = bytes.get() & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = length << 8 | bytes.get() & 0xFF;
        }
        return length;
    }

    /** A value of these parts, which are written already: shorter together than 64 KiB, as every key is. */
    static byte[] value(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        if (length > 0xFFFF) {
            throw new IllegalArgumentException("a length of " + length);
        }
        ByteBuffer all = ByteBuffer.allocate(4 + length).put((byte) tag);
        if (length < 0x80) {
            all.put((byte) length);
        } else if (length < 0x100) {
            all.put((byte) 0x81).put((byte) length);
        } else {
            all.put((byte) 0x82).putShort((short) length);
        }
        for (byte[] part : parts) {
            all.put(part);
        }
        byte[] written = new byte[all.flip().remaining()];
        all.get(written);
        return written;
    }
}
