package io.tidegate.scheduler.datasource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which secrets of data sources and alert channels are stored: AES-256-GCM with a fresh nonce each time. Every server of an
 * installation must be given the same key file.
 */
public final class SecretKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final SecretKeySpec key;
    private final String id;
    private final SecureRandom random = new SecureRandom();

    private SecretKey(byte[] bytes) {
        key = new SecretKeySpec(bytes, "AES");
        id = HexFormat.of().formatHex(sha256(bytes), 0, 8);
    }

    /**
     * The key in a file, which is made with mode 0600 when it is not there.
     *
     * @throws IllegalStateException when the file is not a key, or others than its owner may read it
     * @throws IOException when it cannot be read or made
     */
    public static SecretKey loadOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        return load(file);
    }

    /**
     * The key in a file that another server has made.
     *
     * @throws IllegalStateException when the file is not a key, or others than its owner may read it
     * @throws IOException when it is not there or cannot be read
     */
    public static SecretKey load(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IllegalStateException("The key file " + file + " may be used by others ("
                    + PosixFilePermissions.toString(permissions) + "). Take their rights away: chmod 600 " + file);
        }
        return of(Files.readString(file).strip());
    }

    /** The key in this text: 32 bytes in Base64. */
    public static SecretKey of(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The secret key is not Base64.");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(
                    "The secret key has " + bytes.length + " bytes, and must have " + KEY_BYTES);
        }
        return new SecretKey(bytes);
    }

    /** Tells keys apart without giving them away; stored with what was encrypted. */
    public String id() {
        return id;
    }

    /**
     * Encrypts.
     *
     * @param context what the ciphertext belongs to; it can be decrypted only with the same
     */
    public byte[] encrypt(String text, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, context);
            byte[] ciphertext = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + ciphertext.length);
            System.arraycopy(ciphertext, 0, both, NONCE_BYTES, ciphertext.length);
            return both;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws SecretUnreadableException when it was encrypted under another key or for another place, or was changed
     */
    public String decrypt(byte[] both, String keyId, String context) {
        if (!keyId.equals(id)) {
            throw new SecretUnreadableException("The secrets of " + context + " were stored under the key " + keyId
                    + ", and this server has the key " + id
                    + ". Give it the right key file, or enter the secrets anew.");
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, NONCE_BYTES), context);
            byte[] text = cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretUnreadableException("The secrets of " + context
                    + " do not decrypt: they were changed or moved in the database. Enter them anew.");
        }
    }

    @Override
    public String toString() {
        return "SecretKey[" + id + "]";
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Written beside and moved into place, so that nobody ever reads half a key. */
    private static void create(Path file) throws IOException {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("The key file " + file + " has no directory");
        }
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, "key", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.writeString(fresh, Base64.getEncoder().encodeToString(bytes) + "\n");
            // A link, unlike a move, fails when another server was faster; then the other one's key is the key.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // The other server's key is loaded by the caller.
        } finally {
            Files.delete(fresh);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
