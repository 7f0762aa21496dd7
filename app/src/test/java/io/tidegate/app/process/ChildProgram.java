package io.tidegate.app.process;

import io.tidegate.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Tidegate program in a JVM of its own, which can be killed, stopped and woken as an operator or the kernel would. */
public final class ChildProgram implements AutoCloseable {
    /**
     * One that ends instead of getting ready is told at once, so this only bounds a program that hangs. Alone it takes some
     * seconds; beside a whole build, of which each program has a tenth of the machine, it has taken more than ninety.
     */
    private static final int HANGS_AFTER_SECONDS = 300;

    private final Process process;
    private final String readyPrefix;
    private final StringBuilder said = new StringBuilder();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private ChildProgram(Process process, String readyPrefix) {
        this.process = process;
        this.readyPrefix = readyPrefix;
        Thread reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @param arguments of the main class: the command and its flags
     * @param settings each given as {@code --set key=value}
     * @param readyPrefix how the line begins that tells it is ready
     */
    public static ChildProgram start(
            Class<?> main, List<String> arguments, Map<String, String> settings, Path directory, String readyPrefix)
            throws IOException {
        return start(main, arguments, settings, new Surroundings(directory, List.of(), Map.of()), readyPrefix);
    }

    /**
     * Where a program runs.
     *
     * @param prefix words before its command; the last of them must replace itself by it (exec)
     * @param environment besides what this program has itself
     */
    public record Surroundings(Path directory, List<String> prefix, Map<String, String> environment) {
        public Surroundings {
            prefix = List.copyOf(prefix);
            environment = Map.copyOf(environment);
        }
    }

    /** The same, in surroundings of its own. */
    public static ChildProgram start(
            Class<?> main,
            List<String> arguments,
            Map<String, String> settings,
            Surroundings surroundings,
            String readyPrefix)
            throws IOException {
        List<String> command = new ArrayList<>(surroundings.prefix());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Several on a small machine: quick to start, and small.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        settings.forEach((key, value) -> {
            command.add("--set");
            command.add(key + "=" + value);
        });
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(surroundings.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(surroundings.environment());
        return new ChildProgram(builder.start(), readyPrefix);
    }

    /** How any of them reaches the database. */
    public static Map<String, String> database(Sandbox sandbox, String url) {
        return Map.of(
                "database.url", url,
                "database.user", sandbox.postgres().user(),
                "database.password", sandbox.postgres().password());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            String line;
            while ((line = lines.readLine()) != null) {
                synchronized (said) {
                    said.append(line).append('\n');
                }
                if (line.startsWith(readyPrefix)) {
                    ready.complete(line.substring(readyPrefix.length()));
                }
            }
        } catch (IOException e) {
            // It was killed in the middle of a line.
        }
        ready.completeExceptionally(new IllegalStateException("the program ended:\n" + said()));
    }

    /**
     * Blocks until it is ready. Returns what follows the prefix.
     *
     * @throws AssertionError when it hangs, with what it said
     * @throws ExecutionException when it ended
     */
    public String ready() throws InterruptedException, ExecutionException {
        try {
            return ready.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not ready after " + HANGS_AFTER_SECONDS + " s:\n" + said(), e);
        }
    }

    public String said() {
        synchronized (said) {
            return said.toString();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As the kernel or an operator would: no hook, no closing. */
    public void kill9() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * @param name as {@code STOP}, {@code CONT} or {@code TERM}
     */
    public void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("kill -" + name + " " + process.pid() + " failed");
        }
    }

    public int exitCode(long secondsMax) throws InterruptedException {
        if (!process.waitFor(secondsMax, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end within " + secondsMax + " s:\n" + said());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
