package org.embygateway.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.embygateway.tls.OwnCertificate;
import org.embygateway.tls.ThrowAwayAuthority;

/** An edge that speaks TLS, and what its clients have to trust. */
final class EncryptedEdge {
    static final ThrowAwayAuthority AUTHORITY = new ThrowAwayAuthority();
    static final SSLContext TRUST = AUTHORITY.client();
    private static final OwnCertificate CERTIFICATE = AUTHORITY.issue().certificate();

    private EncryptedEdge() {}

    /** Without plain HTTP. */
    static EdgeOptions only(EdgeOptions options) {
        return options.withTls(new TlsOptions(anyPort(), CERTIFICATE, true));
    }

    static EdgeOptions besidePlain(EdgeOptions options) {
        return options.withTls(new TlsOptions(anyPort(), CERTIFICATE, false));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
