package io.tidegate.sandbox.postgres;

import java.nio.file.Path;

/** Main of a JVM of its own that holds a PostgreSQL until its input ends or it is killed. */
final class ChildPostgres {
    private ChildPostgres() {}

    public static void main(String[] arguments) throws Exception {
        hold(PostgresServer.start(Path.of(arguments[0])));
    }

    /** As where the kernel knows no death signal. */
    static final class Watched {
        private Watched() {}

        public static void main(String[] arguments) throws Exception {
            LaunchPrefix prefix = LaunchPrefix.detect();
            var words = prefix.words().stream()
                    .dropWhile(word -> !word.equals("setsid"))
                    .toList();
            var withoutDeathSignal = new LaunchPrefix(words, false, prefix.ownerUid());
            hold(PostgresServer.start(Path.of(arguments[0]), 0, withoutDeathSignal));
        }
    }

    private static void hold(PostgresServer server) throws Exception {
        try (server) {
            System.out.printf("ready %d %d %s%n", server.pid(), server.port(), server.password());
            while (System.in.read() >= 0) {
                // Nothing is said on this input; only its end counts.
            }
        }
    }
}
