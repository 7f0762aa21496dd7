package io.tidegate.scheduler.alert.channel;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an address that was looked at before, encrypted for the name that the user wrote. It is closed after a while
 * whatever the other side does: one that sends a byte now and then must not hold a thread.
 */
final class GuardedSocket implements Closeable {
    private static final int CONNECT_MILLIS_MAX = 5_000;
    private static final int SILENCE_MILLIS_MAX = 10_000;

    private final Socket socket;
    private final CompletableFuture<Void> end;

    private GuardedSocket(Socket plain, Socket socket, Duration lifeMax) {
        this.socket = socket;
        // The plain one, because closing a TLS socket waits for the other side.
        this.end = CompletableFuture.runAsync(
                () -> closeQuietly(plain),
                CompletableFuture.delayedExecutor(lifeMax.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * @param address where to connect
     * @param host the name that a certificate must be for
     * @param encryption encrypts from the first byte; null for not at all
     * @param lifeMax after which it is closed
     */
    static GuardedSocket open(
            InetAddress address, String host, int port, @Nullable SSLSocketFactory encryption, Duration lifeMax)
            throws IOException {
        Socket plain = new Socket();
        try {
            // The name goes with the address, so that nobody looks it up backwards.
            InetAddress named = InetAddress.getByAddress(host, address.getAddress());
            plain.connect(new InetSocketAddress(named, port), CONNECT_MILLIS_MAX);
            plain.setSoTimeout(SILENCE_MILLIS_MAX);
            if (encryption == null) {
                return new GuardedSocket(plain, plain, lifeMax);
            }
            SSLSocket secured = (SSLSocket) encryption.createSocket(plain, host, port, true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            GuardedSocket opened = new GuardedSocket(plain, secured, lifeMax);
            secured.startHandshake();
            return opened;
        } catch (IOException e) {
            closeQuietly(plain);
            throw e;
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        end.cancel(false);
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing left to do with it.
        }
    }
}
