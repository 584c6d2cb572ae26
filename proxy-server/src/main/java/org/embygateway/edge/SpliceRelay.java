package org.embygateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Moves a body of known length from socket to socket inside the kernel, on the client's event loop. A stream holds at
 * most the pipe's 1 MiB. Measured on loopback it takes about half the CPU of copying
 * through buffers ({@code scripts/bench/relay}).
 *
 * <p>The head, and what came along with it, goes through Netty first; then both sockets leave Netty until the body is
 * over. Pipelined requests wait in the client's socket meanwhile.
 */
final class SpliceRelay implements ClientConnection.Outgoing {
    private static final long WORTHWHILE_BYTES = 64 << 10;
    /** Then other connections of the event loop have their turn. */
    private static final long BYTES_PER_TURN = 4 << 20;

    private final ClientConnection connection;
    private final Channel client;
    private final UpstreamStream stream;
    private final RelayStart start;
    private final LoopResources resources;
    private final KernelPipe pipe;
    private final StallWatch stall;
    private @Nullable EpollSide from;
    private @Nullable EpollSide to;
    private long sent;
    private long missing;
    private boolean queued;
    private boolean over;

    SpliceRelay(RelayStart start, ClientConnection connection, LoopResources resources, KernelPipe pipe) {
        this.connection = connection;
        this.client = connection.channel();
        this.stream = start.stream();
        this.start = start;
        this.sent = start.given();
        this.resources = resources;
        this.pipe = pipe;
        this.stall = new StallWatch(client.eventLoop(), start, () -> brokeOff(true), this::abort);
    }

    static boolean suits(Channel client, UpstreamStream stream) {
        return client instanceof EpollSocketChannel
                && stream.plainChannel() instanceof EpollSocketChannel
                && stream.remaining() >= WORTHWHILE_BYTES;
    }

    /** The client's head is written, not flushed. */
    void start() {
        stall.waitingFor(false);
        flushEarly();
    }

    private void flushEarly() {
        long length = 0;
        for (ByteBuf bytes = stream.takeEarly(); bytes != null; bytes = stream.takeEarly()) {
            length += bytes.readableBytes();
            client.write(new DefaultHttpContent(bytes));
        }
        long flushed = length;
        client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            if (done.isSuccess() && !over) {
                sent += flushed;
                leaveNetty();
            }
        });
    }

    private void leaveNetty() {
        Channel upstream = stream.plainChannel();
        if (stream.hasEnded() || upstream == null) {
            ended();
            return;
        }
        upstream.deregister().addListener(first -> client.deregister().addListener(second -> begin(upstream)));
    }

    private void begin(Channel upstream) {
        EpollSide source = new EpollSide(upstream, side -> turn());
        EpollSide target = new EpollSide(client, side -> turn());
        from = source;
        to = target;
        if (over || !client.isOpen() || stream.hasEarly() || stream.hasEnded() || !upstream.isOpen()) {
            resume();
            return;
        }
        missing = stream.remaining();
        source.watch(EpollIoOps.EPOLLIN);
        target.watch(EpollIoOps.EPOLLOUT);
        turn();
    }

    /** Something happened between the last look at the sockets and their leaving Netty. */
    private void resume() {
        handBack();
        if (!over) {
            flushEarly();
        }
    }

    /** Netty has read the rest before the sockets could leave it. */
    private void ended() {
        if (stream.isWhole()) {
            whole();
        } else {
            brokeOff(false);
        }
    }

    private void turn() {
        EpollSide source = from;
        EpollSide target = to;
        if (over || source == null || target == null) {
            return;
        }
        try {
            if (target.isHungUp()) {
                cut();
            } else {
                move(source, target);
            }
        } catch (IOException e) {
            cut();
        }
    }

    private void move(EpollSide source, EpollSide target) throws IOException {
        long budget = BYTES_PER_TURN;
        boolean ended = false;
        boolean moving = true;
        while (moving && budget > 0) {
            moving = false;
            if (missing > 0 && source.isReady() && !ended) {
                long fetched = fetch(source);
                if (fetched > 0) {
                    missing -= fetched;
                    moving = true;
                } else if (fetched == 0) {
                    ended = true;
                } else if (pipe.held() == 0) {
                    source.exhausted();
                }
            }
            if (pipe.held() > 0 && target.isReady()) {
                long given = pipe.drain(target.socket());
                if (given > 0) {
                    sent += given;
                    budget -= given;
                    moving = true;
                    stall.clientTook();
                } else {
                    target.exhausted();
                }
            }
        }
        settle(ended && pipe.held() == 0, budget <= 0);
    }

    /** Bytes that came from the upstream; 0 when it has left, in whatever way. */
    private long fetch(EpollSide source) {
        try {
            return pipe.fill(source.socket(), missing);
        } catch (IOException e) {
            return 0;
        }
    }

    private void settle(boolean cutShort, boolean again) {
        if (missing == 0 && pipe.held() == 0) {
            complete();
        } else if (cutShort) {
            brokeOff(false);
        } else {
            stall.waitingFor(pipe.held() == 0);
            start.report().sent(sent);
            if (again && !queued) {
                queued = true;
                client.eventLoop().execute(() -> {
                    queued = false;
                    turn();
                });
            }
        }
    }

    private void complete() {
        boolean clean = from != null && nothingFollows(from);
        handBack();
        stream.spliced(clean);
        whole();
    }

    /** Bytes beyond the announced length would be taken for the answer to the next request. */
    private boolean nothingFollows(EpollSide source) {
        try {
            return pipe.fill(source.socket(), 1) == KernelPipe.AGAIN;
        } catch (IOException e) {
            return false;
        }
    }

    private void whole() {
        client.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener((ChannelFuture done) -> {
            if (done.isSuccess() && !over) {
                finish(true);
                connection.answered(start.keepAlive());
            }
        });
    }

    /** All that came is with the client. */
    private void brokeOff(boolean silent) {
        if (!over) {
            handBack();
            leave();
            connection.brokeOff(start, sent, silent);
        }
    }

    /** A turn later: of the events that have come together one may still be this socket's, whose number is free then. */
    private void cut() {
        client.eventLoop().execute(client::close);
    }

    private void abort() {
        connection.carrier().abort();
    }

    private void handBack() {
        EpollSide source = from;
        EpollSide target = to;
        from = null;
        to = null;
        if (source != null) {
            source.handBack();
        }
        if (target != null) {
            target.handBack();
        }
    }

    @Override
    public void writabilityChanged() {
        // the kernel alone holds bytes back
    }

    @Override
    public void closing() {
        handBack();
    }

    @Override
    public void clientGone() {
        handBack();
        stream.abandon();
        finish(false);
    }

    private void finish(boolean complete) {
        if (!over) {
            leave();
            start.report().ended(sent, complete);
        }
    }

    private void leave() {
        over = true;
        stall.stop();
        resources.pipes().give(pipe);
    }
}
