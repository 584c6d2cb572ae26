package org.embygateway.upstream;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.embygateway.index.Passage;

/** HTTP clients that do not follow redirects: one for each way to reach servers. */
final class Clients implements AutoCloseable {
    private final Duration connect;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Way, HttpClient> clients = new ConcurrentHashMap<>();

    private record Way(Optional<URI> proxy, String certificates) {}

    /** @param connect how long to wait for a connection */
    Clients(Duration connect) {
        this.connect = connect;
    }

    HttpClient of(Passage passage) {
        return clients.computeIfAbsent(new Way(passage.proxy(), passage.certificates()), this::made);
    }

    private HttpClient made(Way way) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .executor(threads);
        way.proxy()
                .map(proxy -> new InetSocketAddress(proxy.getHost(), proxy.getPort()))
                .ifPresent(address -> builder.proxy(ProxySelector.of(address)));
        Certificates.trusting(way.certificates()).map(Clients::context).ifPresent(builder::sslContext);
        return builder.build();
    }

    private static SSLContext context(TrustManagerFactory trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
        threads.shutdownNow();
    }
}
