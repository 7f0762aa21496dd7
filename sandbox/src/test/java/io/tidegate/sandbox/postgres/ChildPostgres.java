package io.tidegate.sandbox.postgres;

import java.nio.file.Path;

/** Main of a JVM of its own that holds a PostgreSQL until its input ends or it is killed. */
final class ChildPostgres {
    private ChildPostgres() {}

    public static void main(String[] arguments) throws Exception {
        try (PostgresServer server = PostgresServer.start(Path.of(arguments[0]))) {
            System.out.printf("ready %d %d %s%n", server.pid(), server.port(), server.password());
            while (System.in.read() >= 0) {
                // Nothing is said on this input; only its end counts.
            }
        }
    }
}
