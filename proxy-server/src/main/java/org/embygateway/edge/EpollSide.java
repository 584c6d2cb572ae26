package org.embygateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket lent to the relay: while it is, Netty does not see it. The channel leaves the event loop and its descriptor
 * is registered there by itself, told of changes only (edge-triggered), so moving bytes needs no further epoll calls.
 *
 * <p>Registering a copy of the descriptor beside Netty's own was the alternative: epoll keeps an entry as long as any
 * copy is open, and a late event can then reach the wrong connection.
 */
final class EpollSide implements EpollIoHandle {
    private static final int EPOLLHUP = 0x10;

    private final Channel channel;
    private final IoEventLoop loop;
    private final FileDescriptor descriptor;
    private final Consumer<EpollSide> changed;
    private @Nullable IoRegistration registration;
    private boolean ready = true;
    private boolean hungUp;

    EpollSide(Channel channel, Consumer<EpollSide> changed) {
        this.channel = channel;
        this.loop = (IoEventLoop) channel.eventLoop();
        this.descriptor = ((UnixChannel) channel).fd();
        this.changed = changed;
    }

    /** After the channel has left the event loop. */
    void watch(EpollIoOps wanted) {
        loop.register(this).addListener(done -> {
            if (done.isSuccess()) {
                IoRegistration registered = (IoRegistration) done.getNow();
                registration = registered;
                registered.submit(wanted.with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLET));
            } else {
                hungUp = true;
                changed.accept(this);
            }
        });
    }

    /** Gives the socket back to Netty. */
    ChannelFuture handBack() {
        if (registration != null) {
            registration.cancel();
            registration = null;
        }
        return channel.isRegistered() ? channel.newSucceededFuture() : loop.register(channel);
    }

    int socket() {
        return descriptor.intValue();
    }

    boolean isReady() {
        return ready;
    }

    /** The socket had nothing to give or took nothing: wait for the next event. */
    void exhausted() {
        ready = false;
    }

    boolean isHungUp() {
        return hungUp;
    }

    @Override
    public void handle(IoRegistration to, IoEvent event) {
        EpollIoOps ops = ((EpollIoEvent) event).ops();
        ready = true;
        hungUp |= ops.contains(EpollIoOps.EPOLLRDHUP)
                || ops.contains(EpollIoOps.EPOLLERR)
                || (ops.value() & EPOLLHUP) != 0;
        changed.accept(this);
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    /** The loop ends; the channels are closed by then. */
    @Override
    public void close() {
        registration = null;
    }
}
