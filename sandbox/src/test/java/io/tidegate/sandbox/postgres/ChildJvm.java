package io.tidegate.sandbox.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM with a PostgreSQL in it, made to be killed or to be run by another user. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    final long postgresPid;
    final int port;
    final String password;

    private ChildJvm(Process process, String line) {
        this.process = process;
        String[] words = line.split(" ");
        this.postgresPid = Long.parseLong(words[0]);
        this.port = Integer.parseInt(words[1]);
        this.password = words[2];
    }

    static ChildJvm start(Path data) throws IOException {
        return start(data, List.of(), System.getProperty("java.class.path"));
    }

    /** With a copy of the class path under {@code reachable}: the local repository usually lies in root's home. */
    static ChildJvm startAsNobody(Path data, Path reachable) throws IOException {
        var prefix = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
        return start(data, prefix, copyClassPath(reachable));
    }

    private static ChildJvm start(Path data, List<String> prefix, String classPath) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-cp", classPath, ChildPostgres.class.getName(), data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.matches("\\d+ \\d+ \\S+")) {
                return new ChildJvm(process, line);
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the child JVM ended before PostgreSQL was ready:\n" + said);
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

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
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
