package io.tidegate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, which ends when its input does: so that its CPU time and its heap are not those of the measured side. */
final class Child implements AutoCloseable {
    private static final String READY = "ready ";

    private final Process process;
    private final String answer;

    private Child(Process process, String answer) {
        this.process = process;
        this.answer = answer;
    }

    /** Starts a main class and waits until it says that it is ready. */
    static Child start(Class<?> main, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                drain(out);
                return new Child(process, line.substring(READY.length()));
            }
        }
        throw new IOException(main.getSimpleName() + " did not start");
    }

    /** A child that nobody listens to stops in the middle of a line when the pipe is full. */
    private static void drain(BufferedReader out) {
        Thread thread = new Thread(() -> out.lines().forEach(System.err::println), "child-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** Called by the main of a child: says that it is ready, and returns when the parent wants it to end. */
    static void serve(String answer) throws IOException {
        System.out.println(READY + answer);
        while (System.in.read() >= 0) {
            // Only the end of the input counts.
        }
    }

    String answer() {
        return answer;
    }

    /** CPU time that it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
