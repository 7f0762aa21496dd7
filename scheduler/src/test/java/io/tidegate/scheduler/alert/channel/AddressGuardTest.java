package io.tidegate.scheduler.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard strict = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "127.8.9.1", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
                "169.254.169.254", "100.100.100.200", "100.64.0.1", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1",
                "255.255.255.255", "::1", "::", "fe80::1", "fd00:ec2::254", "fc00::1", "fec0::1", "ff02::1",
                "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1",
                // Other ways to write 127.0.0.1.
                "2130706433", "127.1"
            })
    void what_only_the_server_can_reach_is_refused(String address) {
        assertThatThrownBy(() -> strict.resolve(address))
                .isInstanceOf(AddressGuard.ForbiddenAddressException.class)
                .hasMessageContaining("alerts.allowedAddresses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "169.253.1.1", "2606:4700::1"})
    void public_addresses_may_be_reached(String address) throws Exception {
        assertThat(strict.resolve(address)).isEqualTo(InetAddress.getByName(address));
    }

    @Test
    void an_administrator_may_allow_ranges() throws Exception {
        AddressGuard lax = new AddressGuard(AddressRange.parseAll("10.1.0.0/16, 127.0.0.1,fd00::/8"));

        assertThat(lax.mayReach(InetAddress.getByName("10.1.255.1"))).isTrue();
        assertThat(lax.mayReach(InetAddress.getByName("10.2.0.1"))).isFalse();
        assertThat(lax.mayReach(InetAddress.getLoopbackAddress())).isTrue();
        assertThat(lax.mayReach(InetAddress.getByName("127.0.0.2"))).isFalse();
        assertThat(lax.mayReach(InetAddress.getByName("fd12::1"))).isTrue();
        assertThat(AddressRange.parseAll(" ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "example.com/8", "/8", "10.0.0.0/x"})
    void a_range_that_is_none_is_refused_and_no_name_is_looked_up(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_that_leads_to_the_server_itself_is_refused() {
        assertThatThrownBy(() -> strict.resolve("localhost"))
                .isInstanceOf(AddressGuard.ForbiddenAddressException.class);
    }
}
