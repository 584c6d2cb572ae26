package org.embygateway.edge;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.net.InetSocketAddress;

/** A stream of HTTP/2: brings one request, and is over with its answer. */
record StreamCarrier(Http2StreamChannel channel) implements Carrier {
    @Override
    public InetSocketAddress remote() {
        return (InetSocketAddress) channel.parent().remoteAddress();
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public boolean isReused() {
        return false;
    }

    @Override
    public void sendContinue() {
        channel.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }

    @Override
    public void leave() {
        reset(Http2Error.NO_ERROR);
    }

    /** A stream that is reset has never a regular end. */
    @Override
    public void breakOff(boolean untilEnd) {
        reset(Http2Error.INTERNAL_ERROR);
    }

    @Override
    public void abort() {
        reset(Http2Error.CANCEL);
    }

    @Override
    public ChannelFuture closeNow() {
        return channel.close();
    }

    private void reset(Http2Error why) {
        channel.writeAndFlush(new DefaultHttp2ResetFrame(why)).addListener(ChannelFutureListener.CLOSE);
    }
}
