package org.embygateway.protocol;

/**
 * Who a client says it is. Empty text stands for what it did not say.
 *
 * <p>Emby API: the {@code Client}, {@code Device}, {@code DeviceId}, {@code Version} of the authorisation header.
 */
public record ClientIdentity(String client, String device, String deviceId, String version) {
    public static final ClientIdentity UNKNOWN = new ClientIdentity("", "", "", "");
}
