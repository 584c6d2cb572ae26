package org.embygateway.catalogue;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Settings;
import org.embygateway.protocol.Hex32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of the catalogue and the sets they are found by in a file, so that a start need not read every document. The file counts only when it says
 * what the index is now; it can be deleted at any time.
 *
 * <p>Shape: a magic number, what it was made of, the last stamp, the texts that rows share, the rows, the sets, a
 * checksum of all that.
 */
public final class KeptRows {
    private static final Logger LOG = LoggerFactory.getLogger(KeptRows.class);
    /** To be raised when rows or their keys are made from documents in another way, or written in another way: excerpts too. */
    static final int MAGIC = 0x4547520B;

    private static final String SERIES = "catalogue.kept";

    private final Path file;
    private final Settings settings;
    private final String madeBy;
    private boolean ofThisSeries;

    /** @param madeBy another one for each server id and version of the gateway: rows of others do not count */
    public KeptRows(Path file, Settings settings, String madeBy) {
        this.file = file;
        this.settings = settings;
        this.madeBy = madeBy;
    }

    /** @param stamp the last that any row has */
    record Kept(Snapshot snapshot, long stamp) {}

    /** The rows of exactly this state of the index; empty when there are none, or not of this state. */
    Optional<Kept> read(MediaIndex.State state) {
        Optional<String> series = settings.find(SERIES);
        if (series.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Kept> rows = read(label(state, series.get()));
            ofThisSeries = rows.isPresent();
            return rows;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.warn("The kept catalogue cannot be used and is made anew: {}", e.toString());
            return Optional.empty();
        }
    }

    private Optional<Kept> read(String label) throws IOException {
        long most = Files.size(file);
        try (var file = new BufferedInputStream(Files.newInputStream(this.file), 1 << 16)) {
            CheckedInputStream checked = new CheckedInputStream(file, new CRC32());
            DataInputStream in = new DataInputStream(checked);
            if (in.readInt() != MAGIC || !in.readUTF().equals(label)) {
                return Optional.empty();
            }
            long stamp = in.readLong();
            Words words = new Words();
            for (int left = count(in, most); left > 0; left--) {
                words.of(new String(bytes(in, most), StandardCharsets.UTF_8));
            }
            Snapshot snapshot = Snapshot.read(words, in, most);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw new IOException("its checksum is wrong");
            }
            return Optional.of(new Kept(snapshot, stamp));
        }
    }

    private static int count(DataInputStream in, long most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException("a count of " + count);
        }
        return count;
    }

    private static byte[] bytes(DataInputStream in, long most) throws IOException {
        byte[] bytes = new byte[count(in, most)];
        in.readFully(bytes);
        return bytes;
    }

    /** Replaces what is kept. A fault is logged and answered with false: the next start takes longer then. */
    boolean write(MediaIndex.State state, Kept kept) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
                write(label(state, series()), kept, out);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("The catalogue cannot be kept for the next start: {}", e.toString());
            delete(fresh);
            return false;
        }
    }

    /** What is left of it would fill a disk that is full already. */
    private static void delete(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            LOG.warn("An unfinished file cannot be deleted: {}", e.toString());
        }
    }

    private static void write(String label, Kept kept, OutputStream to) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeInt(MAGIC);
        out.writeUTF(label);
        out.writeLong(kept.stamp);
        List<String> words = kept.snapshot.words().all();
        out.writeInt(words.size());
        for (String word : words) {
            bytes(word.getBytes(StandardCharsets.UTF_8), out);
        }
        kept.snapshot.write(out);
        out.writeLong(checked.getChecksum().getValue());
    }

    private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Another one whenever everything was read anew: a database that was put back may count the same changes again. */
    private String series() {
        if (!ofThisSeries) {
            settings.put(SERIES, Hex32.random());
            ofThisSeries = true;
        }
        return settings.findOrCreate(SERIES, Hex32::random);
    }

    private String label(MediaIndex.State state, String series) {
        return String.join(" ", madeBy, series, Long.toString(state.changes()), state.order());
    }
}
