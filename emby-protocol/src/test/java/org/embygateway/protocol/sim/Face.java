package org.embygateway.protocol.sim;

import org.embygateway.protocol.Hex32;

/** Which server is simulated: decides the version it reports, the form of its ids and how strict it is. */
public enum Face {
    EMBY_4_8("4.8.11.0"),
    EMBY_4_9("4.9.1.90"),
    JELLYFIN("10.10.7");

    private final String version;

    Face(String version) {
        this.version = version;
    }

    public String version() {
        return version;
    }

    public boolean isJellyfin() {
        return this == JELLYFIN;
    }

    /** Decimal on Emby, 32 hex digits on Jellyfin. */
    public String itemId(long number) {
        return isJellyfin() ? Hex32.of("item " + number) : Long.toString(number);
    }

    /** {@code mediasource_1600} on 4.9, 32 hex digits on 4.8, the item's id on Jellyfin. */
    public String sourceId(long number) {
        return switch (this) {
            case EMBY_4_8 -> Hex32.of("source " + number);
            case EMBY_4_9 -> "mediasource_" + number;
            case JELLYFIN -> itemId(number);
        };
    }
}
