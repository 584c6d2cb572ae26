package org.embygateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request to an upstream and its answer, on the client's event loop. Reads nothing beyond the answer's head until a
 * {@link Sink} asks for it: what has come along with the head waits here, at most one read of
 * {@value #LARGEST_READ} bytes.
 *
 * <p>A body of known length is taken from the socket as it comes, without the HTTP decoder.
 */
final class UpstreamStream extends ChannelInboundHandlerAdapter {
    static final int LARGEST_READ = 256 << 10;
    private static final int LARGEST_HEADER = 32 << 10;

    /** Takes the body. */
    interface Sink {
        /** Owns the bytes from here on. */
        void data(ByteBuf bytes);

        /** All that has come so far is handed over; time to send it on and to ask for more. */
        void pause();

        /** @param complete false when the upstream left before the end it had announced */
        void end(boolean complete);
    }

    /** Why there is no answer. */
    static final class Failed extends IOException {
        /** Whether a kept connection turned out to be closed: says nothing about the upstream. */
        final boolean stale;

        Failed(String reason, boolean stale) {
            super(reason);
            this.stale = stale;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private final EdgeContext edge;
    private final EventLoop loop;
    private final Origin origin;
    private final HttpRequest request;
    private final CompletableFuture<HttpResponse> head = new CompletableFuture<>();
    private final Deque<ByteBuf> early = new ArrayDeque<>();
    private @Nullable Channel channel;
    private @Nullable HttpClientCodec codec;
    private @Nullable Sink sink;
    private boolean reused;
    private boolean anyByte;
    private boolean headSeen;
    private boolean fixed;
    private long remaining;
    private boolean keepAlive;
    private boolean ended;
    private boolean complete;
    private boolean closed;

    UpstreamStream(EdgeContext edge, EventLoop loop, Origin origin, HttpRequest request) {
        this.edge = edge;
        this.loop = loop;
        this.origin = origin;
        this.request = request;
    }

    /** The answer's head, or {@link Failed}; completed on the event loop. */
    CompletableFuture<HttpResponse> head() {
        return head;
    }

    /** Sends the request. Safe from any thread. */
    void open(List<InetAddress> addresses, boolean mayReuse) {
        if (loop.inEventLoop()) {
            begin(addresses, mayReuse);
        } else {
            loop.execute(() -> begin(addresses, mayReuse));
        }
    }

    private void begin(List<InetAddress> addresses, boolean mayReuse) {
        Channel kept = mayReuse ? edge.resources(loop).upstreams().take(origin) : null;
        if (closed) {
            if (kept != null) {
                kept.close();
            }
        } else if (kept != null) {
            reused = true;
            send(kept);
        } else {
            connect(addresses, 0, true);
        }
    }

    /** @param again whether a channel that was closed before it asked for anything is replaced by another */
    private void connect(List<InetAddress> addresses, int index, boolean again) {
        ChannelFuture connected = Connecting.to(edge, loop, origin, addresses.get(index));
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                if (done.cause() instanceof ClosedChannelException && again && !closed) {
                    connect(addresses, index, false);
                } else if (index + 1 < addresses.size() && !closed) {
                    connect(addresses, index + 1, true);
                } else {
                    fail("cannot connect");
                }
            } else if (closed) {
                connected.channel().close();
            } else {
                send(connected.channel());
            }
        });
    }

    private void send(Channel to) {
        channel = to;
        codec = new HttpClientCodec(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(LARGEST_HEADER)
                        .setMaxHeaderSize(LARGEST_HEADER)
                        .setMaxChunkSize(LARGEST_READ),
                false,
                false);
        to.pipeline().addLast(codec).addLast(this);
        to.writeAndFlush(request).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail("cannot send");
            }
        });
        to.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        anyByte = true;
        if (ended || closed) {
            dirty(message);
        } else if (message instanceof ByteBuf raw) {
            fixedBody(raw);
        } else {
            try {
                decoded(message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
    }

    /** Bytes after the answer's end: whatever they are, the next request must not take them for its own answer. */
    private void dirty(Object message) {
        if (!(message instanceof LastHttpContent)) {
            keepAlive = false;
        }
        ReferenceCountUtil.release(message);
    }

    private void decoded(Object message) {
        if (message instanceof HttpResponse response) {
            head(response);
        }
        if (headSeen && !fixed && message instanceof HttpContent content) {
            if (content.decoderResult().isFailure()) {
                keepAlive = false;
                finish(false);
                return;
            }
            deliver(content.content().retain());
            if (content instanceof LastHttpContent) {
                finish(true);
            }
        }
    }

    private void head(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            fail("not an HTTP answer");
            return;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return;
        }
        headSeen = true;
        keepAlive = HttpUtil.isKeepAlive(response);
        long length = HttpUtil.getContentLength(response, -1L);
        if (hasBody(response) && length >= 0 && !HttpUtil.isTransferEncodingChunked(response)) {
            fixed = true;
            remaining = length;
            dropCodec();
            if (remaining == 0) {
                finish(true);
            }
        }
        head.complete(response);
    }

    private boolean hasBody(HttpResponse response) {
        return !request.method().equals(HttpMethod.HEAD)
                && !response.status().equals(HttpResponseStatus.NO_CONTENT)
                && !response.status().equals(HttpResponseStatus.NOT_MODIFIED);
    }

    /** What the decoder holds of the body comes up the pipeline as it leaves; a closed channel has none any more. */
    private void dropCodec() {
        if (codec != null && channel != null) {
            HttpClientCodec leaving = codec;
            codec = null;
            if (channel.pipeline().context(leaving) != null) {
                channel.pipeline().remove(leaving);
            }
        }
    }

    private void fixedBody(ByteBuf raw) {
        int length = raw.readableBytes();
        if (length > remaining) {
            keepAlive = false;
            raw.writerIndex(raw.readerIndex() + (int) remaining);
            length = (int) remaining;
        }
        remaining -= length;
        deliver(raw);
        if (remaining == 0 && !ended) {
            finish(true);
        }
    }

    private void deliver(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            bytes.release();
        } else if (sink != null) {
            sink.data(bytes);
        } else {
            early.add(bytes);
        }
    }

    /** Starts the flow. */
    void attach(Sink to) {
        sink = to;
        for (ByteBuf bytes = early.poll(); bytes != null; bytes = early.poll()) {
            to.data(bytes);
        }
        if (ended) {
            to.end(complete);
        } else {
            to.pause();
        }
    }

    /** The socket, when its bytes are the body's; null otherwise. */
    @Nullable
    Channel plainChannel() {
        return fixed && !origin.secure() ? channel : null;
    }

    /** Bytes of the body that have not been read; 0 when its length is not known. */
    long remaining() {
        return remaining;
    }

    /** A piece that came before anyone took the body; null when there is none. */
    @Nullable
    ByteBuf takeEarly() {
        return early.poll();
    }

    boolean hasEarly() {
        return !early.isEmpty();
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isWhole() {
        return complete;
    }

    /**
     * All remaining bytes were taken from the socket itself, which is back on the event loop.
     *
     * @param clean whether nothing follows them
     */
    void spliced(boolean clean) {
        remaining = 0;
        keepAlive &= clean;
        finish(true);
    }

    /** Asks for one more read. */
    void read() {
        if (channel != null && !ended) {
            channel.read();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!headSeen || ended) {
            ctx.read(); // After the end as well: a kept connection is watched, and two epoll calls are saved.
        } else if (sink != null && !ended) {
            sink.pause();
        }
    }

    /** The body is over: gives the connection back where it can be used again. */
    private void finish(boolean whole) {
        if (ended) {
            return;
        }
        ended = true;
        complete = whole;
        Channel used = channel;
        if (used != null) {
            loop.execute(() -> leave(used));
        }
        if (sink != null) {
            sink.end(whole);
        }
    }

    /** A turn later, so that bytes beyond the end have been seen. */
    private void leave(Channel used) {
        if (!used.isActive()) {
            return; // Closed, and with that without handlers.
        }
        dropCodec();
        if (closed || !complete || !keepAlive) {
            used.close();
            return;
        }
        used.pipeline().remove(this);
        edge.resources(loop).upstreams().give(origin, used);
    }

    private void fail(String reason) {
        head.completeExceptionally(new Failed(reason, reused && !anyByte));
        close();
    }

    /** Gives everything up; the sink hears no more. Safe from any thread, and after the end. */
    void abandon() {
        loop.execute(this::close);
    }

    private void close() {
        sink = null;
        if (!closed) {
            closed = true;
            early.forEach(ReferenceCountUtil::release);
            early.clear();
            if (channel != null && !ended) {
                channel.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!headSeen) {
            fail("closed before its answer");
        } else {
            finish(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        keepAlive = false;
        if (!headSeen) {
            boolean tls = cause.getCause() instanceof SSLException || cause instanceof SSLException;
            fail(tls ? "no trusted TLS connection" : "connection lost");
        } else {
            finish(false);
            ctx.close();
        }
    }
}
