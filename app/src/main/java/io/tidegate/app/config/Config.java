package io.tidegate.app.config;

import io.tidegate.scheduler.alert.AlertSettings;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one program, read and checked. See {@link Setting} for what each one means.
 *
 * @param host the name of this machine
 * @param workerThreads 0 for no worker
 * @param resourceGroups names of those its worker serves; empty for all
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
        String host,
        String workerName,
        int workerThreads,
        Set<String> resourceGroups,
        int drainSeconds,
        int leaseSeconds,
        @Nullable Path dirtyDirectory,
        String adminPassword,
        AlertSettings alerts) {

    public Config {
        resourceGroups = Set.copyOf(resourceGroups);
    }

    public Config named(String newWorkerName) {
        return new Config(
                bind,
                port,
                secureCookies,
                databaseUrl,
                databaseUser,
                databasePassword,
                poolSize,
                secretKeyFile,
                host,
                newWorkerName,
                workerThreads,
                resourceGroups,
                drainSeconds,
                leaseSeconds,
                dirtyDirectory,
                adminPassword,
                alerts);
    }

    @Override
    public String toString() {
        return "Config[" + bind + ":" + port + ", " + databaseUrl + ", worker " + workerName + "]";
    }
}
