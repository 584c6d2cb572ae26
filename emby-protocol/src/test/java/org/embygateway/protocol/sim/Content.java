package org.embygateway.protocol.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.embygateway.protocol.Hex32;

/** The bytes of a file, readable from any position. */
public sealed interface Content {
    /** In bytes. */
    long size();

    /** Fills {@code target} from {@code position} on; the caller stays within {@link #size}. */
    void read(long position, byte[] target, int length);

    /** A stable name of these bytes, 32 hex digits. */
    String tag();

    /** The file behind it, for sending without a copy. */
    default Optional<Path> path() {
        return Optional.empty();
    }

    /** Bytes that look random and depend on the seed and the position alone; of any size without memory. */
    static Content random(long seed, long size) {
        return new Random(seed, size);
    }

    static Content of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    static Content file(Path path) {
        try {
            return new OnDisk(path, Files.size(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of {@code length} bytes from {@code position} on, in hex digits. */
    default String sha256(long position, long length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (long done = 0; done < length; ) {
                int part = (int) Math.min(buffer.length, length - done);
                read(position + done, buffer, part);
                digest.update(buffer, 0, part);
                done += part;
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    default String sha256() {
        return sha256(0, size());
    }

    /** A copy of a part, for comparing in tests. */
    default byte[] bytes(long position, int length) {
        byte[] part = new byte[length];
        read(position, part, length);
        return part;
    }

    /** See {@link Content#random}. */
    record Random(long seed, long size) implements Content {
        private static final VarHandle WORD =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        @Override
        public void read(long position, byte[] target, int length) {
            int i = 0;
            while (i < length) {
                long at = position + i;
                if ((at & 7) == 0 && length - i >= Long.BYTES) {
                    WORD.set(target, i, word(at));
                    i += Long.BYTES;
                } else {
                    target[i++] = (byte) (word(at) >>> ((at & 7) * 8));
                }
            }
        }

        private long word(long position) {
            return mix(seed + (position >>> 3) * 0x9E3779B97F4A7C15L);
        }

        private static long mix(long z) {
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }

        @Override
        public String tag() {
            return Hex32.of("random " + seed + " " + size);
        }
    }

    /** Bytes in memory. */
    record Bytes(byte[] all) implements Content {
        @Override
        public long size() {
            return all.length;
        }

        @Override
        public void read(long position, byte[] target, int length) {
            System.arraycopy(all, (int) position, target, 0, length);
        }

        @Override
        public String tag() {
            return sha256().substring(0, 32);
        }
    }

    /** A file that does not change while it is served. */
    record OnDisk(Path file, long size) implements Content {
        @Override
        public void read(long position, byte[] target, int length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
                while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
                    // reads on until full
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String tag() {
            return Hex32.of(file.getFileName() + " " + size);
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(file);
        }
    }
}
