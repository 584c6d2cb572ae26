package org.embygateway.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.ItemKind;

/**
 * Packs rows into bytes, to be read again by {@link RowInput}. Numbers have seven bits a byte, the lowest first. Of the
 * facts only those are written that differ from what is usual: in the first part of an item from {@link Facts#NONE}, in
 * the others from the first part, of what is {@link Shown} partly from what the other facts make likely; a number ahead of them has a bit for each that is there. First come the numbers and
 * names of all parts, which orders need, then the lists of all parts, those last that pages do without. Texts that many items share are numbers of
 * {@link Words}.
 */
final class RowOutput {
    static final int DAY = 86_400_000;
    /** Bytes of the number that says which facts are there. */
    static final int MASK = 5;

    private final TextNumbers words;
    private byte[] bytes = new byte[1024];
    private int size;
    private long present;
    private ItemKind kind = ItemKind.MOVIE;

    RowOutput(TextNumbers words) {
        this.words = words;
    }

    byte[] packed(Row row) {
        size = 0;
        kind = row.kind();
        number(kind.code());
        number(row.stamp());
        number(row.series());
        number(row.season());
        number(row.album());
        List<Row.Part> parts = row.parts();
        Facts first = parts.isEmpty() ? row.facts() : parts.getFirst().facts();
        number(parts.size());
        long[] masks = new long[Math.max(1, parts.size())];
        for (int i = 0; i < masks.length; i++) {
            number(parts.isEmpty() ? 0 : parts.get(i).upstream());
            masks[i] = head(i == 0 ? first : parts.get(i).facts(), i == 0 ? Facts.NONE : first);
        }
        number(row.views().size());
        row.views().forEach(this::number);
        for (int i = 0; i < masks.length; i++) {
            words(parts.isEmpty() ? List.of() : parts.get(i).libraries());
            lists(i == 0 ? first : parts.get(i).facts(), masks[i]);
        }
        return Arrays.copyOf(bytes, size);
    }

    /** What is not a list; the answer says which facts are there, lists too. */
    private long head(Facts facts, Facts usual) {
        int at = size;
        room(MASK);
        size += MASK;
        present = 0;
        titles(facts, usual);
        scalars(facts, usual);
        places(facts, usual);
        presentLists(facts, usual);
        for (int i = 0; i < MASK; i++) {
            bytes[at + i] = (byte) (present >>> 8 * i);
        }
        return present;
    }

    private void titles(Facts facts, Facts usual) {
        if (differs(0, facts.name(), usual.name())) {
            text(facts.name());
        }
        if (differs(1, facts.folded(), Text.fold(facts.name()))) {
            text(facts.folded());
        }
        if (differs(2, facts.sortKey(), Text.sortKey(facts.name()))) {
            text(facts.sortKey());
        }
        if (differs(3, facts.original(), usual.original())) {
            text(facts.original());
        }
    }

    private void scalars(Facts facts, Facts usual) {
        number(4, facts.year(), usual.year());
        date(5, facts.premiere(), usual.premiere());
        date(6, facts.end(), usual.end());
        date(7, facts.created(), usual.created());
        date(8, facts.saved(), usual.saved());
        rating(9, facts.communityRating(), usual.communityRating());
        rating(10, facts.criticRating(), usual.criticRating());
        word(11, facts.officialRating(), usual.officialRating());
        number(12, facts.runTime(), usual.runTime());
        number(13, facts.size(), usual.size());
        number(14, facts.bitrate(), usual.bitrate());
        word(15, facts.status(), usual.status());
        word(16, facts.collectionType(), usual.collectionType());
        word(17, facts.album(), usual.album());
        if (differs(18, facts.upstreamAlbum(), usual.upstreamAlbum())) {
            text(facts.upstreamAlbum());
        }
    }

    private void places(Facts facts, Facts usual) {
        number(19, facts.number(), usual.number());
        number(20, facts.numberEnd(), usual.numberEnd());
        number(21, facts.parentNumber(), usual.parentNumber());
        number(22, facts.airedSeason(), usual.airedSeason());
        number(23, facts.airedNumber(), usual.airedNumber());
    }

    private void presentLists(Facts facts, Facts usual) {
        differs(24, facts.albumArtists(), usual.albumArtists());
        differs(25, facts.artists(), usual.artists());
        differs(26, facts.providerIds(), usual.providerIds());
        differs(27, facts.traits(), usual.traits());
        differs(28, facts.tech(), usual.tech());
        differs(29, facts.refs(), usual.refs());
        differs(30, facts.images(), usual.images());
        differs(31, facts.composers(), usual.composers());
        differs(32, facts.airing(), usual.airing());
        presentShown(facts, usual.shown());
    }

    private void presentShown(Facts facts, Shown usual) {
        Shown shown = facts.shown();
        differs(33, shown.version(), FirstVersion.usual(facts, kind));
        differs(34, shown.artistIds(), usualIds(facts));
        differs(35, shown.mediaType(), usual.mediaType());
        differs(36, shown.albumArtist(), Shown.usualAlbumArtist(facts.albumArtists()));
        differs(37, shown.aspectRatio(), usual.aspectRatio());
        differs(38, shown.extraType(), usual.extraType());
        differs(39, shown.channelName(), usual.channelName());
    }

    private static Shown.ArtistIds usualIds(Facts facts) {
        return Shown.ArtistIds.usual(facts.artists(), facts.albumArtists(), facts.composers(), facts.refs());
    }

    private void lists(Facts facts, long mask) {
        if (has(mask, 24)) {
            words(facts.albumArtists());
        }
        if (has(mask, 25)) {
            words(facts.artists());
        }
        if (has(mask, 27)) {
            number(facts.traits().stream()
                    .mapToInt(trait -> 1 << trait.ordinal())
                    .sum());
        }
        if (has(mask, 28)) {
            tech(facts.tech());
        }
        if (has(mask, 30)) {
            images(facts.images());
        }
        if (has(mask, 31)) {
            words(facts.composers());
        }
        if (has(mask, 32)) {
            words(facts.airing().days());
            number(words.of(facts.airing().time()));
        }
        shown(facts, mask);
        if (has(mask, 26)) {
            providerIds(facts.providerIds());
        }
        if (has(mask, 29)) {
            refs(facts.refs());
        }
    }

    private void shown(Facts facts, long mask) {
        Shown shown = facts.shown();
        if (has(mask, 33)) {
            version(shown.version(), FirstVersion.usual(facts, kind));
        }
        if (has(mask, 34)) {
            ids(shown.artistIds().artists());
            ids(shown.artistIds().albumArtists());
            ids(shown.artistIds().composers());
        }
        String[] texts = {
            shown.mediaType(), shown.albumArtist(), shown.aspectRatio(), shown.extraType(), shown.channelName()
        };
        for (int i = 0; i < texts.length; i++) {
            if (has(mask, 35 + i)) {
                number(words.of(texts[i]));
            }
        }
    }

    /** First a number that has a bit for each that is not as usual. */
    private void version(FirstVersion version, FirstVersion usual) {
        boolean container = !version.container().equals(usual.container());
        boolean runTime = version.runTime() != usual.runTime();
        boolean size = version.width() != usual.width() || version.height() != usual.height();
        boolean bitrate = version.bitrate() != usual.bitrate();
        number((version.isVersion() ? 1 : 0)
                | (version.highRange() ? 2 : 0)
                | (container ? 4 : 0)
                | (runTime ? 8 : 0)
                | (size ? 16 : 0)
                | (bitrate ? 32 : 0));
        if (container) {
            number(words.of(version.container()));
        }
        if (runTime) {
            signed(version.runTime());
        }
        if (size) {
            signed(version.width());
            signed(version.height());
        }
        if (bitrate) {
            signed(version.bitrate());
        }
    }

    private void ids(List<Integer> ids) {
        number(ids.size());
        ids.forEach(this::number);
    }

    static boolean has(long mask, int bit) {
        return (mask >>> bit & 1) == 1;
    }

    private boolean differs(int bit, Object value, Object usual) {
        boolean differs = !value.equals(usual);
        present |= differs ? 1L << bit : 0;
        return differs;
    }

    private void number(int bit, long value, long usual) {
        if (differs(bit, value, usual)) {
            signed(value);
        }
    }

    /** Most dates are whole days: the lowest bit says whether what is above it counts days or milliseconds. */
    private void date(int bit, long value, long usual) {
        if (differs(bit, value, usual)) {
            boolean days = value % DAY == 0;
            signed(value == Facts.NO_DATE ? value : days ? value / DAY * 2 + 1 : value * 2);
        }
    }

    private void rating(int bit, float value, float usual) {
        if (differs(bit, value, usual)) {
            number(Integer.reverseBytes(Float.floatToIntBits(value)) & 0xFFFFFFFFL);
        }
    }

    private void word(int bit, String value, String usual) {
        if (differs(bit, value, usual)) {
            number(words.of(value));
        }
    }

    /** Of {@code imdb.tt0133093} the provider as a word, the count of digits, whether "tt" is before them, the number. */
    private void providerIds(Set<String> ids) {
        number(ids.size());
        for (String id : ids) {
            int point = id.indexOf('.') + 1;
            boolean tt = id.startsWith("tt", point);
            int digits = point + (tt ? 2 : 0);
            number(words.of(id.substring(0, point)));
            if (isNumber(id, digits)) {
                number((id.length() - digits) * 2 + (tt ? 1 : 0));
                number(Long.parseLong(id, digits, id.length(), 10));
            } else {
                number(0);
                text(id.substring(point));
            }
        }
    }

    private static boolean isNumber(String text, int from) {
        return from < text.length()
                && text.length() - from <= 18
                && text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
    }

    private void tech(Tech tech) {
        for (List<String> texts : tech.texts()) {
            words(texts);
        }
        number(tech.width());
        number(tech.height());
        number(Integer.reverseBytes(Float.floatToIntBits(tech.frameRate())) & 0xFFFFFFFFL);
        number(tech.is3d() ? 1 : 0);
    }

    /** In runs of one kind and role. */
    private void refs(List<Facts.Ref> refs) {
        int from = 0;
        while (from < refs.size()) {
            Facts.Ref first = refs.get(from);
            int to = from;
            while (to < refs.size()
                    && refs.get(to).kind() == first.kind()
                    && refs.get(to).role().equals(first.role())) {
                to++;
            }
            number(to - from);
            number(first.kind().code());
            number(words.of(first.role()));
            refs.subList(from, to).forEach(ref -> number(ref.id().value()));
            from = to;
        }
        number(0);
    }

    private void images(Images images) {
        number(images.all().size());
        for (Images.Image image : images.all()) {
            number(words.of(image.type()));
            number(image.index());
            number(image.upstream());
            room(Long.BYTES);
            for (int i = 0; i < Long.BYTES; i++) {
                bytes[size++] = (byte) (image.tag().stamp() >>> 8 * i);
            }
        }
    }

    private void words(Collection<String> values) {
        number(values.size());
        values.forEach(value -> number(words.of(value)));
    }

    private void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    private void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    private void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
