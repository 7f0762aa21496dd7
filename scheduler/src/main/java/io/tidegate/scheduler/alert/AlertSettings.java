package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.AddressRange;
import io.tidegate.scheduler.alert.channel.SmtpServer;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server's configuration says of alerts.
 *
 * @param publicUrl where people reach the server, for links in messages; null for no links
 * @param mailServer for e-mail channels that name none; null for none
 * @param allowedAddresses addresses that channels may reach although they are not public
 */
public record AlertSettings(
        @Nullable URI publicUrl, @Nullable SmtpServer mailServer, List<AddressRange> allowedAddresses) {
    public static final AlertSettings NONE = new AlertSettings(null, null, List.of());

    public AlertSettings {
        allowedAddresses = List.copyOf(allowedAddresses);
    }
}
