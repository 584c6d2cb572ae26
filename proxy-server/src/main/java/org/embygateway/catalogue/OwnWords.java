package org.embygateway.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The texts of what is packed by itself: those that many have are known beforehand, the others are kept with it. */
final class OwnWords implements TextNumbers {
    /** Never to be changed without {@link KeptRows#MAGIC}. */
    private static final List<String> USUAL =
            List.of(("|Primary|Logo|Thumb|Backdrop|Banner|Art|Disc|Box|BoxRear|Screenshot|Menu|Chapter"
                            + "|tmdb.|imdb.|tvdb.|tvrage.|tmdbcollection.|douban.|bangumi.|zap2it.|anidb.|anilist."
                            + "|musicbrainzalbum.|musicbrainzartist.|musicbrainztrack.|musicbrainzalbumartist."
                            + "|musicbrainzreleasegroup.|audiodbalbum.|audiodbartist.|official website."
                            + "|mkv|mp4|avi|ts|m2ts|mov|m4v|wmv|webm|flv|iso|mp3|flac|m4a|ogg|wav|ape|dsf|wma"
                            + "|hevc|h264|av1|vp9|vp8|mpeg4|mpeg2video|vc1|mjpeg|png"
                            + "|aac|ac3|eac3|dts|truehd|pcm_s16le|pcm_s24le|alac|vorbis|opus|mp2"
                            + "|subrip|ass|ssa|srt|pgssub|PGSSUB|dvdsub|DVDSUB|mov_text|webvtt|vtt|eia_608"
                            + "|stereo|mono|5.1|7.1|2.1|5.1(side)|quad|None|Hdr10|HdrHlg|DolbyVision"
                            + "|eng|chi|zho|jpn|kor|fre|fra|ger|deu|spa|ita|por|rus|pol|dut|nld|swe|nor|dan|fin|tur|ara"
                            + "|heb|hin|tha|vie|und|en|zh|ja|ko|fr|de|es|it|pt|ru"
                            + "|PG-13|PG|R|G|NC-17|NR|TV-MA|TV-14|TV-PG|TV-G|TV-Y|TV-Y7|Continuing|Ended"
                            + "|movies|tvshows|music|boxsets|playlists|homevideos|mixed|books|audiobooks|musicvideos"
                            + "|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday")
                    .split("\\|"));

    private static final Map<String, Integer> NUMBERS = IntStream.range(0, USUAL.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(USUAL::get, number -> number));

    private final List<String> others = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    @Override
    public int of(String text) {
        Integer usual = NUMBERS.get(text);
        return usual != null
                ? usual
                : numbers.computeIfAbsent(text, other -> {
                    others.add(other);
                    return USUAL.size() + others.size() - 1;
                });
    }

    @Override
    public String text(int number) {
        return number < USUAL.size() ? USUAL.get(number) : others.get(number - USUAL.size());
    }

    /** What is packed, behind its own texts: their count, and the length and the bytes of each. */
    byte[] before(byte[] packed) {
        List<byte[]> texts = others.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        int size = texts.stream().mapToInt(text -> text.length + Integer.BYTES).sum();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + size + packed.length);
        number(texts.size(), bytes);
        texts.forEach(text -> {
            number(text.length, bytes);
            bytes.put(text);
        });
        bytes.put(packed);
        byte[] all = new byte[bytes.position()];
        bytes.flip().get(all);
        return all;
    }

    /** Seven bits a byte, the lowest first. */
    private static void number(int value, ByteBuffer into) {
        int rest = value;
        while (rest > 0x7F) {
            into.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        into.put((byte) rest);
    }

    /** Takes the texts that are before what is packed, and tells where that begins. */
    int read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (int left = number(in); left > 0; left--) {
            int length = number(in);
            others.add(new String(bytes, in.position(), length, StandardCharsets.UTF_8));
            in.position(in.position() + length);
        }
        return in.position();
    }

    private static int number(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
