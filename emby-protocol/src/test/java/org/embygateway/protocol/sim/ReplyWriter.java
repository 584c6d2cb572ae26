package org.embygateway.protocol.sim;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Writes one reply to a connection, well or as its fault demands. Runs on a virtual thread and waits for the client. */
final class ReplyWriter {
    private static final int CHUNK = 1 << 18;
    private static final int WORTH_COMPRESSING = 1_024;

    private final Channel channel;
    private final Traffic traffic;
    private final SimDispatcher.Raw request;
    private final Optional<Faults.Fault> fault;
    private final Map<String, String> always;

    ReplyWriter(
            Channel channel,
            Traffic traffic,
            SimDispatcher.Raw request,
            Optional<Faults.Fault> fault,
            Map<String, String> always) {
        this.channel = channel;
        this.traffic = traffic;
        this.request = request;
        this.fault = fault;
        this.always = always;
    }

    /** Returns when the last byte is with the operating system or the client is gone. */
    void write(SimReply reply, boolean keepAlive) {
        switch (reply) {
            case SimReply.Whole whole -> writeWhole(compressed(whole), keepAlive);
            case SimReply.Part part -> writePart(part, keepAlive);
        }
    }

    private void writeWhole(SimReply.Whole whole, boolean keepAlive) {
        Content content = Content.of(whole.body());
        if (fault.isPresent() || request.isHead()) {
            writePart(new SimReply.Part(whole.status(), whole.headers(), content, 0, content.size()), keepAlive);
            return;
        }
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(whole.status()), Unpooled.wrappedBuffer(whole.body()));
        fill(response.headers(), whole, keepAlive);
        if (whole.status() != 204 && whole.status() != 304) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, whole.body().length);
        }
        traffic.sent(whole.body().length);
        finish(channel.writeAndFlush(response), keepAlive);
    }

    private void writePart(SimReply.Part part, boolean keepAlive) {
        DefaultHttpResponse head =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(part.status()));
        long lie = fault.map(f -> f.lie).orElse(0L);
        fill(head.headers(), part, keepAlive && lie == 0);
        boolean measured = !part.headers().containsKey("Transfer-Encoding");
        if (measured && part.status() != 204 && part.status() != 304) {
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, part.length() + lie);
        }
        channel.write(head);
        if (request.isHead() || part.length() == 0) {
            finish(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), keepAlive && lie == 0);
            return;
        }
        long silent = fault.map(f -> f.silentAfter).orElse(-1L);
        if (silent >= 0 && silent < part.length()) {
            writeBody(part, silent);
            channel.flush();
            channel.closeFuture().awaitUninterruptibly();
            return;
        }
        long cut = fault.map(f -> f.cutAfter).orElse(-1L);
        long length = cut < 0 ? part.length() : Math.min(cut, part.length());
        boolean whole = writeBody(part, length);
        if (!whole || lie != 0 || length < part.length()) {
            channel.flush();
            channel.close();
            return;
        }
        finish(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), keepAlive);
    }

    /** False when the client left. */
    private boolean writeBody(SimReply.Part part, long length) {
        long perSecond = fault.map(f -> f.bytesPerSecond).orElse(0L);
        if (part.content().path().isPresent()
                && perSecond == 0
                && channel.pipeline().get(SslHandler.class) == null) {
            DefaultFileRegion region =
                    new DefaultFileRegion(part.content().path().get().toFile(), part.offset(), length);
            boolean complete = succeeded(channel.writeAndFlush(region));
            traffic.sent(region.transferred());
            return complete;
        }
        int size = perSecond == 0 ? CHUNK : (int) Math.clamp(perSecond / 20, 1, CHUNK);
        for (long done = 0; done < length; ) {
            int count = (int) Math.min(size, length - done);
            byte[] bytes = part.content().bytes(part.offset() + done, count);
            if (!succeeded(channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes))))) {
                return false;
            }
            traffic.sent(count);
            done += count;
            if (perSecond > 0 && !pause()) {
                return false;
            }
        }
        return true;
    }

    private static boolean pause() {
        try {
            Thread.sleep(50);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static boolean succeeded(ChannelFuture written) {
        return written.awaitUninterruptibly().isSuccess();
    }

    private void finish(ChannelFuture last, boolean keepAlive) {
        last.awaitUninterruptibly();
        if (!keepAlive) {
            channel.close();
        }
    }

    private void fill(HttpHeaders headers, SimReply reply, boolean keepAlive) {
        always.forEach(headers::set);
        reply.headers().forEach(headers::set);
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, "close");
        }
    }

    private SimReply.Whole compressed(SimReply.Whole whole) {
        boolean text = whole.headers().getOrDefault("Content-Type", "").startsWith("application/json");
        String accepted = request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, "");
        if (!text || whole.body().length < WORTH_COMPRESSING || !accepted.contains("gzip")) {
            return whole;
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(whole.body());
            }
            Map<String, String> headers = new LinkedHashMap<>(whole.headers());
            headers.put("Content-Encoding", "gzip");
            headers.put("Vary", "Accept-Encoding");
            return new SimReply.Whole(whole.status(), headers, out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
