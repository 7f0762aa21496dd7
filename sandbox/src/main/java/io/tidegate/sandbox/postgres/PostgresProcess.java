package io.tidegate.sandbox.postgres;

import io.tidegate.sandbox.directory.SandboxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running {@code postgres}, a direct child of this JVM. */
final class PostgresProcess {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
    private static final int STOP_SECONDS_MAX = 30;

    private final Process process;
    private final @Nullable Process watchdog;
    private final AtomicBoolean stopping;

    private PostgresProcess(Process process, @Nullable Process watchdog, AtomicBoolean stopping) {
        this.process = process;
        this.watchdog = watchdog;
        this.stopping = stopping;
    }

    static PostgresProcess start(LaunchPrefix prefix, List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(prefix.before(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        cleanEnvironment(builder);
        var stopping = new AtomicBoolean();
        Process process = startInLastingThread(builder, stopping);
        return new PostgresProcess(process, prefix.endsWithJvm() ? null : watch(process), stopping);
    }

    /** Nothing of the caller's PostgreSQL settings, language or zone may change how this one behaves. */
    static void cleanEnvironment(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(key -> key.startsWith("PG") || key.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
    }

    /**
     * The kernel sends the signal of "parent death" when the <em>thread</em> that forked ends, not the JVM: a thread of a
     * pool, or a test's, would take PostgreSQL with it.
     */
    private static Process startInLastingThread(ProcessBuilder builder, AtomicBoolean stopping) throws IOException {
        var started = new CompletableFuture<Process>();
        var thread = new Thread(
                () -> {
                    try {
                        Process process = builder.start();
                        started.complete(process);
                        awaitEnd(process);
                        if (!stopping.get()) {
                            LOG.error("PostgreSQL ended by itself with exit code {}; see its log", process.exitValue());
                        }
                    } catch (IOException | RuntimeException e) {
                        started.completeExceptionally(e);
                    }
                },
                "sandbox-postgres");
        thread.setDaemon(true);
        thread.start();
        try {
            return started.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void awaitEnd(Process process) {
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException ignored) {
                // Ending early would stop PostgreSQL; see startInLastingThread.
                LOG.debug("Interrupted while waiting for PostgreSQL; waiting on");
            }
        }
    }

    /**
     * Where the kernel knows no death signal (macOS): a shell that reads a pipe which only this JVM holds open, and stops
     * PostgreSQL when the pipe ends.
     */
    private static Process watch(Process postgres) throws IOException {
        return new ProcessBuilder("sh", "-c", "trap '' INT; cat >/dev/null; kill -INT \"$0\"", pidOf(postgres))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String pidOf(Process process) {
        return Long.toString(process.pid());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Fast shutdown, then kill. Returns when the process is gone. */
    void stop() {
        stopping.set(true);
        if (watchdog != null) {
            // Before PostgreSQL: later its number might belong to another process.
            watchdog.destroyForcibly();
        }
        if (process.isAlive()) {
            interrupt(process.pid());
        }
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warn("PostgreSQL did not stop within {} s and is killed", STOP_SECONDS_MAX);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Java itself can only send TERM, on which PostgreSQL waits for all its sessions to end, and KILL. */
    static void interrupt(long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new SandboxException("Cannot stop PostgreSQL (process %d): %s".formatted(pid, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
