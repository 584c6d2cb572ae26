package org.embygateway.edge;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.embygateway.protocol.WouldWait;

/** The two ways to wait for sockets: epoll where the machine has it, the JDK's selectors elsewhere. */
enum Transport {
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class),
    NIO(NioServerSocketChannel.class, NioSocketChannel.class);

    private final Class<? extends ServerChannel> server;
    private final Class<? extends SocketChannel> socket;

    Transport(Class<? extends ServerChannel> server, Class<? extends SocketChannel> socket) {
        this.server = server;
        this.socket = socket;
    }

    static Transport choose(boolean nativeWanted) {
        return nativeWanted && Epoll.isAvailable() ? EPOLL : NIO;
    }

    MultiThreadIoEventLoopGroup eventLoops(int threads) {
        IoHandlerFactory factory = this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(threads, new LoopThreads(), factory);
    }

    private static final class LoopThreads extends DefaultThreadFactory {
        LoopThreads() {
            super("edge");
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            return new LoopThread(task, name);
        }
    }

    private static final class LoopThread extends FastThreadLocalThread implements WouldWait.Unwaiting {
        LoopThread(Runnable task, String name) {
            super(task, name);
        }
    }

    Class<? extends ServerChannel> server() {
        return server;
    }

    Class<? extends SocketChannel> socket() {
        return socket;
    }
}
