package org.embygateway.protocol.sim;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One connection to a simulated server: a request at a time, in order, until it becomes a web socket or closes. */
final class SimConnection extends SimpleChannelInboundHandler<Object> {
    private static final int MAX_FRAME = 1 << 20;

    private final SimDispatcher dispatcher;
    private final Traffic traffic;
    private final ExecutorService workers;
    private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean busy;
    private SimSockets.@Nullable Socket socket;

    SimConnection(SimDispatcher dispatcher, Traffic traffic, ExecutorService workers) {
        this.dispatcher = dispatcher;
        this.traffic = traffic;
        this.workers = workers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
        if (message instanceof FullHttpRequest request) {
            waiting.add(request.retain());
            next(context);
        } else if (message instanceof TextWebSocketFrame text && socket != null) {
            socket.received(text.text());
        } else if (message instanceof PingWebSocketFrame ping) {
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        } else if (message instanceof CloseWebSocketFrame) {
            context.close();
        }
    }

    private void next(ChannelHandlerContext context) {
        if (busy || waiting.isEmpty()) {
            return;
        }
        busy = true;
        FullHttpRequest request = waiting.poll();
        if (request.headers().containsValue("Upgrade", "websocket", true)) {
            upgrade(context, request);
            return;
        }
        SimDispatcher.Raw raw = raw(context.channel(), request);
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        request.release();
        workers.execute(() -> answer(context, raw, keepAlive));
    }

    private static SimDispatcher.Raw raw(Channel channel, FullHttpRequest request) {
        String from = ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
        return new SimDispatcher.Raw(
                request.method().name(),
                request.uri(),
                request.headers().copy(),
                ByteBufUtil.getBytes(request.content()),
                from);
    }

    private void answer(ChannelHandlerContext context, SimDispatcher.Raw raw, boolean keepAlive) {
        traffic.started();
        try {
            SimDispatcher.Received received = dispatcher.receive(raw);
            Optional<Faults.Fault> fault = received.fault();
            if (fault.isPresent() && !survives(context, fault.get())) {
                return;
            }
            SimReply reply = fault.flatMap(SimDispatcher::wrongAnswer).orElseGet(received::answer);
            if (fault.isPresent()) {
                reply = SimDispatcher.twisted(fault.get(), reply);
            }
            new ReplyWriter(context.channel(), traffic, raw, fault, dispatcher.leakedHeaders()).write(reply, keepAlive);
            context.executor().execute(() -> {
                busy = false;
                next(context);
            });
        } catch (InterruptedException | RejectedExecutionException e) {
            context.close(); // the server is being closed
        } finally {
            traffic.ended();
        }
    }

    /** False when there will be no answer. */
    private static boolean survives(ChannelHandlerContext context, Faults.Fault fault) throws InterruptedException {
        if (fault.refuses) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            context.close();
            return false;
        }
        if (fault.hangs) {
            context.channel().closeFuture().await();
            return false;
        }
        Thread.sleep(fault.delay);
        return true;
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        SimDispatcher.Raw raw = raw(context.channel(), request);
        SimDispatcher.Wanted wanted = dispatcher.socket(raw);
        if (wanted.fault().isEmpty() && wanted.refusal().isEmpty()) {
            open(context, request, wanted.session().orElseThrow());
            return;
        }
        workers.execute(() -> openBadly(context, request, raw, wanted));
    }

    private void openBadly(
            ChannelHandlerContext context,
            FullHttpRequest request,
            SimDispatcher.Raw raw,
            SimDispatcher.Wanted wanted) {
        try {
            if (wanted.fault().isPresent() && !survives(context, wanted.fault().get())) {
                request.release();
            } else if (wanted.refusal().isPresent()) {
                request.release();
                new ReplyWriter(context.channel(), traffic, raw, Optional.empty(), dispatcher.leakedHeaders())
                        .write(wanted.refusal().get(), false);
            } else {
                SimSession session = wanted.session().orElseThrow();
                context.executor().execute(() -> open(context, request, session));
            }
        } catch (InterruptedException | RejectedExecutionException e) {
            request.release();
            context.close(); // the server is being closed
        }
    }

    private void open(ChannelHandlerContext context, FullHttpRequest request, SimSession session) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        "ws://sim" + request.uri(), null, true, MAX_FRAME)
                .newHandshaker(request);
        if (handshaker == null) {
            request.release();
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        handshaker.handshake(context.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                socket = dispatcher.sockets().opened(session, context.channel());
            }
        });
        request.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
        if (socket != null) {
            dispatcher.sockets().closed(socket);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
