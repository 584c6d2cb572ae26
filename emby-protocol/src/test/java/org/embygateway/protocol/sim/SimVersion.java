package org.embygateway.protocol.sim;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One file of an item: a media source.
 *
 * @param number the version's own item id; the first version has the item's
 * @param name as the version picker shows it
 * @param container {@code mkv}, {@code mp4} …
 * @param videoCodec empty for what only sounds
 * @param width of the picture, pixels; 0 when there is none
 * @param height of the picture, pixels
 * @param bitrate bits per second
 * @param content the file
 * @param duration the file's run time
 * @param segments a directory of real HLS segments {@code 0.ts, 1.ts …}, if there is one
 * @param dubs sound in other languages than the first
 * @param subtitles external and internal text subtitles
 * @param fonts names of attached fonts
 */
public record SimVersion(
        long number,
        String name,
        String container,
        String videoCodec,
        String audioCodec,
        int width,
        int height,
        long bitrate,
        Content content,
        Duration duration,
        Optional<Path> segments,
        List<Dub> dubs,
        List<Subtitle> subtitles,
        List<String> fonts) {

    public SimVersion {
        dubs = List.copyOf(dubs);
        subtitles = List.copyOf(subtitles);
        fonts = List.copyOf(fonts);
    }

    /** The stream index of the first sound is one less. */
    static final int FIRST_DUB = 2;

    /** False for what only sounds. */
    boolean hasPicture() {
        return !videoCodec.isEmpty();
    }

    /** A sound track besides the first; {@code segments} are as the version's own, with this sound. */
    public record Dub(String language, String title, Path segments) {}

    /** A text subtitle; {@code text} is the SubRip source from which the other formats are made. */
    public record Subtitle(String language, String title, boolean external, String text) {}

    /** The quality that a name such as {@code 2160p HDR} speaks of. */
    static int heightOf(String name) {
        for (int height : new int[] {2160, 1440, 1080, 720, 576, 480}) {
            if (name.contains(height + "p")) {
                return height;
            }
        }
        return name.toUpperCase(Locale.ROOT).contains("4K") ? 2160 : 1080;
    }

    /** The stream index of the first subtitle: after one video stream and the sounds. */
    int firstSubtitle() {
        return FIRST_DUB + dubs.size();
    }

    /** The stream index of the first font. */
    int firstFont() {
        return firstSubtitle() + subtitles.size();
    }

    /** Those with the sound of that stream index; of the first for an index that is none. */
    Optional<Path> segments(int audio) {
        int place = audio - FIRST_DUB;
        return place < 0 || place >= dubs.size()
                ? segments
                : Optional.of(dubs.get(place).segments());
    }

    SimVersion with(Content newContent, String newContainer) {
        return new SimVersion(
                number,
                name,
                newContainer,
                videoCodec,
                audioCodec,
                width,
                height,
                bitrate,
                newContent,
                duration,
                segments,
                dubs,
                subtitles,
                fonts);
    }

    SimVersion with(List<Subtitle> newSubtitles, List<String> newFonts) {
        return new SimVersion(
                number,
                name,
                container,
                videoCodec,
                audioCodec,
                width,
                height,
                bitrate,
                content,
                duration,
                segments,
                dubs,
                newSubtitles,
                newFonts);
    }

    SimVersion withDuration(Duration newDuration) {
        return new SimVersion(
                number,
                name,
                container,
                videoCodec,
                audioCodec,
                width,
                height,
                bitrate,
                content,
                newDuration,
                segments,
                dubs,
                subtitles,
                fonts);
    }

    SimVersion withSegments(Path directory, List<Dub> others) {
        return new SimVersion(
                number,
                name,
                container,
                videoCodec,
                audioCodec,
                width,
                height,
                bitrate,
                content,
                duration,
                Optional.of(directory),
                others,
                subtitles,
                fonts);
    }

    SimVersion withBitrate(long bitsPerSecond) {
        return new SimVersion(
                number,
                name,
                container,
                videoCodec,
                audioCodec,
                width,
                height,
                bitsPerSecond,
                content,
                duration,
                segments,
                dubs,
                subtitles,
                fonts);
    }

    SimVersion withCodecs(String video, String audio) {
        return new SimVersion(
                number, name, container, video, audio, width, height, bitrate, content, duration, segments, dubs,
                subtitles, fonts);
    }
}
