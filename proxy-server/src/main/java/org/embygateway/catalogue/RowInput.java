package org.embygateway.catalogue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.rewrite.ImageTag;

/** Reads what {@link RowOutput} wrote. Equal texts are one object. */
final class RowInput {
    private static final Facts.Trait[] TRAITS = Facts.Trait.values();
    private static final int MOST = 1 << 24;

    private final DataInputStream in;
    private final List<String> texts = new ArrayList<>();
    private final List<Tech> techs = new ArrayList<>();

    RowInput(InputStream in) {
        this.in = new DataInputStream(in);
    }

    Row row(long stamp) throws IOException {
        int id = number();
        ItemKind kind = kind();
        int series = number();
        int season = number();
        int album = number();
        List<Integer> views = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            views.add(number());
        }
        List<Row.Part> parts = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            parts.add(new Row.Part(number(), texts(), facts()));
        }
        Facts facts = parts.isEmpty()
                ? facts()
                : Facts.merged(parts.stream().map(Row.Part::facts).toList());
        return new Row(id, kind, stamp, facts, series, season, album, views, parts);
    }

    private Facts facts() throws IOException {
        return new Facts(
                text(),
                text(),
                text(),
                text(),
                number(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readFloat(),
                in.readFloat(),
                text(),
                in.readLong(),
                in.readLong(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                text(),
                text(),
                text(),
                text(),
                texts(),
                texts(),
                Set.copyOf(texts()),
                traits(),
                tech(),
                refs(),
                images());
    }

    private Set<Facts.Trait> traits() throws IOException {
        Set<Facts.Trait> traits = new LinkedHashSet<>();
        for (int left = count(); left > 0; left--) {
            traits.add(TRAITS[number()]);
        }
        return Set.copyOf(traits);
    }

    private List<Facts.Ref> refs() throws IOException {
        List<Facts.Ref> refs = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            refs.add(new Facts.Ref(kind(), new ItemId(number()), text()));
        }
        return List.copyOf(refs);
    }

    private Tech tech() throws IOException {
        int known = number();
        if (known == techs.size()) {
            techs.add(new Tech(
                    texts(),
                    texts(),
                    texts(),
                    texts(),
                    texts(),
                    texts(),
                    texts(),
                    texts(),
                    number(),
                    number(),
                    in.readBoolean()));
        }
        return techs.get(known);
    }

    private Images images() throws IOException {
        List<Images.Image> images = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            images.add(new Images.Image(text(), number(), number(), new ImageTag(in.readLong())));
        }
        return images.isEmpty() ? Images.NONE : new Images(images);
    }

    private ItemKind kind() throws IOException {
        return ItemKind.ofCode(number());
    }

    private List<String> texts() throws IOException {
        int count = count();
        if (count == 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            values.add(text());
        }
        return List.copyOf(values);
    }

    private String text() throws IOException {
        int known = number();
        if (known == texts.size()) {
            byte[] bytes = new byte[count()];
            in.readFully(bytes);
            texts.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return texts.get(known);
    }

    private int count() throws IOException {
        int count = number();
        if (count < 0 || count > MOST) {
            throw new IOException("a count of " + count);
        }
        return count;
    }

    int number() throws IOException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("a number without an end");
    }
}
