package org.embygateway.edge;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection that speaks HTTP/2: many requests at once, each on a stream of its own, which to the rest of the
 * edge is a connection with one request. A stream of media holds at most the upper water mark and one read of the
 * upstream, 384 KiB; what all of a connection's streams may send is bounded by the client's window besides.
 */
final class ManyStreams extends ChannelInboundHandlerAdapter implements Connected {
    private static final Logger LOG = LoggerFactory.getLogger(ManyStreams.class);
    private static final int MOST_STREAMS = 100;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int UPLOAD_WINDOW = 256 << 10;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 128 << 10);

    /** Somebody who scrolls fast cancels dozens of pictures a second, an attacker thousands of requests. */
    private static final int MOST_RESETS = 600;

    private static final int RESETS_SECONDS = 10;

    private static final Duration LINGER = Duration.ofSeconds(2);

    private final EdgeContext edge;
    private final SocketChannel channel;
    private final Deadline deadline;
    private int streams;
    private boolean leaving;

    private ManyStreams(EdgeContext edge, SocketChannel channel) {
        this.edge = edge;
        this.channel = channel;
        this.deadline = new Deadline(channel.eventLoop(), this::tooLate);
    }

    /** Takes what the connection brings, from here on. */
    static void over(EdgeContext edge, SocketChannel channel) {
        ManyStreams connection = new ManyStreams(edge, channel);
        edge.keep(channel, connection);
        channel.pipeline()
                .addLast(codec())
                .addLast(new Http2MultiplexHandler(connection.new Streams()))
                .addLast(connection);
        connection.begin();
    }

    private static Http2FrameCodec codec() {
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MOST_STREAMS)
                        .maxHeaderListSize(MAX_HEADER_BYTES)
                        .initialWindowSize(UPLOAD_WINDOW))
                .decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESETS_SECONDS)
                .build();
    }

    private void begin() {
        deadline.in(edge.timeouts().idle());
        channel.closeFuture().addListener(closed -> deadline.cancel());
    }

    private void tooLate() {
        if (leaving) {
            channel.close();
        } else {
            leave();
        }
    }

    /** Prepares each new stream. */
    private final class Streams extends ChannelInitializer<Http2StreamChannel> {
        @Override
        protected void initChannel(Http2StreamChannel stream) {
            stream.config().setWriteBufferWaterMark(WATER_MARK);
            opened(stream);
            if (edge.takeStream(stream)) {
                ClientConnection.over(edge, new StreamCarrier(stream));
            } else {
                stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
            }
        }
    }

    private void opened(Http2StreamChannel stream) {
        streams++;
        deadline.off();
        stream.closeFuture().addListener(closed -> {
            streams--;
            if (streams == 0 && channel.isActive()) {
                quiet();
            }
        });
    }

    private void quiet() {
        deadline.in(leaving ? LINGER : edge.timeouts().idle());
    }

    @Override
    public void drain() {
        channel.eventLoop().execute(this::leave);
    }

    /**
     * Tells the client to open no more streams. It closes when it has read the last answer; to close here, at once, could
     * take that with it.
     */
    private void leave() {
        if (!leaving) {
            leaving = true;
            channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
            if (streams == 0) {
                quiet();
            }
        }
    }

    @Override
    public ChannelFuture closeNow() {
        return new TcpCarrier(channel, true).closeNow();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection closed: {}", cause.toString());
        if (!(cause instanceof Http2Exception)) { // else the codec does, and tells the client why
            ctx.close();
        }
    }
}
