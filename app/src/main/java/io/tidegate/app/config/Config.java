package io.tidegate.app.config;

import io.tidegate.scheduler.alert.AlertSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one server, read and checked. See {@link Setting} for what each one means.
 *
 * @param port 0 to 65535
 * @param dirtyDirectory null for no files of dirty records
 * @param poolSize at least 2: one connection listens for notifications
 */
public record Config(
        String bind,
        int port,
        boolean secureCookies,
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        int poolSize,
        Path secretKeyFile,
        String workerName,
        int workerThreads,
        int leaseSeconds,
        @Nullable Path dirtyDirectory,
        String adminPassword,
        AlertSettings alerts) {

    @Override
    public String toString() {
        return "Config[" + bind + ":" + port + ", " + databaseUrl + ", worker " + workerName + "]";
    }
}
