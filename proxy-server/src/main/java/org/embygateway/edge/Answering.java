package org.embygateway.edge;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.embygateway.route.EdgeRequest;
import org.embygateway.route.Headers;
import org.embygateway.route.Reply;
import org.embygateway.route.SocketSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request's way to its answer: asks the handler on the event loop and, if that has to wait for something, on a
 * virtual thread, and hands the outcome back to the event loop.
 */
final class Answering implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final EdgeContext edge;
    private final ClientConnection connection;
    private final Incoming.Ask ask;
    private final EdgeRequest request;
    private final AtomicBoolean taken = new AtomicBoolean();

    Answering(EdgeContext edge, ClientConnection connection, Incoming.Ask ask) {
        this.edge = edge;
        this.connection = connection;
        this.ask = ask;
        this.request = request(connection, ask);
    }

    /** To be called on the event loop. */
    void begin() {
        try {
            edge.handler.atOnce(request).ifPresentOrElse(reply -> finish(() -> reply), () -> connection.work(this));
        } catch (RuntimeException | Error e) {
            finish(() -> {
                throw e;
            });
        }
    }

    @Override
    public void run() {
        finish(() -> edge.handler.answer(request));
    }

    private void finish(Supplier<Reply> answer) {
        if (!taken.compareAndSet(false, true)) {
            return;
        }
        try {
            deliver(answer.get());
        } catch (Throwable e) {
            fail(e);
        } finally {
            edge.bodies.giveBack(ask.body().length);
        }
    }

    /** The client is gone: what was not begun is not begun any more. */
    void neverMind() {
        if (taken.compareAndSet(false, true)) {
            edge.bodies.giveBack(ask.body().length);
        }
    }

    private void deliver(Reply reply) {
        HttpHeaders asked = ask.head().headers();
        switch (reply) {
            case Reply.Json json -> write(Rendering.json(json, asked));
            case Reply.Bytes bytes -> write(Rendering.bytes(bytes, asked));
            case Reply.Repeated repeated -> write(Rendering.repeated(repeated));
            case Reply.Empty empty -> write(Rendering.empty(empty));
            case Reply.Redirect redirect -> write(Rendering.redirect(redirect));
            case Reply.Relay relay ->
                new RelayOpening(edge, connection, new FirstAnswer(connection, this, relay.media())).begin();
            case Reply.WebSocket socket -> upgrade(socket.session());
        }
    }

    private void upgrade(SocketSession session) {
        SocketUpgrade.faultOf(ask.head())
                .ifPresentOrElse(
                        this::write,
                        () -> connection.channel().eventLoop().execute(() -> connection.upgrade(ask.head(), session)));
    }

    HttpRequest head() {
        return ask.head();
    }

    /** An answer that says no more than that something went wrong. Safe from any thread. */
    void fail(Throwable fault) {
        if (!connection.channel().isActive()) {
            LOG.debug("the client hung up before its answer: {}", fault.toString());
            return;
        }
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("request failed, reference {}", reference, fault);
        write(Rendering.text(500, "Internal error, reference " + reference + "."));
    }

    /** Safe from any thread. */
    void write(FullHttpResponse response) {
        connection.channel().eventLoop().execute(() -> connection.write(ask.head(), response));
    }

    private static EdgeRequest request(ClientConnection connection, Incoming.Ask ask) {
        String target = originForm(ask.head().uri());
        int question = target.indexOf('?');
        return new EdgeRequest(
                ask.head().method().name(),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                Headers.of(ask.head().headers()),
                ask.body(),
                connection.carrier().remote(),
                connection.carrier().isSecure());
    }

    /** Some clients write the whole URL as if this were a forward proxy. */
    private static String originForm(String uri) {
        if (uri.startsWith("/")) {
            return uri;
        }
        int end = uri.indexOf("://") + 3;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        String rest = uri.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }
}
