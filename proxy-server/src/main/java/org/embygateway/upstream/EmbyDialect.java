package org.embygateway.upstream;

import java.util.LinkedHashMap;
import java.util.Map;
import org.embygateway.route.Headers;

/** Emby 4.x: requests go as they are. */
final class EmbyDialect implements Dialect {
    @Override
    public UpstreamRequest translate(UpstreamRequest request) {
        return request;
    }

    @Override
    public Headers credentials(OutboundIdentity identity, String deviceId, String token) {
        Headers headers = Headers.of("X-Emby-Authorization", "Emby " + identity.credentials(deviceId, token));
        return token.isEmpty() ? headers : headers.with("X-Emby-Token", token);
    }

    @Override
    public MediaPlace media(String path, Map<String, String> query, String token) {
        Map<String, String> full = new LinkedHashMap<>(query);
        full.put("api_key", token);
        return new MediaPlace(path, full);
    }
}
