package org.embygateway.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.rewrite.ImageTag;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RowOutput} wrote. */
final class RowInput {
    private static final Facts.Trait[] TRAITS = Facts.Trait.values();
    private static final ItemKind[] KINDS = new ItemKind[64];

    static {
        for (ItemKind kind : ItemKind.values()) {
            KINDS[kind.code()] = kind;
        }
    }

    private final TextNumbers words;
    private final byte[] bytes;
    private int at;
    private long present;

    RowInput(TextNumbers words, byte[] bytes, int at) {
        this.words = words;
        this.bytes = bytes;
        this.at = at;
    }

    /** The head of the row; what is large is unpacked when it is asked for. */
    Row row(int id) {
        ItemKind kind = KINDS[small()];
        long stamp = number();
        int series = small();
        int season = small();
        int album = small();
        return new Row(id, kind, stamp, series, season, album, new Packed(words, bytes, at, kind));
    }

    private record Opened(List<Integer> views, List<Row.Part> parts, Facts facts) {}

    /** May be opened twice by two threads, which does no harm. */
    private static final class Packed implements Row.Body {
        private final TextNumbers words;
        private final byte[] bytes;
        private final int at;
        private final ItemKind kind;
        private @Nullable Opened opened;

        Packed(TextNumbers words, byte[] bytes, int at, ItemKind kind) {
            this.words = words;
            this.bytes = bytes;
            this.at = at;
            this.kind = kind;
        }

        private Opened opened() {
            Opened known = opened;
            if (known == null) {
                known = new RowInput(words, bytes, at).body(kind, false);
                opened = known;
            }
            return known;
        }

        @Override
        public List<Integer> views() {
            return opened().views;
        }

        @Override
        public List<Row.Part> parts() {
            return opened().parts;
        }

        @Override
        public Facts facts() {
            return opened().facts;
        }

        @Override
        public Row.Listed listed() {
            Opened known = opened;
            if (known == null) {
                known = new RowInput(words, bytes, at).body(kind, true);
            }
            return new Row.Listed(known.facts, known.views);
        }

        @Override
        public String sortKey(IntPredicate upstreams) {
            return new RowInput(words, bytes, at).name(upstreams, 2, Text::sortKey);
        }

        @Override
        public String folded(IntPredicate upstreams) {
            return new RowInput(words, bytes, at).name(upstreams, 1, Text::fold);
        }

        @Override
        public Facts scalars(IntPredicate upstreams) {
            return new RowInput(words, bytes, at).scalars(upstreams);
        }
    }

    /** @param listed whether what {@link Row.Listed} may lack is left out, and the parts */
    private Opened body(ItemKind kind, boolean listed) {
        int count = small();
        int heads = Math.max(1, count);
        int[] upstreams = new int[heads];
        long[] masks = new long[heads];
        Facts[] facts = new Facts[heads];
        for (int i = 0; i < heads; i++) {
            upstreams[i] = small();
            facts[i] = head(i == 0 ? Facts.NONE : facts[0], true, !listed);
            masks[i] = present;
        }
        List<Integer> views = new ArrayList<>();
        for (int left = small(); left > 0; left--) {
            views.add(small());
        }
        List<Row.Part> parts = new ArrayList<>(count);
        for (int i = 0; i < heads; i++) {
            List<String> libraries = words(listed);
            present = masks[i];
            facts[i] = lists(facts[i], i == 0 ? Facts.NONE : facts[0], kind, listed, i == heads - 1);
            if (count > 0 && !listed) {
                parts.add(new Row.Part(upstreams[i], libraries, facts[i]));
            }
        }
        return new Opened(List.copyOf(views), List.copyOf(parts), heads == 1 ? facts[0] : Facts.merged(List.of(facts)));
    }

    private Facts scalars(IntPredicate of) {
        int count = small();
        Facts first = Facts.NONE;
        @Nullable Facts merged = null;
        for (int i = 0; i < Math.max(1, count); i++) {
            int upstream = small();
            Facts facts = head(first, false, false);
            first = i == 0 ? facts : first;
            if (count == 0 || of.test(upstream)) {
                merged = merged == null ? facts : merged.filledFrom(facts);
            }
        }
        return merged == null ? Facts.NONE : merged;
    }

    /** The folded name or the key of the first part that counts; of the name itself when none does. */
    private String name(IntPredicate of, int bit, UnaryOperator<String> usual) {
        int start = at;
        int count = small();
        int upstream = small();
        if (count > 0 && !of.test(upstream)) {
            at = start;
            return later(of, bit, usual);
        }
        begin();
        String name = text(0, "");
        if (has(1)) {
            String folded = text();
            if (bit == 1) {
                return folded;
            }
        }
        return bit == 2 && has(2) ? text() : usual.apply(name);
    }

    private String later(IntPredicate of, int bit, UnaryOperator<String> usual) {
        int count = small();
        Facts first = Facts.NONE;
        for (int i = 0; i < count; i++) {
            int upstream = small();
            Facts facts = head(first, true, true);
            first = i == 0 ? facts : first;
            if (of.test(upstream)) {
                return bit == 1 ? facts.folded() : facts.sortKey();
            }
        }
        return usual.apply(first.name());
    }

    private void begin() {
        present = 0;
        for (int i = 0; i < RowOutput.MASK; i++) {
            present |= (bytes[at++] & 0xFFL) << 8 * i;
        }
    }

    private boolean has(int bit) {
        return RowOutput.has(present, bit);
    }

    /**
     * @param named whether names are read too, else they are empty
     * @param keyed likewise what is made of names
     */
    private Facts head(Facts usual, boolean named, boolean keyed) {
        begin();
        String name = named ? text(0, usual.name()) : skipped(0);
        String folded = !keyed ? skipped(1) : has(1) ? text() : Text.fold(name);
        String key = !keyed ? skipped(2) : has(2) ? text() : Text.sortKey(name);
        String original = named ? text(3, usual.original()) : skipped(3);
        int year = small(4, usual.year());
        long premiere = date(5, usual.premiere());
        long end = date(6, usual.end());
        long created = date(7, usual.created());
        long saved = date(8, usual.saved());
        float communityRating = rating(9, usual.communityRating());
        float criticRating = rating(10, usual.criticRating());
        String officialRating = word(11, usual.officialRating());
        long runTime = number(12, usual.runTime());
        long size = number(13, usual.size());
        int bitrate = small(14, usual.bitrate());
        String status = word(15, usual.status());
        String collectionType = word(16, usual.collectionType());
        String album = word(17, usual.album());
        String upstreamAlbum = text(18, usual.upstreamAlbum());
        int number = small(19, usual.number());
        int numberEnd = small(20, usual.numberEnd());
        int parentNumber = small(21, usual.parentNumber());
        int airedSeason = small(22, usual.airedSeason());
        int airedNumber = small(23, usual.airedNumber());
        return new Facts(
                name,
                folded,
                original,
                key.equals(folded) ? folded : key,
                year,
                premiere,
                end,
                created,
                saved,
                communityRating,
                criticRating,
                officialRating,
                runTime,
                size,
                bitrate,
                number,
                numberEnd,
                parentNumber,
                airedSeason,
                airedNumber,
                status,
                collectionType,
                album,
                upstreamAlbum,
                List.of(),
                List.of(),
                List.of(),
                Airing.NONE,
                Set.of(),
                Set.of(),
                Tech.NONE,
                List.of(),
                Images.NONE,
                Shown.NONE);
    }

    private String skipped(int bit) {
        if (has(bit)) {
            int length = small();
            at += length;
        }
        return "";
    }

    /** @param last whether nothing is read after this part */
    private Facts lists(Facts head, Facts usual, ItemKind kind, boolean listed, boolean last) {
        List<String> albumArtists = has(24) ? words() : usual.albumArtists();
        List<String> artists = has(25) ? words() : usual.artists();
        Set<Facts.Trait> traits = has(27) ? traits() : usual.traits();
        Tech tech = has(28) ? tech(listed) : usual.tech();
        Images images = has(30) ? images() : usual.images();
        List<String> composers = has(31) ? words() : usual.composers();
        Airing airing = has(32) ? new Airing(words(), word()) : usual.airing();
        FirstVersion version = version(FirstVersion.usual(tech, head.runTime(), head.bitrate(), kind));
        Optional<Shown.ArtistIds> ids =
                has(34) ? Optional.of(new Shown.ArtistIds(ids(), ids(), ids())) : Optional.empty();
        String mediaType = word(35, usual.shown().mediaType());
        String albumArtist = word(36, Shown.usualAlbumArtist(albumArtists));
        String aspectRatio = word(37, usual.shown().aspectRatio());
        String extraType = word(38, usual.shown().extraType());
        String channelName = word(39, usual.shown().channelName());
        boolean complete = listed
                && last
                && (ids.isPresent() || artists.isEmpty() && albumArtists.isEmpty() && composers.isEmpty());
        Set<String> providerIds =
                complete ? Set.of() : listed ? skippedProviderIds() : has(26) ? providerIds() : usual.providerIds();
        List<Facts.Ref> refs = complete ? List.of() : has(29) ? refs(listed) : usual.refs();
        Shown shown = new Shown(
                version,
                ids.orElseGet(() -> Shown.ArtistIds.usual(artists, albumArtists, composers, refs)),
                mediaType,
                albumArtist,
                aspectRatio,
                extraType,
                channelName);
        return head.withLists(albumArtists, artists, providerIds, traits, tech, refs, images, composers, airing, shown);
    }

    private FirstVersion version(FirstVersion usual) {
        if (!has(33)) {
            return usual;
        }
        int differs = small();
        boolean size = (differs & 16) != 0;
        return new FirstVersion(
                (differs & 1) != 0,
                (differs & 4) != 0 ? word() : usual.container(),
                (differs & 8) != 0 ? signed() : usual.runTime(),
                size ? (int) signed() : usual.width(),
                size ? (int) signed() : usual.height(),
                (differs & 2) != 0,
                (differs & 32) != 0 ? signed() : usual.bitrate());
    }

    private List<Integer> ids() {
        List<Integer> ids = new ArrayList<>();
        for (int left = small(); left > 0; left--) {
            ids.add(small());
        }
        return ids;
    }

    private String text(int bit, String usual) {
        return has(bit) ? text() : usual;
    }

    private String word(int bit, String usual) {
        return has(bit) ? word() : usual;
    }

    private int small(int bit, int usual) {
        return (int) number(bit, usual);
    }

    private long number(int bit, long usual) {
        return has(bit) ? signed() : usual;
    }

    private long date(int bit, long usual) {
        if (!has(bit)) {
            return usual;
        }
        long value = signed();
        if (value == Facts.NO_DATE) {
            return value;
        }
        return (value & 1) == 1 ? (value - 1) / 2 * RowOutput.DAY : value >> 1;
    }

    private float rating(int bit, float usual) {
        return has(bit) ? Float.intBitsToFloat(Integer.reverseBytes((int) number())) : usual;
    }

    private Set<String> providerIds() {
        Set<String> ids = new HashSet<>();
        for (int left = small(); left > 0; left--) {
            String provider = word();
            int form = small();
            ids.add(provider + (form == 0 ? text() : digits(form >> 1, (form & 1) == 1)));
        }
        return Set.copyOf(ids);
    }

    private Set<String> skippedProviderIds() {
        for (int left = has(26) ? small() : 0; left > 0; left--) {
            number();
            if (small() == 0) {
                int length = small();
                at += length;
            } else {
                number();
            }
        }
        return Set.of();
    }

    private String digits(int count, boolean tt) {
        String digits = Long.toString(number());
        return (tt ? "tt" : "") + "0".repeat(count - digits.length()) + digits;
    }

    private Set<Facts.Trait> traits() {
        Set<Facts.Trait> traits = EnumSet.noneOf(Facts.Trait.class);
        int bits = small();
        for (Facts.Trait trait : TRAITS) {
            if ((bits >> trait.ordinal() & 1) == 1) {
                traits.add(trait);
            }
        }
        return traits;
    }

    /** @param listed whether only what decides on the first version is read */
    private Tech tech(boolean listed) {
        return new Tech(
                words(),
                words(listed),
                words(listed),
                words(listed),
                words(listed),
                words(),
                words(listed),
                words(listed),
                small(),
                small(),
                Float.intBitsToFloat(Integer.reverseBytes((int) number())),
                small() == 1);
    }

    /** @param artists whether only those to artists are read */
    private List<Facts.Ref> refs(boolean artists) {
        List<Facts.Ref> refs = new ArrayList<>();
        for (int run = small(); run > 0; run = small()) {
            ItemKind kind = KINDS[small()];
            String role = word();
            boolean skipped = artists && kind != ItemKind.MUSIC_ARTIST;
            for (int left = run; left > 0; left--) {
                if (skipped) {
                    number();
                    continue;
                }
                refs.add(new Facts.Ref(kind, new ItemId(small()), role));
            }
        }
        return List.copyOf(refs);
    }

    private Images images() {
        List<Images.Image> images = new ArrayList<>();
        for (int left = small(); left > 0; left--) {
            images.add(new Images.Image(word(), small(), small(), new ImageTag(fixed())));
        }
        return new Images(images);
    }

    private long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value |= (bytes[at++] & 0xFFL) << 8 * i;
        }
        return value;
    }

    private List<String> words(boolean skipped) {
        if (!skipped) {
            return words();
        }
        for (int left = small(); left > 0; left--) {
            number();
        }
        return List.of();
    }

    private List<String> words() {
        int count = small();
        if (count == 0) {
            return List.of();
        }
        if (count == 1) {
            return List.of(word());
        }
        List<String> values = new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            values.add(word());
        }
        return List.copyOf(values);
    }

    private String word() {
        return words.text(small());
    }

    private String text() {
        int length = small();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    private long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    private int small() {
        return (int) number();
    }

    private long number() {
        byte first = bytes[at++];
        if (first >= 0) {
            return first;
        }
        long value = first & 0x7F;
        for (int shift = 7; ; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
