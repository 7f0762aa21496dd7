package io.tidegate.scheduler.alert.channel;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A mail server that goes over to TLS when it is asked to, with a key of its own, and takes logins only after that: GreenMail
 * knows no STARTTLS.
 */
final class StartTlsMailServer implements Closeable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Each line of a client, after {@code clear: } or {@code tls: }. */
    final List<String> said = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private final KeyStore keys;
    private final SSLContext context;

    /** @param certifiedFor as {@code dns:localhost} */
    StartTlsMailServer(Path directory, String certifiedFor) throws IOException, GeneralSecurityException {
        Path store = directory.resolve("mail.p12");
        generate(store, certifiedFor);
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** For a client that trusts this server's certificate and no other. */
    SSLSocketFactory trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("mail", keys.getCertificate("mail"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, managers.getTrustManagers(), null);
        return client.getSocketFactory();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                talk(client);
            } catch (IOException e) {
                // The client broke off, or the test is over.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        say(client, "220 mail.example.com ready");
        BufferedReader in = reader(client);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add("clear: " + line);
            if (line.startsWith("EHLO")) {
                say(client, "250-mail.example.com", "250 STARTTLS");
            } else if (line.equals("STARTTLS")) {
                say(client, "220 go ahead");
                try (SSLSocket secured =
                        (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), false)) {
                    secured.setUseClientMode(false);
                    talkSecurely(secured);
                }
                return;
            } else {
                say(client, "530 5.7.0 Must issue a STARTTLS command first");
            }
        }
    }

    private void talkSecurely(SSLSocket client) throws IOException {
        BufferedReader in = reader(client);
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add("tls: " + line);
            if (data) {
                data = !line.equals(".");
                if (!data) {
                    say(client, "250 2.0.0 taken");
                }
            } else if (line.startsWith("EHLO")) {
                say(client, "250-mail.example.com", "250 AUTH PLAIN");
            } else if (line.startsWith("AUTH")) {
                say(client, "235 2.7.0 welcome");
            } else if (line.equals("DATA")) {
                data = true;
                say(client, "354 go on");
            } else {
                say(client, "250 2.0.0 ok");
            }
        }
    }

    private static BufferedReader reader(Socket from) throws IOException {
        return new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8), 1);
    }

    private static void say(Socket to, String... lines) throws IOException {
        to.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
        to.getOutputStream().flush();
    }

    /** Java has no public means of signing a certificate, but a tool. */
    private static void generate(Path store, String certifiedFor) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=mail",
                        "-ext",
                        "san=" + certifiedFor,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new UncheckedIOException(new IOException(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
