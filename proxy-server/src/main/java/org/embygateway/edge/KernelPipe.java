package org.embygateway.edge;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * A Linux pipe through which bytes pass from socket to socket without being copied into the process. Never blocks.
 *
 * <p>Holds 1 MiB where the system allows it. An unprivileged process gets 64 MiB of pipes by default and tiny pipes
 * after that, which are not worth having: {@link #open} then gives none.
 */
final class KernelPipe {
    /** The socket has nothing, or takes nothing, at the moment. */
    static final long AGAIN = -1;

    private static final int CAPACITY = 1 << 20;
    private static final int LEAST_CAPACITY = 64 << 10;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;
    private static final int SPLICE_F_MOVE_NONBLOCK = 3;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private final int readEnd;
    private final int writeEnd;
    private final int capacity;
    private final MemorySegment errno = Arena.ofAuto().allocate(Calls.STATE);
    private long held;

    private KernelPipe(int readEnd, int writeEnd, int capacity) {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
        this.capacity = capacity;
    }

    /** The system calls; this class is loaded on Linux only. */
    private static final class Calls {
        static final StructLayout STATE = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
        private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

        static final MethodHandle PIPE = find("pipe2", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
        static final MethodHandle CONTROL =
                find("fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));
        static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(INT, INT));
        static final MethodHandle SPLICE = find(
                "splice",
                FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, INT, ValueLayout.ADDRESS, LONG, INT),
                Linker.Option.captureCallState("errno"));

        private Calls() {}

        private static MethodHandle find(String name, FunctionDescriptor shape, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
        }
    }

    /** A new pipe; empty when the system has none to give. */
    static Optional<KernelPipe> open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            if ((int) Calls.PIPE.invokeExact(ends, O_NONBLOCK | O_CLOEXEC) != 0) {
                return Optional.empty();
            }
            int readEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
            int writeEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
            int ignored = (int) Calls.CONTROL.invokeExact(writeEnd, F_SETPIPE_SZ, CAPACITY);
            int capacity = (int) Calls.CONTROL.invokeExact(writeEnd, F_GETPIPE_SZ, 0);
            KernelPipe pipe = new KernelPipe(readEnd, writeEnd, capacity);
            if (capacity < LEAST_CAPACITY) {
                pipe.close();
                return Optional.empty();
            }
            return Optional.of(pipe);
        } catch (Throwable e) {
            throw new IllegalStateException("pipe", e);
        }
    }

    /** Whether this machine can do it at all: asked once at the start. */
    static boolean isAvailable() {
        try {
            Optional<KernelPipe> pipe = open();
            pipe.ifPresent(KernelPipe::close);
            return pipe.isPresent();
        } catch (IllegalStateException | LinkageError e) {
            return false;
        }
    }

    /** Bytes inside. */
    long held() {
        return held;
    }

    /**
     * Moves up to {@code most} bytes from the socket into the pipe.
     *
     * @return bytes moved, 0 at the socket's end, {@link #AGAIN} when the socket is empty or the pipe full
     */
    long fill(int socket, long most) throws IOException {
        long room = Math.min(most, capacity - held);
        if (room <= 0) {
            return AGAIN;
        }
        long moved = splice(socket, writeEnd, room);
        held += Math.max(0, moved);
        return moved;
    }

    /** Moves what the socket takes; {@link #AGAIN} when it takes nothing. */
    long drain(int socket) throws IOException {
        long moved = splice(readEnd, socket, held);
        held -= Math.max(0, moved);
        return moved;
    }

    private long splice(int from, int to, long most) throws IOException {
        while (true) {
            long moved = call(from, to, most);
            if (moved >= 0) {
                return moved;
            }
            int error = (int) Calls.ERRNO.get(errno, 0L);
            if (error == EAGAIN) {
                return AGAIN;
            }
            if (error != EINTR) {
                throw new IOException("splice: error " + error);
            }
        }
    }

    private long call(int from, int to, long most) {
        try {
            return (long) Calls.SPLICE.invokeExact(
                    errno, from, MemorySegment.NULL, to, MemorySegment.NULL, most, SPLICE_F_MOVE_NONBLOCK);
        } catch (Throwable e) {
            throw new IllegalStateException("splice", e);
        }
    }

    void close() {
        try {
            int first = (int) Calls.CLOSE.invokeExact(readEnd);
            int second = (int) Calls.CLOSE.invokeExact(writeEnd);
        } catch (Throwable e) {
            throw new IllegalStateException("close", e);
        }
    }
}
