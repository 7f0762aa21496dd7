package io.tidegate.sandbox.kafka;

import io.tidegate.sandbox.directory.SandboxException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that runs one main class from a directory of jars and ends with this one. Its output goes to a file. */
final class ChildJvm implements AutoCloseable {
    private static final int STOP_SECONDS_MAX = 10;
    private static final int TOLD_CHARS_MAX = 4000;

    private final String name;
    private final Process process;
    private final Path output;

    private ChildJvm(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /**
     * @param name of the output file, and in messages
     * @param directory where it runs
     */
    static ChildJvm start(String name, Path directory, Path jars, List<String> options, List<String> mainAndArguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", jars.resolve("*") + ":" + ownClasses(), EndsWithParent.class.getName()));
        command.addAll(mainAndArguments);
        Path output = directory.resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new ChildJvm(name, process, output);
        } catch (IOException e) {
            throw new SandboxException("Cannot start %s: %s".formatted(name, e), e);
        }
    }

    private static String ownClasses() {
        try {
            return Path.of(EndsWithParent.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new SandboxException("Cannot find the sandbox's own classes: " + e, e);
        }
    }

    /** Returns when it has ended of its own accord with status 0. */
    void awaitSuccess(int secondsMax) {
        try {
            if (!process.waitFor(secondsMax, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw failure("did not succeed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while waiting for " + name, e);
        }
    }

    /** Throws when it has ended. */
    void checkAlive() {
        if (!process.isAlive()) {
            throw failure("ended with status " + process.exitValue());
        }
    }

    SandboxException failure(String what) {
        String told;
        try {
            told = Files.readString(output);
        } catch (IOException e) {
            told = e.toString();
        }
        return new SandboxException("%s %s:%n%s"
                .formatted(name, what, told.substring(Math.max(0, told.length() - TOLD_CHARS_MAX))));
    }

    @Override
    public void close() {
        // What it holds is thrown away with it, so there is nothing to shut down in order.
        process.destroyForcibly();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new SandboxException("%s (process %d) does not end.".formatted(name, process.pid()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
