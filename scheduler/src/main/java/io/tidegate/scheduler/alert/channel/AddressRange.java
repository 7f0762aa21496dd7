package io.tidegate.scheduler.alert.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A range of IP addresses, as {@code 10.1.0.0/16}.
 *
 * @param network its first address
 * @param bits how many leading bits are fixed
 */
public record AddressRange(InetAddress network, int bits) {
    // Digits and colons only: a name would be looked up.
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * @param text an address, alone or with the number of its fixed bits
     * @throws IllegalArgumentException when it is none; the message is for the user
     */
    public static AddressRange parse(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length > 2 || !LITERAL.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no range of addresses; write one as 10.1.0.0/16 or 10.1.2.3");
        }
        try {
            InetAddress network = InetAddress.getByName(parts[0]);
            int all = network.getAddress().length * 8;
            int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException("'" + text + "' fixes more bits than an address has");
            }
            return new AddressRange(network, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no range of addresses; write one as 10.1.0.0/16", e);
        }
    }

    /**
     * Several, separated by commas; none when the text is empty.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static List<AddressRange> parseAll(String text) {
        List<AddressRange> ranges = new ArrayList<>();
        Arrays.stream(text.split(",", -1)).filter(part -> !part.isBlank()).forEach(part -> ranges.add(parse(part)));
        return List.copyOf(ranges);
    }

    boolean holds(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
