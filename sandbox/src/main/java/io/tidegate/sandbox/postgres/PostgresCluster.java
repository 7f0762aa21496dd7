package io.tidegate.sandbox.postgres;

import io.tidegate.sandbox.directory.FileTree;
import io.tidegate.sandbox.directory.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one PostgreSQL: made once by {@code initdb}, then kept. */
final class PostgresCluster {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final int PREDECESSOR_SECONDS_MAX = 30;
    private static final int PASSWORD_BYTES = 24;

    private final Path directory;
    private final PostgresBinaries binaries;
    private final LaunchPrefix prefix;

    PostgresCluster(Path directory, PostgresBinaries binaries, LaunchPrefix prefix) {
        this.directory = directory;
        this.binaries = binaries;
        this.prefix = prefix;
    }

    Path data() {
        return directory.resolve("data");
    }

    private Path passwordFile() {
        return directory.resolve("password");
    }

    /** Makes the cluster unless it is there; returns the password of its superuser. */
    String make(String superuser) {
        try {
            boolean made = Files.exists(data().resolve("PG_VERSION"));
            if (made && !Files.exists(passwordFile())) {
                throw new SandboxException(
                        "%s is missing, and the data beside it cannot be opened without it. Put it back, or delete %s to start with empty databases."
                                .formatted(passwordFile(), directory));
            }
            String password = readOrMakePassword();
            prefix.prepare(directory);
            if (!made) {
                initialise(superuser);
            }
            return password;
        } catch (IOException e) {
            throw new SandboxException("Cannot make PostgreSQL's files in %s: %s".formatted(directory, e), e);
        }
    }

    private String readOrMakePassword() throws IOException {
        try {
            Files.createFile(
                    passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException kept) {
            String password = Files.readString(passwordFile()).strip();
            if (!password.isEmpty()) {
                return password;
            }
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.writeString(passwordFile(), password + "\n");
        return password;
    }

    private void initialise(String superuser) throws IOException {
        Path half = directory.resolve("data.initialising");
        FileTree.delete(half);
        Path output = directory.resolve("initdb.log");
        List<String> initdb = List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + half,
                "--username=" + superuser,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                // Sorting and case are PostgreSQL's own, the same on every machine whatever its locales.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C");
        var builder = new ProcessBuilder(prefix.before(initdb))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        PostgresProcess.cleanEnvironment(builder);
        try {
            int exit = builder.start().waitFor();
            if (exit != 0) {
                throw new SandboxException("initdb failed with exit code %d:%n%s"
                        .formatted(exit, Files.readString(output, StandardCharsets.UTF_8)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted during initdb.", e);
        }
        // Only a whole cluster gets the name under which it is looked for.
        Files.move(half, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Makes sure that no PostgreSQL of an earlier run is left on the data. After {@code kill -9} of the JVM it may still be
     * shutting down; the data directory is locked by us, so whatever runs on it has no master any more.
     */
    void awaitPredecessor() {
        Optional<PostmasterFile> file = PostmasterFile.read(data());
        if (file.isEmpty()) {
            return;
        }
        Optional<ProcessHandle> left = file.get().runningOn(data());
        try {
            if (left.isPresent()) {
                LOG.info(
                        "Waiting for the PostgreSQL of an earlier run (process {}) to stop",
                        file.get().pid());
                PostgresProcess.interrupt(left.get().pid());
                left.get().onExit().get(PREDECESSOR_SECONDS_MAX, TimeUnit.SECONDS);
            }
            // A stale file whose number now belongs to some other program would keep PostgreSQL from starting.
            Files.deleteIfExists(PostmasterFile.in(data()));
        } catch (TimeoutException e) {
            throw new SandboxException(
                    "PostgreSQL of an earlier run (process %d) does not stop. End it by hand: kill -QUIT %d"
                            .formatted(file.get().pid(), file.get().pid()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while waiting for the PostgreSQL of an earlier run.", e);
        } catch (ExecutionException | IOException e) {
            throw new SandboxException("Cannot tidy up after an earlier run in %s: %s".formatted(data(), e), e);
        }
    }
}
