package org.embygateway.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelaySource;
import org.embygateway.route.SocketSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: takes its requests one at a time, has each answered at once or on a virtual thread and
 * writes the answers in order. All of it runs on the connection's event loop.
 *
 * <p>Further requests wait in a short queue. Reading stops only when that is full: a connection that is not read does
 * not show the client's hang-up.
 */
final class ClientConnection extends ChannelDuplexHandler implements Connected {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final int MAX_LINE_BYTES = 16 << 10;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int MAX_WAITING = 8;
    private static final int MAX_WAITING_BYTES = 1 << 20;
    private static final int SLOWEST_BYTES_PER_SECOND = 16 << 10;
    private static final Duration LINGER = Duration.ofSeconds(2);

    private enum Phase {
        NEW,
        IDLE,
        HEAD,
        BODY,
        ANSWERING,
        LEAVING
    }

    private final EdgeContext edge;
    private final Carrier carrier;
    private final Channel channel;
    private final RequestAssembler assembler;
    private final Deadline deadline;
    private final Deque<Incoming> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private Phase phase = Phase.NEW;
    private boolean partial;
    private boolean continueWanted;
    private @Nullable Future<?> inFlight;
    private @Nullable Answering answering;
    private @Nullable Outgoing outgoing;

    private ClientConnection(EdgeContext edge, Carrier carrier) {
        this.edge = edge;
        this.carrier = carrier;
        this.channel = carrier.channel();
        this.assembler = new RequestAssembler(edge.options.maxBodyBytes(), edge.bodies, this);
        this.deadline = new Deadline(channel.eventLoop(), this::tooSlow);
    }

    /** Takes the requests of HTTP/1.1 that a connection brings, from here on. */
    static void over(EdgeContext edge, TcpCarrier carrier) {
        ClientConnection connection = new ClientConnection(edge, carrier);
        edge.keep(carrier.channel(), connection);
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxChunkSize(64 << 10);
        carrier.channel().pipeline().addLast(connection.new RawBytes()).addLast(new HttpServerCodec(limits));
        connection.begin();
    }

    /** Takes the one request that a stream of HTTP/2 brings. */
    static void over(EdgeContext edge, StreamCarrier carrier) {
        carrier.channel().pipeline().addLast(new StreamCodec());
        new ClientConnection(edge, carrier).begin();
    }

    private void begin() {
        channel.closeFuture().addListener(closed -> gone());
        channel.pipeline().addLast(assembler).addLast(this);
    }

    /** Something that takes more than one write: media or a web socket. */
    interface Outgoing {
        /** The client can take more, or can no longer. */
        void writabilityChanged();

        /** The connection is closed; nothing more can be written. */
        void clientGone();

        /** The server stops. */
        default void drain() {}

        /** The connection is about to be closed by this side. */
        default void closing() {}
    }

    /** Sees bytes before they are a request, so that a slowly sent header is noticed. */
    private final class RawBytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            partial = true;
            if (phase == Phase.IDLE) {
                enter(Phase.HEAD);
            }
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (channel.isActive()) {
            connected();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connected();
    }

    private void connected() {
        if (phase == Phase.NEW) {
            enter(Phase.IDLE); // browsers connect ahead of need
        }
    }

    /** Called by the assembler when a header is whole. */
    void headReceived(boolean expectsContinue) {
        if (phase == Phase.HEAD || phase == Phase.IDLE) {
            enter(Phase.BODY);
        }
        continueWanted = expectsContinue;
        sendContinue();
    }

    /** Called by the assembler. */
    void received(Incoming incoming) {
        partial = false;
        continueWanted = false;
        waiting.add(incoming);
        waitingBytes += size(incoming);
        if (waiting.size() > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES) {
            channel.config().setAutoRead(false);
        }
        if (phase != Phase.ANSWERING) {
            next();
        }
    }

    private static int size(Incoming incoming) {
        return incoming instanceof Incoming.Ask(var head, var body) ? body.length : 0;
    }

    private void next() {
        if (phase == Phase.LEAVING || !channel.isActive()) {
            return;
        }
        Incoming incoming = waiting.poll();
        if (incoming == null) {
            await();
            return;
        }
        enter(Phase.ANSWERING);
        waitingBytes -= size(incoming);
        if (!channel.config().isAutoRead() && waiting.size() <= MAX_WAITING / 2) {
            channel.config().setAutoRead(true);
        }
        switch (incoming) {
            case Incoming.Reject(int status, String text) -> refuse(status, text);
            case Incoming.Ask ask -> answer(ask);
        }
    }

    /** No request is waiting: one may be on its way. */
    private void await() {
        if (edge.isDraining() && !assembler.inBody()) {
            channel.close();
        } else if (assembler.inBody()) {
            enter(Phase.BODY);
            sendContinue();
        } else {
            enter(partial ? Phase.HEAD : Phase.IDLE);
        }
    }

    private void answer(Incoming.Ask ask) {
        if (ask.head().method().equals(HttpMethod.OPTIONS)) {
            edge.bodies.giveBack(ask.body().length);
            write(ask.head(), Rendering.preflight(ask.head().headers()));
            return;
        }
        Answering begun = new Answering(edge, this, ask);
        answering = begun;
        begun.begin();
    }

    /** Does what may block on a virtual thread, which is interrupted when the client hangs up. */
    void work(Runnable task) {
        inFlight = edge.workers.submit(task);
    }

    /** Not before the answers to earlier requests: to a client it is a response like any other. */
    private void sendContinue() {
        if (continueWanted && phase == Phase.BODY) {
            continueWanted = false;
            carrier.sendContinue();
        }
    }

    /** Writes a whole response; frees it when the client is gone. */
    void write(HttpRequest request, FullHttpResponse whole) {
        if (!channel.isActive()) {
            whole.release();
            return;
        }
        FullHttpResponse response = request.method().equals(HttpMethod.HEAD) ? withoutBody(whole) : whole;
        boolean keepAlive = keepsAlive(request);
        HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keepAlive);
        deadline.in(timeFor(response.content().readableBytes()));
        if (carrier.isSecure() && response.content().readableBytes() > LongReply.LONG) {
            LongReply reply = new LongReply(this, response, keepAlive);
            outgoing = reply;
            reply.start();
        } else {
            channel.writeAndFlush(response).addListener(done -> answered(keepAlive && done.isSuccess()));
        }
    }

    private static FullHttpResponse withoutBody(FullHttpResponse whole) {
        whole.release();
        return whole.replace(Unpooled.EMPTY_BUFFER);
    }

    private Duration timeFor(int bytes) {
        return edge.timeouts().write().plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
    }

    boolean keepsAlive(HttpRequest request) {
        return carrier.isReused() && HttpUtil.isKeepAlive(request) && !edge.isDraining();
    }

    /** The answer is with the client; takes the next request, from a fresh stack since many may be waiting. */
    void answered(boolean keepAlive) {
        inFlight = null;
        answering = null;
        outgoing = null;
        if (!keepAlive) {
            channel.close();
            return;
        }
        deadline.off();
        channel.eventLoop().execute(this::next);
    }

    /** Hands the connection to what writes the answer bit by bit; it calls {@link #answered} at its end. */
    void handOver(Outgoing to) {
        deadline.off();
        outgoing = to;
    }

    /** Begins to send what a source has answered; gives it up when the client is gone. */
    void relay(
            HttpRequest request,
            RelaySource source,
            UpstreamStream stream,
            HttpResponse answer,
            MediaRelay media,
            RelayReport report) {
        if (!channel.isActive()) {
            stream.abandon();
            report.ended(0, false);
            return;
        }
        HttpResponse head = RelayHead.of(answer, request);
        boolean keepAlive = keepsAlive(request) && !RelayHead.endsWithConnection(head, request);
        HttpUtil.setKeepAlive(head.headers(), request.protocolVersion(), keepAlive);
        channel.write(head);
        Optional<ByteSpan> span = RelayHead.span(answer);
        start(new RelayStart(source, stream, media, report, span, 0, request, head, keepAlive, edge.timeouts()));
    }

    /** The source has left in the middle, or is silent: another may have the rest. */
    void brokeOff(RelayStart broken, long given, boolean silent) {
        broken.stream().abandon();
        if (channel.isActive()) {
            broken.media().broke(broken.source(), silent);
        }
        Optional<ByteSpan> missing = broken.missing(given).filter(m -> channel.isActive());
        if (missing.isPresent()) {
            new RelayOpening(edge, this, new RestOfBody(this, broken, given, missing.get())).begin();
        } else {
            broken.report().ended(given, false);
            cut(broken);
        }
    }

    /** Sends the rest of a body that another source has begun. */
    void goOn(RelayStart rest) {
        if (channel.isActive()) {
            start(rest);
        } else {
            rest.stream().abandon();
            rest.report().ended(rest.given(), false);
        }
    }

    /** Ends a body before its end, so that the client sees it. Safe from any thread. */
    void cut(RelayStart broken) {
        carrier.breakOff(broken.endsWithConnection());
    }

    private void start(RelayStart start) {
        LoopResources resources = edge.resources(channel.eventLoop());
        boolean splice = edge.splice && !carrier.isSecure() && SpliceRelay.suits(channel, start.stream());
        Optional<KernelPipe> pipe = splice ? resources.pipes().take() : Optional.empty();
        if (pipe.isPresent()) {
            SpliceRelay relay = new SpliceRelay(start, this, resources, pipe.get());
            handOver(relay);
            relay.start();
        } else {
            BufferRelay relay = new BufferRelay(start, this);
            handOver(relay);
            relay.start();
        }
    }

    /** Switches to a web socket; the session hears of it only when that has worked. */
    void upgrade(HttpRequest request, SocketSession session) {
        if (!channel.isActive()) {
            return;
        }
        forgetWaiting();
        channel.config().setAutoRead(true);
        channel.pipeline().remove(RawBytes.class);
        channel.pipeline().remove(assembler);
        SocketConnection socket = new SocketConnection(edge, channel, session);
        SocketUpgrade.accept(channel, request, socket).addListener(done -> {
            if (done.isSuccess() && channel.isActive()) {
                handOver(socket);
                socket.opened(edge.timeouts());
            } else {
                channel.close();
            }
        });
    }

    private void refuse(int status, String text) {
        FullHttpResponse response = Rendering.text(status, text);
        HttpUtil.setKeepAlive(response, false);
        phase = Phase.LEAVING;
        deadline.in(edge.timeouts().write());
        channel.config().setAutoRead(true);
        channel.writeAndFlush(response).addListener(done -> linger());
    }

    private void linger() {
        deadline.in(LINGER);
        carrier.leave();
    }

    private void enter(Phase entered) {
        phase = entered;
        switch (entered) {
            case IDLE -> deadline.in(edge.timeouts().idle());
            case HEAD -> deadline.in(edge.timeouts().head());
            case BODY -> deadline.in(edge.timeouts().body());
            case NEW, ANSWERING, LEAVING -> deadline.off();
        }
    }

    private void tooSlow() {
        if (phase == Phase.BODY || phase == Phase.HEAD && partial) {
            refuse(408, "The request took too long to arrive.");
        } else if (phase == Phase.ANSWERING) {
            carrier.abort();
        } else {
            channel.close();
        }
    }

    @Override
    public void drain() {
        channel.eventLoop().execute(() -> {
            if (outgoing != null) {
                outgoing.drain();
            } else if (phase == Phase.IDLE || phase == Phase.HEAD || phase == Phase.NEW) {
                channel.close();
            }
        });
    }

    @Override
    public ChannelFuture closeNow() {
        return carrier.closeNow();
    }

    /** Safe from any thread. */
    Channel channel() {
        return channel;
    }

    Carrier carrier() {
        return carrier;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (outgoing != null) {
            outgoing.writabilityChanged();
        }
    }

    private void gone() {
        deadline.cancel();
        assembler.stop();
        forgetWaiting();
        if (inFlight != null) {
            inFlight.cancel(true);
        }
        if (answering != null) {
            answering.neverMind();
        }
        if (outgoing != null) {
            Outgoing gone = outgoing;
            outgoing = null;
            gone.clientGone();
        }
    }

    private void forgetWaiting() {
        waiting.forEach(incoming -> edge.bodies.giveBack(size(incoming)));
        waiting.clear();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (outgoing != null) {
            outgoing.closing();
        }
        ctx.close(promise);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection closed: {}", cause.toString());
        channel.close();
    }
}
