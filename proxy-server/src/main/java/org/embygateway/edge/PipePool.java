package org.embygateway.edge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Empty pipes that one event loop keeps for the next stream: making one of 1 MiB costs more than a small file. */
final class PipePool {
    private static final int KEPT = 8;

    private final Deque<KernelPipe> empty = new ArrayDeque<>();

    Optional<KernelPipe> take() {
        KernelPipe kept = empty.pollLast();
        return kept != null ? Optional.of(kept) : KernelPipe.open();
    }

    void give(KernelPipe pipe) {
        if (pipe.held() == 0 && empty.size() < KEPT) {
            empty.addLast(pipe);
        } else {
            pipe.close();
        }
    }

    void closeAll() {
        empty.forEach(KernelPipe::close);
        empty.clear();
    }
}
