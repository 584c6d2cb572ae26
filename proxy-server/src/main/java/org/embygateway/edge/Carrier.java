package org.embygateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;

/** What brings a client's requests and takes the answers. How it is ended depends on it, and nothing else does. */
interface Carrier {
    Channel channel();

    /** The other end, which may be a proxy. */
    InetSocketAddress remote();

    boolean isSecure();

    /** Whether it brings one request after the other. */
    boolean isReused();

    /** Tells the client to go on and send the body. */
    void sendContinue();

    /** Ends when the last answer has been written and the client may still be sending: the answer must not be lost. */
    void leave();

    /**
     * Ends in the middle of an answer, and so that the client notices. Safe from any thread.
     *
     * @param untilEnd whether the answer is over when the connection is, so that its regular end would be a lie
     */
    void breakOff(boolean untilEnd);

    /** Ends at once, with a reset: the client takes nothing any more. */
    void abort();

    /** Ends without waiting for the client. Safe from any thread. */
    ChannelFuture closeNow();
}
