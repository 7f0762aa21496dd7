package io.tidegate.app;

import io.tidegate.app.config.Config;
import io.tidegate.app.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a long-running program takes its settings from: the same flags for all of them. */
final class ConfigOptions {
    private static final Path DEFAULT_FILE = Path.of("tidegate.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings. Default: tidegate.yaml, when it is there.")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting; may be repeated.")
    private Map<String, String> settings = new HashMap<>();

    /**
     * @param flags settings that the command's own flags stand for; they win
     */
    Config read(Map<String, String> flags) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(flags);
        Path source = file == null && Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : file;
        return ConfigReader.read(source, System.getenv(), all);
    }
}
