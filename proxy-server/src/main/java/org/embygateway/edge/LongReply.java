package org.embygateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Writes a long body piece by piece, as the client takes it: TLS would encrypt all of it at once, and hold the outcome
 * outside the heap. A reply holds as much as a stream of media does.
 */
final class LongReply implements ClientConnection.Outgoing {
    static final int LONG = 256 << 10;
    private static final int PIECE = 64 << 10;

    private final ClientConnection connection;
    private final Channel client;
    private final HttpResponse head;
    private final ByteBuf body;
    private final boolean keepAlive;
    private boolean over;

    /** @param response whose body is this object's to free */
    LongReply(ClientConnection connection, FullHttpResponse response, boolean keepAlive) {
        this.connection = connection;
        this.client = connection.channel();
        this.head = new DefaultHttpResponse(response.protocolVersion(), response.status(), response.headers());
        this.body = response.content();
        this.keepAlive = keepAlive;
    }

    void start() {
        client.write(head);
        more();
    }

    private void more() {
        if (over) {
            return;
        }
        while (body.isReadable() && client.isWritable()) {
            client.write(new DefaultHttpContent(body.readRetainedSlice(Math.min(PIECE, body.readableBytes()))));
        }
        if (body.isReadable()) {
            client.flush();
        } else {
            end();
        }
    }

    private void end() {
        free();
        client.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener((ChannelFuture done) -> connection.answered(keepAlive && done.isSuccess()));
    }

    private void free() {
        if (!over) {
            over = true;
            body.release();
        }
    }

    @Override
    public void writabilityChanged() {
        more();
    }

    @Override
    public void clientGone() {
        free();
    }
}
