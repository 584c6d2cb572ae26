package org.embygateway.edge;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.embygateway.tls.OwnCertificate;

/**
 * TLS towards clients, with the certificate of the moment: BoringSSL where there is one for the machine, else the JDK's
 * own. Safe from any thread.
 *
 * <p>Versions 1.2 and 1.3, with ciphers that keep old traffic secret when a key is lost and authenticate what they
 * encrypt: browsers want no others for HTTP/2, and every TV of the last ten years has them.
 */
final class ClientTls {
    private static final int CLOSE_MILLIS = 1000;

    /** Browsers choose HTTP/2; web sockets, and whoever says nothing, have HTTP/1.1. */
    private static final ApplicationProtocolConfig PROTOCOLS = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2,
            ApplicationProtocolNames.HTTP_1_1);

    private final SslProvider provider;
    private SslContext context;

    /** @param nativeWanted whether to use BoringSSL where there is one */
    ClientTls(boolean nativeWanted, OwnCertificate certificate) {
        this.provider = nativeWanted && OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
        this.context = made(certificate);
    }

    /** @throws IllegalArgumentException when nothing can be encrypted with it; the one before stays in use */
    void use(OwnCertificate certificate) {
        SslContext fresh = made(certificate);
        synchronized (this) {
            ReferenceCountUtil.release(context); // handlers hold it too
            context = fresh;
        }
    }

    private SslContext made(OwnCertificate certificate) {
        try {
            return SslContextBuilder.forServer(certificate.key(), certificate.chain())
                    .sslProvider(provider)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(PROTOCOLS)
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("no TLS with this certificate", e);
        }
    }

    /** @param tasks does what would hold the event loop up for a moment, such as to sign with the key */
    synchronized SslHandler newHandler(ByteBufAllocator buffers, Executor tasks, EdgeTimeouts timeouts) {
        SslHandler handler = context.newHandler(buffers, tasks);
        handler.setHandshakeTimeoutMillis(timeouts.handshake().toMillis());
        handler.setCloseNotifyFlushTimeout(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        return handler;
    }

    /** When no connection is left. */
    synchronized void close() {
        ReferenceCountUtil.release(context);
    }
}
