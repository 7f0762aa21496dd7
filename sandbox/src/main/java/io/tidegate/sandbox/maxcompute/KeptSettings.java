package io.tidegate.sandbox.maxcompute;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** Keys, kept beside the data so that a stored connection works after a restart. The owner alone may read them. */
final class KeptSettings {
    private static final String FILE = "server.properties";

    private final Path file;
    private final Properties properties = new Properties();

    private KeptSettings(Path file) {
        this.file = file;
    }

    static KeptSettings in(Path directory) throws IOException {
        KeptSettings settings = new KeptSettings(directory.resolve(FILE));
        if (Files.exists(settings.file)) {
            try (Reader in = Files.newBufferedReader(settings.file, StandardCharsets.UTF_8)) {
                settings.properties.load(in);
            }
        }
        return settings;
    }

    String accessId() {
        return kept("accessId", "sandbox", 9);
    }

    String accessKey() {
        return kept("accessKey", "", 24);
    }

    private String kept(String name, String prefix, int randomBytes) {
        String value = properties.getProperty(name);
        if (value == null) {
            byte[] bytes = new byte[randomBytes];
            new SecureRandom().nextBytes(bytes);
            value = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            properties.setProperty(name, value);
        }
        return value;
    }

    void write(String accessId, String accessKey) throws IOException {
        properties.setProperty("accessId", accessId);
        properties.setProperty("accessKey", accessKey);
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (Writer out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
            properties.store(out, null);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
