package org.embygateway.edge;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.embygateway.upstream.Certificates;

/** TLS towards upstreams: one context for each set of certificates that is trusted. */
final class UpstreamTls {
    private final Optional<TrustManagerFactory> usual;
    private final Map<String, SslContext> contexts = new ConcurrentHashMap<>();

    /** @param usual what is trusted where no certificates are given; empty for what the JDK trusts */
    UpstreamTls(Optional<TrustManagerFactory> usual) {
        this.usual = usual;
    }

    /** Takes what the first connection would take half a second for: not on an event loop, nor on the way to the start. */
    void prepare() {
        trusting("");
    }

    SslContext trusting(String certificates) {
        return contexts.computeIfAbsent(certificates, this::made);
    }

    private SslContext made(String certificates) {
        SslContextBuilder builder = SslContextBuilder.forClient();
        Certificates.trusting(certificates).or(() -> usual).ifPresent(builder::trustManager);
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }
}
