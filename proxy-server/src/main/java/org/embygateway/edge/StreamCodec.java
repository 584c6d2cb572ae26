package org.embygateway.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import java.util.List;

/** Makes a stream's frames the requests and answers that HTTP/1.1 has, so that the rest of the edge knows only those. */
final class StreamCodec extends Http2StreamFrameToHttpObjectCodec {
    StreamCodec() {
        super(true);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, Http2StreamFrame frame, List<Object> out) throws Exception {
        if (frame instanceof Http2HeadersFrame request && request.headers().authority() != null) {
            request.headers().remove(HttpHeaderNames.HOST); // says the same, if anything
        }
        super.decode(ctx, frame, out);
        for (Object decoded : out) {
            if (decoded instanceof HttpRequest request) {
                request.headers().remove(ExtensionHeaderNames.SCHEME.text());
                request.headers().remove(ExtensionHeaderNames.STREAM_ID.text());
            }
        }
    }
}
