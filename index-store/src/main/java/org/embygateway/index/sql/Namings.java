package org.embygateway.index.sql;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
            while (in.available() > 0) {
                namings.add(new Naming(in.readInt(), in.readUTF().intern()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return namings;
    }
}
