package org.embygateway.protocol.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes small playable films with {@code ffmpeg} and keeps them in a directory: H.264 and AAC in mp4 and mkv, HLS
 * segments of four seconds with either of two sounds, subtitles in two languages. A second run finds them there.
 */
public final class Clips {
    private static final int SEGMENT = 4;

    private final Path directory;

    private Clips(Path directory) {
        this.directory = directory;
    }

    /**
     * A film that plays.
     *
     * @param segments holds {@code 0.ts, 1.ts …}
     * @param dubbed the same with the second sound, half as high again
     * @param subtitles SubRip text
     * @param translated the same in German
     */
    public record Clip(
            Path mp4, Path mkv, Path segments, Path dubbed, Duration duration, String subtitles, String translated) {
        /** Gives the clip to an item as its version of that name, as mp4. */
        public SimItem as(SimItem item, String versionName) {
            return item.version(versionName, Content.file(mp4))
                    .encoded("mp4", "h264", "aac")
                    .segments(segments, new SimVersion.Dub("ger", "German", dubbed))
                    .subtitles(
                            new SimVersion.Subtitle("eng", "English", true, subtitles),
                            new SimVersion.Subtitle("ger", "German", true, translated))
                    .runtime(duration);
        }
    }

    public static Clips in(Path directory) {
        return new Clips(directory);
    }

    /** Whether {@code ffmpeg} can be run here. */
    public static boolean isPossible() {
        try {
            Process process = new ProcessBuilder("ffmpeg", "-version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The clip of that name, made unless it is there. Its picture is a test card, its sounds are tones that differ by name.
     *
     * @param duration whole multiples of four seconds make segments of equal length
     * @throws UncheckedIOException when {@code ffmpeg} fails
     */
    public Clip clip(String name, Duration duration) {
        Path home = directory.resolve(name + "-dubbed-" + duration.toSeconds());
        Clip clip = new Clip(
                home.resolve("clip.mp4"),
                home.resolve("clip.mkv"),
                home.resolve("hls"),
                home.resolve("hls-dubbed"),
                duration,
                subtitles(duration, "Second"),
                subtitles(duration, "Sekunde"));
        if (!Files.isDirectory(home)) {
            make(name, clip, home);
        }
        return clip;
    }

    private void make(String name, Clip clip, Path home) {
        try {
            Files.createDirectories(directory);
            Path work = Files.createTempDirectory(directory, "making");
            Files.createDirectories(work.resolve("hls"));
            Files.createDirectories(work.resolve("hls-dubbed"));
            Files.writeString(work.resolve("clip.srt"), clip.subtitles());
            long seconds = clip.duration().toSeconds();
            int tone = 220 + Math.floorMod(name.hashCode(), 600);
            run(
                    work,
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc=size=320x180:rate=10:duration=" + seconds,
                    "-f",
                    "lavfi",
                    "-i",
                    "sine=frequency=" + tone + ":sample_rate=48000:duration=" + seconds,
                    "-f",
                    "lavfi",
                    "-i",
                    "sine=frequency=" + tone * 3 / 2 + ":sample_rate=48000:duration=" + seconds,
                    "-map",
                    "0",
                    "-map",
                    "1",
                    "-map",
                    "2",
                    "-c:v",
                    "libx264",
                    "-preset",
                    "veryfast",
                    "-pix_fmt",
                    "yuv420p",
                    "-profile:v",
                    "main",
                    "-g",
                    "20",
                    "-c:a",
                    "aac",
                    "-b:a",
                    "32k",
                    "-metadata",
                    "title=" + name,
                    "-movflags",
                    "+faststart",
                    "clip.mp4");
            run(
                    work,
                    "-i",
                    "clip.mp4",
                    "-i",
                    "clip.srt",
                    "-map",
                    "0",
                    "-map",
                    "1",
                    "-c",
                    "copy",
                    "-c:s",
                    "srt",
                    "-metadata:s:s:0",
                    "language=eng",
                    "clip.mkv");
            segments(work, "0:a:0", "hls");
            segments(work, "0:a:1", "hls-dubbed");
            Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void segments(Path work, String sound, String folder) throws IOException {
        run(
                work,
                "-i",
                "clip.mp4",
                "-map",
                "0:v",
                "-map",
                sound,
                "-c",
                "copy",
                "-f",
                "hls",
                "-hls_time",
                Integer.toString(SEGMENT),
                "-hls_playlist_type",
                "vod",
                "-hls_segment_filename",
                folder + "/%d.ts",
                folder + "/index.m3u8");
    }

    private static void run(Path work, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-y", "-nostdin", "-loglevel", "error"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("ffmpeg failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ffmpeg ran", e);
        }
    }

    private static String subtitles(Duration duration, String word) {
        StringBuilder text = new StringBuilder();
        for (int at = 0, number = 1; at + 5 <= duration.toSeconds(); at += 5, number++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d%n00:%02d:%02d,000 --> 00:%02d:%02d,500%n%s %d%n%n",
                    number,
                    at / 60,
                    at % 60,
                    (at + 4) / 60,
                    (at + 4) % 60,
                    word,
                    at));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
