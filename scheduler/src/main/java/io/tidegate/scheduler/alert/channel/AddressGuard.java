package io.tidegate.scheduler.alert.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says which addresses a channel may reach. Whoever may write a channel must not reach through the server what only the server
 * can reach: itself, its network, its cloud's metadata. The caller connects to the address that is returned and never asks for
 * the name again, so that a name which answers differently the second time gains nothing.
 */
public final class AddressGuard {
    /** What {@link InetAddress} has no question for. 100.64.0.0/10 holds a cloud's metadata too; the last ones carry IPv4. */
    private static final List<AddressRange> FORBIDDEN = Stream.of(
                    "0.0.0.0/8",
                    "100.64.0.0/10",
                    "192.0.0.0/24",
                    "198.18.0.0/15",
                    "240.0.0.0/4",
                    "fc00::/7",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "2001::/32",
                    "2002::/16")
            .map(AddressRange::parse)
            .toList();

    private final List<AddressRange> allowed;

    /** @param allowed addresses that may be reached although they are not public */
    public AddressGuard(List<AddressRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** An address must not be reached; the message is for the user. */
    public static final class ForbiddenAddressException extends Exception {
        private static final long serialVersionUID = 1L;

        ForbiddenAddressException(String message) {
            super(message);
        }
    }

    /**
     * The address to connect to.
     *
     * @throws UnknownHostException when the name has no address
     * @throws ForbiddenAddressException when one of its addresses may not be reached, even if others may
     */
    InetAddress resolve(String host) throws UnknownHostException, ForbiddenAddressException {
        InetAddress[] all = InetAddress.getAllByName(host);
        for (InetAddress address : all) {
            if (!mayReach(address)) {
                throw new ForbiddenAddressException(
                        "%s is %s, an address of a private network or of the server itself, and channels may not reach those. Use a public address, or let an administrator of the server add it to alerts.allowedAddresses."
                                .formatted(host, address.getHostAddress()));
            }
        }
        return all[0];
    }

    /** Whether an administrator let channels reach an address that is not public. */
    boolean isAllowedByName(InetAddress address) {
        return allowed.stream().anyMatch(range -> range.holds(address));
    }

    boolean mayReach(InetAddress address) {
        if (isAllowedByName(address)) {
            return true;
        }
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || FORBIDDEN.stream().anyMatch(range -> range.holds(address)));
    }
}
