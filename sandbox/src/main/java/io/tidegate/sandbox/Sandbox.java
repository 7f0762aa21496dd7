package io.tidegate.sandbox;

import io.tidegate.sandbox.directory.FileTree;
import io.tidegate.sandbox.directory.SandboxException;
import io.tidegate.sandbox.kafka.KafkaBroker;
import io.tidegate.sandbox.maxcompute.MaxComputeServer;
import io.tidegate.sandbox.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One PostgreSQL, one Kafka and one local MaxCompute on 127.0.0.1, for the demo and for tests. */
public final class Sandbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private final Server<PostgresServer> postgres;
    private final Server<KafkaBroker> kafka;
    private final Server<MaxComputeServer> maxCompute;

    private Sandbox(Path directory) {
        postgres = new Server<>(directory.resolve("postgres"), PostgresServer::start);
        kafka = new Server<>(directory.resolve("kafka"), KafkaBroker::start);
        maxCompute = new Server<>(directory.resolve("maxcompute"), MaxComputeServer::start);
    }

    /**
     * Starts all of them side by side on data, ports and passwords that are kept in the directory.
     *
     * @throws SandboxException when one of them cannot start; the others are closed again
     */
    public static Sandbox start(Path dataDirectory) {
        var sandbox = new Sandbox(dataDirectory);
        try {
            sandbox.startAll();
            return sandbox;
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    /**
     * The one of this JVM, for tests: in a temporary directory that is deleted when the JVM ends. Each server is started when
     * it is first asked for.
     */
    public static Sandbox shared() {
        return Shared.SANDBOX;
    }

    private static final class Shared {
        private static final Sandbox SANDBOX = startWithJvm();

        private static Sandbox startWithJvm() {
            try {
                Path directory = Files.createTempDirectory("tidegate-sandbox");
                var sandbox = new Sandbox(directory);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> sandbox.closeAndDelete(directory)));
                return sandbox;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void closeAndDelete(Path directory) {
        try {
            close();
            FileTree.delete(directory);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Could not tidy up {}: {}", directory, e.toString());
        }
    }

    private void startAll() {
        var failures = new ArrayList<RuntimeException>();
        var threads = new ArrayList<Thread>();
        for (Server<?> server : all()) {
            var thread = new Thread(
                    () -> {
                        try {
                            server.get();
                        } catch (RuntimeException e) {
                            synchronized (failures) {
                                failures.add(e);
                            }
                        }
                    },
                    "sandbox-start");
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while the sandbox was being started.", e);
        }
        throwFirst(failures);
    }

    private List<Server<?>> all() {
        return List.of(kafka, maxCompute, postgres);
    }

    private static void throwFirst(List<RuntimeException> failures) {
        if (failures.isEmpty()) {
            return;
        }
        RuntimeException first = failures.get(0);
        failures.stream().skip(1).forEach(first::addSuppressed);
        throw first;
    }

    public PostgresServer postgres() {
        return postgres.get();
    }

    public KafkaBroker kafka() {
        return kafka.get();
    }

    public MaxComputeServer maxCompute() {
        return maxCompute.get();
    }

    /** Closes what was started, PostgreSQL last; none of them can be started again by this object. */
    @Override
    public void close() {
        var failures = new ArrayList<RuntimeException>();
        for (Server<?> server : all()) {
            try {
                server.close();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        throwFirst(failures);
    }

    /** Started when first asked for. */
    private static final class Server<S extends AutoCloseable> implements Supplier<S> {
        private final Path directory;
        private final Function<Path, S> start;
        private @Nullable S started;
        private boolean closed;

        Server(Path directory, Function<Path, S> start) {
            this.directory = directory;
            this.start = start;
        }

        @Override
        public synchronized S get() {
            if (closed) {
                throw new IllegalStateException("the sandbox is closed");
            }
            S known = started;
            if (known == null) {
                known = start.apply(directory);
                started = known;
            }
            return known;
        }

        synchronized void close() {
            closed = true;
            try {
                if (started != null) {
                    started.close();
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new SandboxException("Cannot close the server in " + directory, e);
            }
        }
    }
}
