package org.embygateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections to upstreams that one event loop keeps for the next request. Shorter than any server's own patience, so
 * that a connection taken from here is seldom one that is just being closed.
 */
final class UpstreamPool {
    private static final int KEPT_PER_ORIGIN = 8;
    private static final int KEPT_SECONDS = 20;

    private final Map<Origin, Deque<Idle>> idle = new HashMap<>();

    @Nullable
    Channel take(Origin origin) {
        Deque<Idle> kept = idle.get(origin);
        while (kept != null && !kept.isEmpty()) {
            Channel channel = kept.removeLast().release();
            if (channel.isActive()) {
                return channel;
            }
        }
        return null;
    }

    /** The channel's pipeline is as it was after connecting, and nothing of the last answer is left to be read. */
    void give(Origin origin, Channel channel) {
        Deque<Idle> kept = idle.computeIfAbsent(origin, o -> new ArrayDeque<>());
        if (!channel.isActive() || kept.size() >= KEPT_PER_ORIGIN) {
            channel.close();
            return;
        }
        Idle entry = new Idle(origin, channel);
        kept.addLast(entry);
        channel.pipeline().addLast(entry);
        channel.read();
    }

    private void forget(Idle entry) {
        Deque<Idle> kept = idle.get(entry.origin);
        if (kept != null && kept.remove(entry) && kept.isEmpty()) {
            idle.remove(entry.origin);
        }
    }

    /** Waits on an idle connection for its end; bytes that nobody asked for are one too. */
    private final class Idle extends ChannelInboundHandlerAdapter {
        private final Origin origin;
        private final Channel channel;
        private final Future<?> expiry;

        Idle(Origin origin, Channel channel) {
            this.origin = origin;
            this.channel = channel;
            this.expiry = channel.eventLoop().schedule(() -> channel.close(), KEPT_SECONDS, TimeUnit.SECONDS);
        }

        Channel release() {
            expiry.cancel(false);
            if (channel.isActive()) {
                channel.pipeline().remove(this);
            }
            return channel;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            ctx.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            expiry.cancel(false);
            forget(this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
