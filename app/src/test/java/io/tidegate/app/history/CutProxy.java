package io.tidegate.app.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between one program and PostgreSQL: it can stall, so that nothing arrives and nobody knows, and break. */
final class CutProxy implements AutoCloseable {
    private enum Mode {
        PASS,
        STALL,
        CUT
    }

    private final int target;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.PASS;

    CutProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void pass() {
        mode = Mode.PASS;
    }

    void stall() {
        mode = Mode.STALL;
    }

    /** Every connection breaks, and none comes about. */
    void cut() {
        mode = Mode.CUT;
        sockets.forEach(CutProxy::shut);
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
            daemon(() -> pump(near, far));
            pump(far, near);
        } catch (IOException e) {
            shut(near);
            shut(far);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count;
            while ((count = in.read(buffer)) >= 0) {
                while (mode == Mode.STALL) {
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
