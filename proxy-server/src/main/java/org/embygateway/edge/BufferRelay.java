package org.embygateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Moves media through buffers: works with TLS, chunks and any transport. Reads from the upstream only while the client
 * takes what it has been sent, so a stream holds at most the upper water mark and one read of each side: 1 MiB.
 */
final class BufferRelay implements ClientConnection.Outgoing, UpstreamStream.Sink {
    private final ClientConnection connection;
    private final Channel client;
    private final UpstreamStream stream;
    private final RelayStart start;
    private final StallWatch stall;
    private long given;
    private long sent;
    private boolean whole;
    private boolean over;

    BufferRelay(RelayStart start, ClientConnection connection) {
        this.connection = connection;
        this.client = connection.channel();
        this.stream = start.stream();
        this.start = start;
        this.given = start.given();
        this.sent = start.given();
        this.stall = new StallWatch(client.eventLoop(), start, () -> brokeOff(true), this::abort);
    }

    void start() {
        stream.attach(this);
    }

    @Override
    public void data(ByteBuf bytes) {
        int length = bytes.readableBytes();
        given += length;
        client.write(new DefaultHttpContent(bytes)).addListener(done -> {
            if (done.isSuccess()) {
                sent += length;
                stall.clientTook();
            }
        });
    }

    @Override
    public void pause() {
        client.flush();
        more();
    }

    @Override
    public void writabilityChanged() {
        more();
    }

    private void more() {
        if (over) {
            return;
        }
        boolean writable = client.isWritable();
        stall.waitingFor(writable);
        start.report().sent(sent);
        if (writable) {
            stream.read();
        }
    }

    @Override
    public void end(boolean complete) {
        if (over) {
            return;
        }
        if (complete) {
            whole = true;
            stall.waitingFor(false);
            client.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener((ChannelFuture done) -> {
                if (done.isSuccess()) {
                    finish(true);
                    connection.answered(start.keepAlive());
                }
            });
        } else {
            brokeOff(false);
        }
    }

    private void brokeOff(boolean silent) {
        if (!over) {
            over = true;
            stall.stop();
            connection.brokeOff(start, given, silent);
        }
    }

    private void abort() {
        connection.carrier().abort();
    }

    /** A stream of HTTP/2 is gone with its last frame, before that is known to be sent. */
    @Override
    public void clientGone() {
        stream.abandon();
        if (!over) {
            finish(whole && sent == given);
        }
    }

    private void finish(boolean complete) {
        over = true;
        stall.stop();
        start.report().ended(sent, complete);
    }
}
