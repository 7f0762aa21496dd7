package io.tidegate.sandbox.postgres;

import io.tidegate.sandbox.directory.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The words that stand before a PostgreSQL command so that it runs with rights it accepts and ends with this JVM. Each of
 * them replaces itself by the next (exec), so the process that Java started is PostgreSQL itself.
 *
 * @param words the words, possibly none
 * @param endsWithJvm whether the kernel ends the process when the JVM is gone, even after {@code kill -9}
 * @param ownerUid who must own the data directory when this JVM runs as root; null when it does not
 */
record LaunchPrefix(
        List<String> words, boolean endsWithJvm, @Nullable Integer ownerUid) {
    static final int ROOT = 0;
    static final int NOBODY = 65534;

    /** SIGINT is PostgreSQL's fast shutdown: sessions are cut, everything committed is kept. */
    private static final List<String> END_WITH_JVM = List.of("setpriv", "--pdeathsig", "INT", "--");

    /** A session of its own: Ctrl-C in a terminal reaches Tidegate, which then stops PostgreSQL last and in order. */
    private static final List<String> OWN_SESSION = List.of("setsid");

    /** A user namespace in which root is nobody: PostgreSQL refuses to run as root, the files stay root's. */
    private static final List<String> NOT_ROOT_INSIDE = List.of("unshare", "-U", "--");

    static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--pdeathsig", "INT", "--");

    LaunchPrefix {
        words = List.copyOf(words);
    }

    static LaunchPrefix detect() {
        boolean dies = works(END_WITH_JVM);
        List<String> base = new ArrayList<>(dies ? END_WITH_JVM : List.of());
        base.addAll(ownSession());
        if (uid() != ROOT) {
            return new LaunchPrefix(base, dies, null);
        }
        base.addAll(NOT_ROOT_INSIDE);
        if (works(base)) {
            return new LaunchPrefix(base, dies, ROOT);
        }
        if (works(AS_NOBODY)) {
            return asNobody();
        }
        throw new SandboxException(
                "PostgreSQL refuses to run as root, and neither `unshare -U` nor `setpriv --reuid` works here. Run Tidegate as an ordinary user.");
    }

    static LaunchPrefix asNobody() {
        List<String> words = new ArrayList<>(AS_NOBODY);
        words.addAll(ownSession());
        return new LaunchPrefix(words, true, NOBODY);
    }

    private static List<String> ownSession() {
        return works(OWN_SESSION) ? OWN_SESSION : List.of();
    }

    List<String> before(List<String> command) {
        var all = new ArrayList<>(words);
        all.addAll(command);
        return all;
    }

    /** Gives the directory to the user that PostgreSQL will be, and makes sure that this user gets there. */
    void prepare(Path directory) {
        if (ownerUid == null) {
            return;
        }
        try {
            Files.walkFileTree(directory, new OwnerChange(ownerUid));
        } catch (IOException e) {
            throw new SandboxException(
                    "Cannot give %s to uid %d, as which PostgreSQL has to run: %s".formatted(directory, ownerUid, e),
                    e);
        }
        if (!succeeds(before(List.of("test", "-x", directory.toString())))) {
            throw new SandboxException(
                    "PostgreSQL refuses to run as root, and uid %d, as which it has to run here, cannot reach %s. Name a data directory outside of root's home, or run Tidegate as an ordinary user."
                            .formatted(ownerUid, directory));
        }
    }

    private static boolean works(List<String> prefix) {
        var command = new ArrayList<>(prefix);
        command.add("true");
        return succeeds(command);
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while PostgreSQL was being started.", e);
        }
    }

    private static int uid() {
        try {
            Process id = new ProcessBuilder("id", "-u").start();
            try (var output = id.inputReader()) {
                String line = output.readLine();
                return line == null ? -1 : Integer.parseInt(line.strip());
            }
        } catch (IOException e) {
            throw new SandboxException("Cannot find out who runs this program: `id -u` failed: " + e, e);
        }
    }
}
