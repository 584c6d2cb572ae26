package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.jspecify.annotations.Nullable;

/** The open web sockets of a simulated server. */
final class SimSockets {
    private static final int ANNOUNCED = 1_000;

    private final Face face;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> received = new CopyOnWriteArrayList<>();

    SimSockets(Face face) {
        this.face = face;
    }

    /** One client's socket. */
    final class Socket {
        private final SimSession session;
        private final Channel channel;

        private Socket(SimSession session, Channel channel) {
            this.session = session;
            this.channel = channel;
        }

        void received(String text) {
            if (received.size() < ANNOUNCED) {
                received.add(text);
            }
            if (face.isJellyfin() && text.contains("\"KeepAlive\"")) {
                send("KeepAlive", null);
            }
        }

        void send(String type, @Nullable JsonNode data) {
            ObjectNode message = EmbyJson.object().put("MessageType", type).put("MessageId", Hex32.random());
            if (data != null) {
                message.set("Data", data);
            }
            channel.writeAndFlush(new TextWebSocketFrame(new String(EmbyJson.write(message), StandardCharsets.UTF_8)));
        }
    }

    Socket opened(SimSession session, Channel channel) {
        Socket socket = new Socket(session, channel);
        sockets.add(socket);
        if (face.isJellyfin()) {
            socket.send("ForceKeepAlive", IntNode.valueOf(60));
        }
        return socket;
    }

    void closed(Socket socket) {
        sockets.remove(socket);
    }

    boolean isOpen(SimSession session) {
        return sockets.stream().anyMatch(s -> s.session == session);
    }

    int count() {
        return sockets.size();
    }

    void toUser(SimUser user, String type, JsonNode data) {
        sockets.stream().filter(s -> s.session.user == user).forEach(s -> s.send(type, data));
    }

    void toSession(SimSession session, String type, JsonNode data) {
        sockets.stream().filter(s -> s.session == session).forEach(s -> s.send(type, data));
    }

    void toAll(String type, JsonNode data) {
        sockets.forEach(s -> s.send(type, data));
    }

    void dropAll(SimSession session) {
        sockets.stream().filter(s -> s.session == session).forEach(s -> s.channel.close());
    }

    /** The first messages that clients sent. */
    List<String> received() {
        return List.copyOf(received);
    }
}
