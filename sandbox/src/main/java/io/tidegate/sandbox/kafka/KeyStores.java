package io.tidegate.sandbox.kafka;

import io.tidegate.sandbox.directory.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;

/**
 * A key with a self-signed certificate for 127.0.0.1, and a trust store for clients that holds that certificate.
 *
 * <p>The key is made by the JDK's own {@code keytool}: Java has no public means of signing a certificate.
 */
record KeyStores(Path keyStore, Path trustStore) {
    /** Guards nothing: the files lie in a directory that only its owner can read. */
    static final String PASSWORD = "sandbox";

    private static final String ALIAS = "broker";

    static KeyStores make(Path directory) {
        var stores = new KeyStores(directory.resolve("broker.p12"), directory.resolve("trust.p12"));
        try {
            if (!Files.exists(stores.trustStore)) {
                Files.deleteIfExists(stores.keyStore);
                generate(stores.keyStore);
                copyCertificate(stores.keyStore, stores.trustStore);
            }
            return stores;
        } catch (IOException | GeneralSecurityException e) {
            throw new SandboxException("Cannot make a certificate in %s: %s".formatted(directory, e), e);
        }
    }

    private static void generate(Path keyStore) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var builder = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=tidegate-sandbox",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass:env",
                        "STORE_PASSWORD")
                .redirectErrorStream(true);
        builder.environment().put("STORE_PASSWORD", PASSWORD);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new SandboxException("keytool failed:\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while keytool made a key.", e);
        }
    }

    private static void copyCertificate(Path from, Path to) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(from)) {
            keys.load(input, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        try (OutputStream output = Files.newOutputStream(to)) {
            trusted.store(output, PASSWORD.toCharArray());
        }
    }

    Map<String, String> brokerProperties() {
        return Map.of(
                "listener.name.ssl.ssl.keystore.type",
                "PKCS12",
                "listener.name.ssl.ssl.keystore.location",
                keyStore.toString(),
                "listener.name.ssl.ssl.keystore.password",
                PASSWORD,
                "listener.name.ssl.ssl.key.password",
                PASSWORD);
    }

    Map<String, String> clientProperties() {
        return Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                trustStore.toString(),
                "ssl.truststore.password",
                PASSWORD);
    }
}
