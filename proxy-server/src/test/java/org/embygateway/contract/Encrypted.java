package org.embygateway.contract;

import java.net.http.HttpClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.embygateway.tls.ThrowAwayAuthority;

/** HTTPS between gateways under test and their clients, which trust an authority of these tests alone. */
final class Encrypted {
    static final ThrowAwayAuthority AUTHORITY = new ThrowAwayAuthority();
    static final SSLContext TRUST = AUTHORITY.client();

    private Encrypted() {}

    /** A client with connections of its own. */
    static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(TRUST)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}
