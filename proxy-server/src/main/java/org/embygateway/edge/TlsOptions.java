package org.embygateway.edge;

import java.net.InetSocketAddress;
import org.embygateway.tls.OwnCertificate;

/**
 * How the edge listens for clients that speak TLS.
 *
 * @param bind the address to listen on; port 0 takes any free one
 * @param certificate the first one; {@link EdgeServer#renew} gives others
 * @param only whether nothing listens for plain HTTP
 */
public record TlsOptions(InetSocketAddress bind, OwnCertificate certificate, boolean only) {}
