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
import java.util.Base64;
import java.util.Map;

/**
 * A key with a self-signed certificate for 127.0.0.1 and a trust store for clients that holds that certificate; the same for
 * one client, whose certificate the broker may ask for.
 *
 * <p>The key is made by the JDK's own {@code keytool}: Java has no public means of signing a certificate.
 */
record KeyStores(Path keyStore, Path trustStore, Path clientKeyStore, Path clientTrustStore) {
    /** Guards nothing: the files lie in a directory that only its owner can read. */
    static final String PASSWORD = "sandbox";

    private static final String ALIAS = "broker";

    static KeyStores make(Path directory) {
        var stores = new KeyStores(
                directory.resolve("broker.p12"),
                directory.resolve("trust.p12"),
                directory.resolve("client.p12"),
                directory.resolve("clients.p12"));
        try {
            makeUnlessThere(stores.keyStore, stores.trustStore);
            makeUnlessThere(stores.clientKeyStore, stores.clientTrustStore);
            return stores;
        } catch (IOException | GeneralSecurityException e) {
            throw new SandboxException("Cannot make a certificate in %s: %s".formatted(directory, e), e);
        }
    }

    private static void makeUnlessThere(Path keyStore, Path trustStore) throws IOException, GeneralSecurityException {
        if (!Files.exists(trustStore)) {
            Files.deleteIfExists(keyStore);
            generate(keyStore);
            copyCertificate(keyStore, trustStore);
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

    /** So that a listener shows the broker's certificate. */
    Map<String, String> brokerProperties(String listener) {
        String prefix = "listener.name.%s.ssl.".formatted(listener);
        return Map.of(
                prefix + "keystore.type",
                "PKCS12",
                prefix + "keystore.location",
                keyStore.toString(),
                prefix + "keystore.password",
                PASSWORD,
                prefix + "key.password",
                PASSWORD);
    }

    /** So that a listener takes only the one client. */
    Map<String, String> clientsProperties(String listener) {
        String prefix = "listener.name.%s.ssl.".formatted(listener);
        return Map.of(
                prefix + "client.auth",
                "required",
                prefix + "truststore.type",
                "PKCS12",
                prefix + "truststore.location",
                clientTrustStore.toString(),
                prefix + "truststore.password",
                PASSWORD);
    }

    Map<String, String> clientPemProperties() {
        return Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                pem("CERTIFICATE", keyStore, KeyStores::certificate));
    }

    Map<String, String> clientKeyPemProperties() {
        return Map.of(
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.certificate.chain",
                pem("CERTIFICATE", clientKeyStore, KeyStores::certificate),
                "ssl.keystore.key",
                pem(
                        "PRIVATE KEY",
                        clientKeyStore,
                        keys -> keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
    }

    private interface Part {
        byte[] of(KeyStore keys) throws GeneralSecurityException;
    }

    private static byte[] certificate(KeyStore keys) throws GeneralSecurityException {
        return keys.getCertificate(ALIAS).getEncoded();
    }

    private static String pem(String type, Path store, Part part) {
        try (InputStream input = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(input, PASSWORD.toCharArray());
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(part.of(keys));
            return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type);
        } catch (IOException | GeneralSecurityException e) {
            throw new SandboxException("Cannot read %s: %s".formatted(store, e), e);
        }
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
