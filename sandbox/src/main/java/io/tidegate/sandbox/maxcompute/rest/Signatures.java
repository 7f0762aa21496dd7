package io.tidegate.sandbox.maxcompute.rest;

import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks who signed a request: versions 2 and 4 of Alibaba Cloud's signature for MaxCompute. */
public final class Signatures {
    private static final String SCHEME = "ODPS ";

    private final String accessId;
    private final String accessKey;
    private final InstantSource clock;
    private final Duration skewMax;

    /** {@code skewMax} is how far the client's Date may be from the clock, either way. */
    public Signatures(String accessId, String accessKey, InstantSource clock, Duration skewMax) {
        this.accessId = accessId;
        this.accessKey = accessKey;
        this.clock = clock;
        this.skewMax = skewMax;
    }

    /**
     * Passes a request whose signature is right.
     *
     * @throws RefusedException Unauthorized, otherwise
     */
    public void check(HttpCall call) {
        String authorization = call.header("Authorization").orElse("");
        int colon = authorization.lastIndexOf(':');
        if (!authorization.startsWith(SCHEME) || colon < 0) {
            throw unauthorized("ODPS-0410051: Invalid credentials - the Authorization header is missing or malformed");
        }
        String credential = authorization.substring(SCHEME.length(), colon);
        if (!credential.split("/", 2)[0].equals(accessId)) {
            throw unauthorized("ODPS-0410051: Invalid credentials - accessKeyId not found");
        }
        byte[] signature = mac("HmacSHA1", signingKey(credential), canonical(call));
        byte[] given = authorization.substring(colon + 1).strip().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(Base64.getEncoder().encode(signature), given)) {
            throw unauthorized("ODPS-0410042: Invalid signature value - User signature does not match");
        }
        checkDate(call.header("Date").orElse(""));
    }

    private void checkDate(String date) {
        Instant signed;
        try {
            signed = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            throw unauthorized(
                    "ODPS-0410031: Invalid request time - the Date header '%s' cannot be read".formatted(date));
        }
        if (Duration.between(signed, clock.instant()).abs().compareTo(skewMax) > 0) {
            throw unauthorized("ODPS-0410031: Invalid request time - the request is of %s, the server's clock is at %s"
                    .formatted(signed, clock.instant()));
        }
    }

    /** Version 2 signs with the key itself, version 4 with one derived for the day and region. */
    private byte[] signingKey(String credential) {
        String[] parts = credential.split("/");
        if (parts.length != 5) {
            return accessKey.getBytes(StandardCharsets.UTF_8);
        }
        byte[] key = ("aliyun_v4" + accessKey).getBytes(StandardCharsets.UTF_8);
        for (int i = 1; i < parts.length; i++) {
            key = mac("HmacSHA256", key, parts[i]);
        }
        return key;
    }

    private static String canonical(HttpCall call) {
        Map<String, String> signed = new TreeMap<>();
        signed.put("content-type", "");
        signed.put("content-md5", "");
        call.headers().forEach((name, value) -> {
            boolean counts = name.equals("content-type")
                    || name.equals("content-md5")
                    || name.equals("date")
                    || name.startsWith("x-odps-");
            if (counts) {
                signed.put(name, value);
            }
        });
        call.parameters().forEach((name, value) -> {
            if (name.startsWith("x-odps-")) {
                signed.put(name, value);
            }
        });
        StringBuilder text = new StringBuilder(call.method()).append('\n');
        signed.forEach((name, value) -> text.append(name.startsWith("x-odps-") ? name + ":" : "")
                .append(value)
                .append('\n'));
        text.append(call.path());
        char separator = '?';
        for (Map.Entry<String, String> parameter : call.parameters().entrySet()) {
            text.append(separator).append(parameter.getKey());
            if (!parameter.getValue().isEmpty()) {
                text.append('=').append(parameter.getValue());
            }
            separator = '&';
        }
        return text.toString();
    }

    private static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static RefusedException unauthorized(String message) {
        // Not 401: at that the JDK's client, having streamed a body, gives up without reading why.
        return new RefusedException(403, "Unauthorized", message);
    }
}
