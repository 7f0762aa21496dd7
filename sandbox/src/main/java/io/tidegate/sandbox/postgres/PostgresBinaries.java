package io.tidegate.sandbox.postgres;

import io.tidegate.sandbox.directory.FileTree;
import io.tidegate.sandbox.directory.SandboxException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own programs, unpacked from the jar on the class path that fits this machine. */
record PostgresBinaries(Path home) {
    private static final String PREFIX = "binaries-";
    private static final int HASH_DIGITS = 12;

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /**
     * Unpacks into {@code directory}, unless these very binaries lie there already. The folder is named by the archive's
     * hash, so a newer release is unpacked beside the old one, which is removed.
     */
    static PostgresBinaries unpack(Path directory) {
        String resource = resourceName();
        try {
            Path home = directory.resolve(PREFIX + hash(resource));
            if (!Files.isDirectory(home)) {
                Path half = directory.resolve(PREFIX + "unpacking");
                FileTree.delete(half);
                extract(resource, Files.createDirectory(half));
                Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
            }
            try (Stream<Path> siblings = Files.list(directory)) {
                for (Path other : siblings.filter(p -> isOutdated(p, home)).toList()) {
                    FileTree.delete(other);
                }
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new SandboxException("Cannot unpack PostgreSQL into %s: %s".formatted(directory, e), e);
        }
    }

    private static boolean isOutdated(Path path, Path home) {
        return path.getFileName().toString().startsWith(PREFIX) && !path.equals(home);
    }

    private static String resourceName() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "darwin" : os.contains("linux") ? "linux" : "windows";
        String machine = List.of("aarch64", "arm64").contains(arch) ? "arm_64" : "x86_64";
        return "postgres-%s-%s.txz".formatted(system, machine);
    }

    private static InputStream open(String resource) throws IOException {
        InputStream stream = PostgresBinaries.class.getResourceAsStream("/" + resource);
        if (stream == null) {
            throw new SandboxException(
                    "No PostgreSQL for this machine (%s, %s): %s is not on the class path. Build Tidegate on the machine it runs on, or give it a PostgreSQL of your own by URL."
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), resource));
        }
        return new BufferedInputStream(stream, 1 << 16);
    }

    private static String hash(String resource) throws IOException {
        try (var stream = new DigestInputStream(open(resource), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static void extract(String resource, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(open(resource)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                write(entry, tar, path);
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
