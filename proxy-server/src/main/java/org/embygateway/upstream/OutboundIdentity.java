package org.embygateway.upstream;

import java.util.regex.Pattern;

/**
 * Who the gateway says it is towards upstreams, the same for sign-ins, API calls, images and media. No part is empty:
 * some servers refuse a sign-in without one.
 */
public record OutboundIdentity(String client, String device, String version) {
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7E]|[\",]");

    public OutboundIdentity {
        if (client.isBlank() || device.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("outbound identity: client, device and version must not be empty");
        }
    }

    /** The {@code User-Agent} field. */
    public String userAgent() {
        return printable(client).replace(' ', '-') + "/" + printable(version);
    }

    /** The credential string without a scheme; token is left out when it is empty. */
    String credentials(String deviceId, String token) {
        String fields = "Client=\"%s\", Device=\"%s\", DeviceId=\"%s\", Version=\"%s\""
                .formatted(printable(client), printable(device), deviceId, printable(version));
        return token.isEmpty() ? fields : fields + ", Token=\"" + token + "\"";
    }

    /** Header fields carry ASCII only, and the quoted form knows no escape. */
    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("_");
    }
}
