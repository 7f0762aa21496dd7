package io.tidegate.app.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network between one program and PostgreSQL: it can stall, in both directions or in one, so that nothing arrives and nobody
 * knows; break, with or without a farewell; and hold one statement on its way while everything else passes.
 */
final class CutProxy implements AutoCloseable {
    private enum Mode {
        PASS,
        STALL,
        STALL_REQUESTS,
        STALL_ANSWERS,
        CUT
    }

    private final int target;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger held = new AtomicInteger();
    private volatile Mode mode = Mode.PASS;
    private volatile List<String> holdAt = List.of();

    /**
     * @param on where it listens
     * @param target the port of this machine it leads to
     */
    CutProxy(InetAddress on, int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, on);
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void pass() {
        holdAt = List.of();
        mode = Mode.PASS;
    }

    void stall() {
        mode = Mode.STALL;
    }

    /** What the program says does not arrive; what was asked before is answered. */
    void stallRequests() {
        mode = Mode.STALL_REQUESTS;
    }

    /** What the program says is done, and it never hears of it. */
    void stallAnswers() {
        mode = Mode.STALL_ANSWERS;
    }

    /** Every connection breaks, and none comes about. */
    void cut() {
        mode = Mode.CUT;
        breakAll(false);
    }

    /** Every connection breaks without a farewell, as after a machine between forgot them; new ones come about. */
    void reset() {
        breakAll(true);
    }

    /** A connection on which the program says one of these texts stands still from there on, until all may pass. */
    void holdAt(List<String> texts) {
        held.set(0);
        holdAt = List.copyOf(texts);
    }

    /** How many connections stand still at such a text. */
    int held() {
        return held.get();
    }

    private void breakAll(boolean abruptly) {
        for (Socket socket : sockets) {
            if (abruptly) {
                lingerNot(socket);
            }
            shut(socket);
        }
        sockets.clear();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                daemon(() -> connect(near));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        sockets.add(near);
        Socket far = new Socket();
        sockets.add(far);
        try {
            if (mode == Mode.CUT) {
                throw new IOException("cut");
            }
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
            daemon(() -> pump(near, far, Mode.STALL_REQUESTS));
            pump(far, near, Mode.STALL_ANSWERS);
        } catch (IOException e) {
            shut(near);
            shut(far);
        }
    }

    /** @param stalls what stops this direction, besides a stall of both */
    private void pump(Socket from, Socket to, Mode stalls) {
        byte[] buffer = new byte[16 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count;
            while ((count = in.read(buffer)) >= 0) {
                boolean holds = stalls == Mode.STALL_REQUESTS && saysOneOf(holdAt, buffer, count);
                if (holds) {
                    held.incrementAndGet();
                }
                while (mode == Mode.STALL || mode == stalls || (holds && !holdAt.isEmpty())) {
                    Thread.sleep(20);
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One side is gone; the other one follows.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shut(from);
        shut(to);
        sockets.remove(from);
        sockets.remove(to);
    }

    private static boolean saysOneOf(List<String> texts, byte[] buffer, int count) {
        if (texts.isEmpty()) {
            return false;
        }
        String said = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        return texts.stream().anyMatch(said::contains);
    }

    /** Closing then sends a reset. */
    private static void lingerNot(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed, which was wanted.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
