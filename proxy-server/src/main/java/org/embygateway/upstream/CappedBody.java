package org.embygateway.upstream;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.embygateway.protocol.ByteBudget;
import org.jspecify.annotations.Nullable;

/** Collects a body and gives up as soon as it grows beyond a limit, or all bodies together beyond theirs. */
final class CappedBody implements BodySubscriber<byte[]> {
    private final int limit;
    private final ByteBudget budget;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final List<byte[]> pieces = new ArrayList<>();
    private int length;
    private boolean released;
    private Flow.@Nullable Subscription subscription;

    CappedBody(int limit, ByteBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        upstream.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (released || whole.isDone()) {
                return;
            }
            int more = buffer.remaining();
            if (length + more > limit) {
                stop("body larger than " + limit + " bytes");
            } else if (!budget.takeGrowth(length, length + more)) {
                stop("no room for so many large bodies");
            } else {
                byte[] bytes = new byte[more];
                buffer.get(bytes);
                pieces.add(bytes);
                length += more;
            }
        }
    }

    private void stop(String why) {
        if (subscription != null) {
            subscription.cancel();
        }
        release();
        whole.completeExceptionally(new IOException(why));
    }

    /** Nothing of it is needed any more, whether it has come to its end or not. */
    synchronized void release() {
        if (!released) {
            released = true;
            budget.giveBack(length);
            pieces.clear();
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        release();
        whole.completeExceptionally(failure);
    }

    @Override
    public synchronized void onComplete() {
        if (released) {
            return;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        release();
        whole.complete(all);
    }
}
