package org.embygateway.upstream;

import java.util.regex.Pattern;

/**
 * Who the gateway says it is towards upstreams, the same for sign-ins, API calls, images and media. No part is empty:
 * some servers refuse a sign-in without one. Characters that a header field cannot carry become underscores.
 */
public record OutboundIdentity(String client, String device, String version) {
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7E]|[\",]");

    public OutboundIdentity {
        if (client.isBlank() || device.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("outbound identity: client, device and version must not be empty");
        }
        client = printable(client);
        device = printable(device);
        version = printable(version);
    }

    /** The {@code User-Agent} field. */
    public String userAgent() {
        return client.replace(' ', '-') + "/" + version;
    }

    /** The credential string without a scheme; token is left out when it is empty. */
    String credentials(String deviceId, String token) {
        String fields = "Client=\"" + client + "\", Device=\"" + device + "\", DeviceId=\"" + deviceId
                + "\", Version=\"" + version + "\"";
        return token.isEmpty() ? fields : fields + ", Token=\"" + token + "\"";
    }

    /** Header fields carry ASCII only, and the quoted form knows no escape. */
    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("_");
    }
}
