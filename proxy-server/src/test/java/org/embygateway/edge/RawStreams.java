package org.embygateway.edge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client of HTTP/2 that sends the frames it is told to and shows those that come back. */
final class RawStreams implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int GO_AWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** @param window how much of a body it takes before it says more, for each stream */
    RawStreams(InetSocketAddress server, int window) throws IOException {
        Socket plain = new Socket(server.getAddress(), server.getPort());
        plain.setSoTimeout(20_000);
        socket = (SSLSocket)
                EncryptedEdge.TRUST.getSocketFactory().createSocket(plain, "127.0.0.1", server.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream settings = new ByteArrayOutputStream();
        DataOutputStream setting = new DataOutputStream(settings);
        setting.writeShort(4);
        setting.writeInt(window);
        send(SETTINGS, 0, 0, settings.toByteArray());
    }

    /** @param stream 0 for the connection */
    record Frame(int type, int flags, int stream, byte[] payload) {
        /** Of a reset or the end of the connection. */
        int error() {
            int at = type == GO_AWAY ? 4 : 0;
            return (payload[at] & 0xFF) << 24
                    | (payload[at + 1] & 0xFF) << 16
                    | (payload[at + 2] & 0xFF) << 8
                    | payload[at + 3] & 0xFF;
        }

        boolean endsStream() {
            return (flags & END_STREAM) != 0;
        }
    }

    RawStreams send(int type, int flags, int stream, byte... payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(frame);
        head.writeByte(payload.length >>> 16);
        head.writeShort(payload.length);
        head.writeByte(type);
        head.writeByte(flags);
        head.writeInt(stream);
        head.write(payload);
        out.write(frame.toByteArray());
        out.flush();
        return this;
    }

    /** {@code GET /} on a stream of its own. */
    RawStreams get(int stream) throws IOException {
        return send(HEADERS, END_STREAM | END_HEADERS, stream, fields());
    }

    /** {@code GET /} of the host {@code h}, by the table of header compression that everybody knows. */
    static byte[] fields() {
        return new byte[] {(byte) 0x82, (byte) 0x87, (byte) 0x84, 0x41, 1, 'h'};
    }

    RawStreams reset(int stream) throws IOException {
        return send(RESET, 0, stream, new byte[] {0, 0, 0, 8});
    }

    /** The next frame that is none of the connection's own housekeeping. */
    Frame next() throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            Frame frame = new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), in.readNBytes(length));
            if (frame.type != SETTINGS && frame.type != WINDOW_UPDATE) {
                return frame;
            }
        }
    }

    /** The next frame of that type; others before it are passed over. */
    Frame next(int type) throws IOException {
        Frame frame = next();
        while (frame.type != type) {
            frame = next();
        }
        return frame;
    }

    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
