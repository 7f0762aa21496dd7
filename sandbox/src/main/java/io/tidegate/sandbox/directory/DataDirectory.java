package io.tidegate.sandbox.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which one server keeps its data, held by one JVM at a time.
 *
 * <p>The lock falls with the JVM, however it ends, so it never has to be removed by hand.
 */
public final class DataDirectory implements AutoCloseable {
    /** Below the ranges from which Linux and macOS take the ports of outgoing connections, which would take a kept port. */
    private static final int PORT_MIN = 20_000;

    private static final int PORT_MAX = 32_000;
    private static final int PORT_TRIES_MAX = 200;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory when it is missing (readable by its owner only) and takes it.
     *
     * @throws SandboxException when another JVM, or another server in this one, holds it
     */
    public static DataDirectory open(Path directory) {
        try {
            Path made = makePrivate(directory).toRealPath();
            FileChannel lockFile =
                    FileChannel.open(made.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new SandboxException(
                        "%s is in use by another Tidegate. Stop that one, or name another data directory."
                                .formatted(made));
            }
            return new DataDirectory(made, lockFile);
        } catch (IOException e) {
            throw new SandboxException(
                    "Cannot use %s as a data directory: %s. Name one that can be written.".formatted(directory, e), e);
        }
    }

    private static Path makePrivate(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (Files.isDirectory(directory)) {
            return directory;
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectory(directory);
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    /** Absolute, without symbolic links. */
    public Path path() {
        return path;
    }

    /**
     * The port that the server named so had the last time, else a free one, which is kept from now on: addresses of the
     * sandbox are stored in data sources and must outlive a restart.
     *
     * @param wanted a port to use whatever was kept, or 0
     * @throws SandboxException when the port is taken by someone else
     */
    public int port(String name, int wanted) {
        Path kept = path.resolve(name);
        try {
            int port = wanted > 0 ? wanted : Files.exists(kept) ? read(kept) : freePort();
            if (!isFree(port)) {
                throw new SandboxException(
                        "Port %d of 127.0.0.1 is taken by another program. Stop that program, or delete %s to let another port be chosen."
                                .formatted(port, kept));
            }
            Files.writeString(kept, port + "\n");
            return port;
        } catch (IOException e) {
            throw new SandboxException("Cannot keep the port in %s: %s".formatted(kept, e), e);
        }
    }

    private static int read(Path kept) throws IOException {
        String text = Files.readString(kept).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SandboxException(
                    "%s holds '%s', which is not a port. Delete it to let a port be chosen.".formatted(kept, text), e);
        }
    }

    private static int freePort() {
        var random = new SecureRandom();
        for (int i = 0; i < PORT_TRIES_MAX; i++) {
            int port = PORT_MIN + random.nextInt(PORT_MAX - PORT_MIN);
            if (isFree(port)) {
                return port;
            }
        }
        throw new SandboxException("No free port found between %d and %d on 127.0.0.1.".formatted(PORT_MIN, PORT_MAX));
    }

    private static boolean isFree(int port) {
        // Reuse of addresses is on by default on POSIX: connections of the last run in TIME_WAIT do not count as taken.
        try (var probe = new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK))) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new SandboxException("Cannot release %s: %s".formatted(path, e), e);
        }
    }
}
