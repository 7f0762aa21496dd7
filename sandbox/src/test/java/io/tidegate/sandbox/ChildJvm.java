package io.tidegate.sandbox;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own, made to be killed or to be run by another user. Its main class starts a server in the directory given
 * as the only argument, prints a line of facts that begins with {@code ready}, and holds on until its input ends.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final List<String> facts;

    private ChildJvm(Process process, List<String> facts) {
        this.process = process;
        this.facts = facts;
    }

    public static ChildJvm start(Class<?> main, Path directory) throws IOException {
        return start(main, directory, List.of(), System.getProperty("java.class.path"));
    }

    /** With a copy of the class path under {@code reachable}: the local repository usually lies in root's home. */
    public static ChildJvm startAsNobody(Class<?> main, Path directory, Path reachable) throws IOException {
        var prefix = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
        return start(main, directory, prefix, copyClassPath(reachable));
    }

    private static ChildJvm start(Class<?> main, Path directory, List<String> prefix, String classPath)
            throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", classPath, main.getName(), directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        var said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("ready ")) {
                return new ChildJvm(process, List.of(line.split(" ")));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the child JVM ended before its server was ready:\n" + said);
    }

    private static String copyClassPath(Path target) throws IOException {
        var copied = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path source = Path.of(entry);
            Path copy = target.resolve(copied.size() + "-" + source.getFileName());
            if (Files.isDirectory(source)) {
                copyTree(source, copy);
                copied.add(copy.toString());
            } else if (source.toString()
                    .matches(".*(postgres|compress|commons-io|commons-lang|xz|slf4j|logback).*jar")) {
                Files.copy(source, copy);
                copied.add(copy.toString());
            }
        }
        return copied.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static void copyTree(Path source, Path target) throws IOException {
        try (Stream<Path> all = Files.walk(source)) {
            for (Path path : all.toList()) {
                Files.copy(path, target.resolve(source.relativize(path).toString()));
            }
        }
    }

    /** The word at this place of the line, counted from 1. */
    public String fact(int place) {
        return facts.get(place);
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
