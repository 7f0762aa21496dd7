package io.tidegate.app.server;

import io.tidegate.app.Main;
import io.tidegate.app.process.ChildProgram;
import io.tidegate.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server in a JVM of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    static final String PASSWORD = "a-password-for-tests";
    static final String READY = "Tidegate is ready at ";
    private static final String SECRET_KEY = "secret.key";

    private final ChildProgram program;

    private ServerProcess(ChildProgram program) {
        this.program = program;
    }

    static ServerProcess start(Sandbox sandbox, String databaseUrl, String name, Path directory) throws IOException {
        return start(sandbox, databaseUrl, name, directory, Map.of());
    }

    static ServerProcess start(
            Sandbox sandbox, String databaseUrl, String name, Path directory, Map<String, String> more)
            throws IOException {
        Map<String, String> settings = settings(sandbox, databaseUrl, name, directory);
        settings.put("admin.password", PASSWORD);
        settings.putAll(more);
        return new ServerProcess(
                ChildProgram.start(Main.class, List.of("server", "--port", "0"), settings, directory, READY));
    }

    /** What every program of one installation is given. */
    static Map<String, String> settings(Sandbox sandbox, String databaseUrl, String name, Path directory) {
        Map<String, String> settings = new HashMap<>(ChildProgram.database(sandbox, databaseUrl));
        settings.put("secretKey.file", directory.resolve(SECRET_KEY).toString());
        settings.put("worker.name", name);
        settings.put("worker.leaseSeconds", "6");
        return settings;
    }

    URI uri() throws Exception {
        return URI.create(program.ready());
    }

    /** As the kernel or an operator would: no hook, no closing. */
    void kill9() throws InterruptedException {
        program.kill9();
    }

    @Override
    public void close() {
        program.close();
    }
}
