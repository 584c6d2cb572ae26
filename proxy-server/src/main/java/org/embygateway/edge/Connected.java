package org.embygateway.edge;

import io.netty.channel.ChannelFuture;

/** A client's connection, whatever it brings. Safe from any thread. */
interface Connected {
    /** The server stops: it ends with what is under way on it. */
    void drain();

    /** It ends now. */
    ChannelFuture closeNow();
}
