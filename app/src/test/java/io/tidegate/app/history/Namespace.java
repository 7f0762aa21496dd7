package io.tidegate.app.history;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace for one program, joined to this machine by one cable (a veth pair) that can be pulled, and with a packet
 * filter of its own: what is lost here is lost as in a network, and the kernels at both ends do what kernels do.
 *
 * <p>It takes root, {@code ip} and {@code iptables}.
 */
final class Namespace implements AutoCloseable {
    private static final int COMMAND_SECONDS_MAX = 10;

    private final String name;
    private final String cable;
    /** Of a range that is set aside for tests of networks (RFC 2544). */
    private final String here;

    private final String there;

    private Namespace(int number) {
        this.name = "tidegate-" + ProcessHandle.current().pid() + "-" + number;
        this.cable = "tg" + ProcessHandle.current().pid() % 100_000 + "n" + number;
        this.here = "198.18." + number + ".1";
        this.there = "198.18." + number + ".2";
    }

    /** Why there can be none on this machine; empty where there can. */
    static Optional<String> refusal() {
        try (Namespace trial = lay(250)) {
            trial.loseRequests();
            trial.pass();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("network namespaces with a packet filter cannot be made here: " + e.getMessage());
        }
    }

    /**
     * @param number its own, 1 to 249
     */
    static Namespace lay(int number) throws IOException {
        Namespace made = new Namespace(number);
        run("ip", "netns", "add", made.name);
        try {
            run("ip", "link", "add", made.cable, "type", "veth", "peer", "name", "eth0", "netns", made.name);
            run("ip", "addr", "add", made.here + "/30", "dev", made.cable);
            run("ip", "link", "set", made.cable, "up");
            run("ip", "-n", made.name, "link", "set", "lo", "up");
            run("ip", "-n", made.name, "addr", "add", made.there + "/30", "dev", "eth0");
            run("ip", "-n", made.name, "link", "set", "eth0", "up");
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    /** This machine, as the program in it sees it. */
    InetAddress gateway() throws IOException {
        return InetAddress.getByName(here);
    }

    /** The words before a command that is to run in it. */
    List<String> prefix() {
        return List.of("ip", "netns", "exec", name);
    }

    void pullCable() throws IOException {
        run("ip", "link", "set", cable, "down");
    }

    void loseRequests() throws IOException {
        filter("-A", "OUTPUT", "-d", here, "-j", "DROP");
    }

    void loseAnswers() throws IOException {
        filter("-A", "INPUT", "-s", here, "-j", "DROP");
    }

    /** Every connection is reset at the next word of the program, and none comes about. */
    void reset() throws IOException {
        filter("-A", "OUTPUT", "-p", "tcp", "-d", here, "-j", "REJECT", "--reject-with", "tcp-reset");
    }

    void pass() throws IOException {
        run("ip", "link", "set", cable, "up");
        filter("-F");
    }

    private void filter(String... rule) throws IOException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("iptables", "-w"));
        command.addAll(List.of(rule));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", command) + " was interrupted", e);
        }
    }

    /** With it goes the cable. */
    @Override
    public void close() throws IOException {
        run("ip", "netns", "del", name);
    }
}
