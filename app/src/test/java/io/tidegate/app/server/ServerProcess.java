package io.tidegate.app.server;

import io.tidegate.app.Main;
import io.tidegate.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    static final String PASSWORD = "a-password-for-tests";
    private static final String READY = "Tidegate is ready at ";

    private final Process process;
    private final CompletableFuture<URI> uri = new CompletableFuture<>();

    private ServerProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    static ServerProcess start(Sandbox sandbox, String databaseUrl, String name, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "server",
                "--port",
                "0"));
        set(command, "database.url", databaseUrl);
        set(command, "database.user", sandbox.postgres().user());
        set(command, "database.password", sandbox.postgres().password());
        set(command, "secretKey.file", directory.resolve("secret.key").toString());
        set(command, "worker.name", name);
        set(command, "worker.leaseSeconds", "6");
        set(command, "admin.password", PASSWORD);
        return new ServerProcess(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start());
    }

    private static void set(List<String> command, String key, String value) {
        command.add("--set");
        command.add(key + "=" + value);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            String line;
            StringBuilder said = new StringBuilder();
            while ((line = lines.readLine()) != null) {
                said.append(line).append('\n');
                if (line.startsWith(READY)) {
                    uri.complete(URI.create(line.substring(READY.length())));
                }
            }
            uri.completeExceptionally(new IllegalStateException("the server ended:\n" + said));
        } catch (IOException e) {
            uri.completeExceptionally(e);
        }
    }

    URI uri() throws Exception {
        return uri.get(60, TimeUnit.SECONDS);
    }

    /** As the kernel or an operator would: no hook, no closing. */
    void kill9() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
