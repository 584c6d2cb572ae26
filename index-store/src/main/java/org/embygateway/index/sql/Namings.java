package org.embygateway.index.sql;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The by-name copies that an item names, with their roles, packed into bytes. */
final class Namings {
    private Namings() {}

    /** @param copy {@code item_copy.id} of the by-name item */
    record Naming(int copy, String role) {}

    static byte[] pack(List<Naming> namings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(namings.size() * 12);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Naming naming : namings) {
                out.writeInt(naming.copy());
                out.writeUTF(naming.role());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<Naming> unpack(byte[] packed) {
        List<Naming> namings = new ArrayList<>();
        String role = "";
        int from = 0;
        int length = 0;
        ByteBuffer in = ByteBuffer.wrap(packed);
        while (in.hasRemaining()) {
            int copy = in.getInt();
            int size = in.getShort() & 0xFFFF;
            int at = in.position();
            if (!Arrays.equals(packed, from, from + length, packed, at, at + size)) {
                role = role(packed, at); // most have that of the one before
                from = at;
                length = size;
            }
            namings.add(new Naming(copy, role));
            in.position(at + size);
        }
        return namings;
    }

    private static String role(byte[] packed, int at) {
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(packed, at - Short.BYTES, packed.length - at + Short.BYTES))) {
            return in.readUTF().intern();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
