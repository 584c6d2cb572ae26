package org.embygateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.embygateway.route.SocketSession;
import org.jspecify.annotations.Nullable;

/**
 * A client's web socket after the upgrade. Pings keep it alive for hours in both directions; a client that answers
 * none, takes too little of what it is sent, or sends more than its session can follow, is disconnected.
 */
final class SocketConnection extends SimpleChannelInboundHandler<WebSocketFrame>
        implements SocketSession.Socket, ClientConnection.Outgoing {
    static final int LARGEST_MESSAGE = 1 << 20;
    private static final int MOST_WAITING = 256;
    private static final long MOST_WAITING_BYTES = 4L << 20;
    private static final int MOST_UNANSWERED = 2;
    private static final int CLOSING_SECONDS = 2;
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int NO_STATUS = 1005;
    private static final int TOO_BIG = 1009;
    private static final int TRY_AGAIN_LATER = 1013;

    private final Channel channel;
    private final SocketSession session;
    private final Mailbox received;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private @Nullable Future<?> pings;
    private int unanswered;
    private boolean closing;

    SocketConnection(EdgeContext edge, Channel channel, SocketSession session) {
        this.channel = channel;
        this.session = session;
        this.received = new Mailbox(edge.workers, MOST_WAITING);
    }

    /** The handshake is through. */
    void opened(EdgeTimeouts timeouts) {
        long every = timeouts.ping().toMillis();
        pings = channel.eventLoop().scheduleAtFixedRate(this::ping, every, every, TimeUnit.MILLISECONDS);
        received.put(() -> session.opened(this));
    }

    private void ping() {
        if (unanswered >= MOST_UNANSWERED) {
            channel.close();
            return;
        }
        unanswered++;
        channel.writeAndFlush(new PingWebSocketFrame());
    }

    @Override
    public void send(String text) {
        long bytes = ByteBufUtil.utf8Bytes(text);
        boolean tooSlow = waiting.incrementAndGet() > MOST_WAITING
                | waitingBytes.addAndGet(bytes) > Math.max(MOST_WAITING_BYTES, bytes);
        channel.eventLoop().execute(() -> {
            if (tooSlow) {
                end(TRY_AGAIN_LATER, "Too slow.");
            } else if (!closing) {
                write(text, bytes);
            }
        });
    }

    private void write(String text, long bytes) {
        channel.writeAndFlush(new TextWebSocketFrame(text)).addListener(done -> {
            waiting.decrementAndGet();
            waitingBytes.addAndGet(-bytes);
        });
    }

    @Override
    public void close(int code, String reason) {
        channel.eventLoop().execute(() -> end(code, reason));
    }

    /** Says goodbye and waits a moment for the client to do the same. */
    private void end(int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
        Future<?> patience = channel.eventLoop().schedule(() -> channel.close(), CLOSING_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> patience.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        unanswered = 0;
        switch (frame) {
            case TextWebSocketFrame text -> receive(text.text());
            case PingWebSocketFrame ping -> pong(ping.content());
            case CloseWebSocketFrame close -> goodbye(close);
            default -> {
                // pongs have done their work; no client of Emby sends binary messages
            }
        }
    }

    private void receive(String text) {
        if (!closing && !received.offer(() -> session.received(text))) {
            end(TRY_AGAIN_LATER, "Too many messages.");
        }
    }

    private void pong(ByteBuf content) {
        channel.writeAndFlush(new PongWebSocketFrame(content.retain()));
    }

    private void goodbye(CloseWebSocketFrame frame) {
        if (closing) {
            channel.close();
            return;
        }
        closing = true;
        int code = frame.statusCode() < 0 || frame.statusCode() == NO_STATUS ? NORMAL : frame.statusCode();
        channel.writeAndFlush(new CloseWebSocketFrame(code, "")).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            end(TOO_BIG, "Message too big.");
        } else {
            ctx.close();
        }
    }

    @Override
    public void drain() {
        end(GOING_AWAY, "The server is stopping.");
    }

    @Override
    public void writabilityChanged() {
        // what waits is counted by message
    }

    @Override
    public void clientGone() {
        closing = true;
        if (pings != null) {
            pings.cancel(false);
        }
        received.put(session::closed);
    }
}
