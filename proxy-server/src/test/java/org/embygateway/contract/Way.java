package org.embygateway.contract;

import java.net.http.HttpClient;

/** How clients reach the gateway, which must not make a difference. */
enum Way {
    PLAIN,
    ENCRYPTED,
    ENCRYPTED_HTTP_2;

    GatewayUnderTest to(GatewayUnderTest gateway) {
        return switch (this) {
            case PLAIN -> gateway;
            case ENCRYPTED -> gateway.encrypted(HttpClient.Version.HTTP_1_1);
            case ENCRYPTED_HTTP_2 -> gateway.encrypted(HttpClient.Version.HTTP_2);
        };
    }
}
