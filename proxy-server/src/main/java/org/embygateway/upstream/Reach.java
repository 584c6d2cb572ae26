package org.embygateway.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.embygateway.protocol.WouldWait;

/**
 * How far the word of a server leads. It may be a stranger's, so neither its redirects nor the addresses in its answers
 * open the gateway's own network, unless the server is there itself; and none opens link-local addresses, behind which
 * clouds keep their secrets.
 */
public final class Reach {
    private Reach() {}

    /**
     * Whether what {@code from} says may make the gateway call {@code to}; both as in an address, IPv6 in brackets.
     * Asks the name server.
     */
    public static boolean leads(String from, String to) {
        if (from.equalsIgnoreCase(to)) {
            return true;
        }
        return addresses(to).noneMatch(Reach::isForbidden)
                && (addresses(to).noneMatch(Reach::isPrivate) || addresses(from).anyMatch(Reach::isPrivate));
    }

    private static boolean isForbidden(InetAddress address) {
        return address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress();
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isSiteLocalAddress() || address.isLoopbackAddress() || isUniqueLocal(address);
    }

    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    }

    private static Stream<InetAddress> addresses(String host) {
        WouldWait.check();
        try {
            return Stream.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return Stream.empty();
        }
    }
}
