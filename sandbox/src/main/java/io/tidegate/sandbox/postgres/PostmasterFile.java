package io.tidegate.sandbox.postgres;

import io.tidegate.sandbox.directory.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a running PostgreSQL says of itself in {@code postmaster.pid} of its data directory. */
record PostmasterFile(long pid, boolean ready) {
    private static final int STATUS_LINE = 7;

    static Path in(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Empty when there is none, or when it is only half written. */
    static Optional<PostmasterFile> read(Path data) {
        try {
            List<String> lines = Files.readAllLines(in(data));
            if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
                return Optional.empty();
            }
            boolean ready =
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return Optional.of(new PostmasterFile(Long.parseLong(lines.get(0).strip()), ready));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SandboxException("Cannot read %s: %s".formatted(in(data), e), e);
        }
    }

    /**
     * The PostgreSQL that still runs on this data directory. Empty when the number in the file belongs to nobody or, after a
     * restart of the machine or container, to some other program.
     */
    Optional<ProcessHandle> runningOn(Path data) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> {
            boolean postgres =
                    process.info().command().map(c -> c.endsWith("/postgres")).orElse(false);
            boolean here = process.info()
                    .arguments()
                    .map(a -> Arrays.asList(a).contains(data.toString()))
                    .orElse(false);
            return here && postgres;
        });
    }
}
