package org.embygateway.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets apps on the local network find the gateway: answers {@code who is EmbyServer?}, in the encoding it was asked in,
 * with {@code {"Address", "Id", "Name"}}. Keeps silent towards public addresses, whose sender may be forged, and
 * towards anyone who asks too often.
 */
public final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final String QUESTION = "who is embyserver?";
    private static final int LONGEST_QUESTION = 1024;

    private final DiscoveryOptions options;
    private final AskLimit limit = new AskLimit();
    private @Nullable DatagramSocket socket;

    public Discovery(DiscoveryOptions options) {
        this.options = options;
    }

    /**
     * Opens the port.
     *
     * @throws IOException when it cannot be had
     */
    public synchronized InetSocketAddress start() throws IOException {
        DatagramSocket opened = new DatagramSocket(null);
        opened.setReuseAddress(true);
        try {
            opened.bind(options.bind());
        } catch (SocketException e) {
            opened.close();
            throw e;
        }
        socket = opened;
        Thread.ofVirtual().name("discovery").start(() -> listen(opened));
        return (InetSocketAddress) opened.getLocalSocketAddress();
    }

    public synchronized void close() {
        if (socket != null) {
            socket.close();
        }
    }

    private void listen(DatagramSocket from) {
        while (!from.isClosed()) {
            DatagramPacket question = new DatagramPacket(new byte[LONGEST_QUESTION], LONGEST_QUESTION);
            try {
                from.receive(question);
                answer(from, question);
            } catch (IOException e) {
                LOG.debug("discovery: {}", e.toString());
            }
        }
    }

    private void answer(DatagramSocket through, DatagramPacket question) throws IOException {
        Optional<Charset> encoding = encodingOf(question);
        InetAddress asker = question.getAddress();
        if (encoding.isEmpty() || !isLocal(asker) || !limit.allows(asker)) {
            return;
        }
        ObjectNode reply = EmbyJson.object();
        reply.put("Address", addressFor(question));
        reply.put("Id", options.serverId());
        reply.put("Name", options.serverName());
        byte[] bytes = reply.toString().getBytes(encoding.get());
        through.send(new DatagramPacket(bytes, bytes.length, question.getSocketAddress()));
    }

    private static Optional<Charset> encodingOf(DatagramPacket question) {
        for (Charset encoding : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE}) {
            String text = new String(question.getData(), 0, question.getLength(), encoding);
            if (text.toLowerCase(Locale.ROOT).contains(QUESTION)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }

    static boolean isLocal(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || uniqueLocal;
    }

    private String addressFor(DatagramPacket question) throws IOException {
        if (options.publicUrl().isPresent()) {
            return options.publicUrl().get();
        }
        String host = interfaceToward(question).getHostAddress();
        int scope = host.indexOf('%');
        String plain = scope < 0 ? host : host.substring(0, scope);
        String scheme = options.secure() ? "https://" : "http://";
        return scheme + (plain.contains(":") ? "[" + plain + "]" : plain) + ":" + options.port();
    }

    /** Connecting a datagram socket sends nothing, it only makes the system choose the way. */
    private static InetAddress interfaceToward(DatagramPacket question) throws IOException {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(question.getSocketAddress());
            return probe.getLocalAddress();
        }
    }
}
