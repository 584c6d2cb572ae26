package org.embygateway.route;

/** The gateway's side of a client's web socket. Called on a virtual thread, one call at a time. */
public interface SocketSession {
    /** @param socket sends to the client; usable until {@link #closed} */
    void opened(Socket socket);

    /** A whole text message of the client. */
    void received(String text);

    void closed();

    /** Sends; never blocks. A client that reads too slowly is disconnected rather than buffered for. */
    interface Socket {
        void send(String text);

        void close(int code, String reason);
    }
}
