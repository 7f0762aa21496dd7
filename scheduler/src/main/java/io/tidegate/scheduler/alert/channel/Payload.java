package io.tidegate.scheduler.alert.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A message in the form that a service takes.
 *
 * @param url with the signature where the service wants it there
 */
@SuppressWarnings("ArrayRecordComponent") // sent at once, never compared
record Payload(URI url, Map<String, String> headers, byte[] body) {
    // What the services take is more; what a person reads in a chat is less.
    private static final int CHAT_CHARACTERS_MAX = 3_500;
    private static final int WECOM_BYTES_MAX = 2_048;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /**
     * @param secret empty for no signature
     * @throws IllegalArgumentException when the type is none that is sent by HTTP
     */
    static Payload of(ChannelType type, String url, String secret, Message message, Instant now) {
        return switch (type) {
            case WEBHOOK -> webhook(url, secret, message, now);
            case SLACK -> slack(url, message);
            case DINGTALK -> dingTalk(url, secret, message, now);
            case WECOM -> weCom(url, message);
            case LARK -> lark(url, secret, message, now);
            case EMAIL -> throw new IllegalArgumentException("E-mail is not sent by HTTP");
        };
    }

    /** Whether an answer means that the message was taken. Three of the services answer 200 and the error in the body. */
    static boolean taken(ChannelType type, HttpPost.Response response) {
        boolean ok = response.status() >= 200 && response.status() < 300;
        return switch (type) {
            case WEBHOOK, SLACK -> ok;
            case DINGTALK, WECOM -> ok && code(response.body(), "errcode") == 0;
            case LARK -> ok && (code(response.body(), "code") == 0 || code(response.body(), "StatusCode") == 0);
            case EMAIL -> false;
        };
    }

    private static Payload webhook(String url, String secret, Message message, Instant now) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", message.id());
        document.put("title", message.title());
        document.put("text", message.text());
        document.put("alerts", message.alerts());
        byte[] body = bytes(document);
        Map<String, String> headers = headers(message);
        if (!secret.isEmpty()) {
            String time = Long.toString(now.getEpochSecond());
            byte[] signed = (time + "." + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            headers.put(
                    "X-Tidegate-Signature",
                    "t=" + time + ",v1=" + HexFormat.of().formatHex(hmac(utf8(secret), signed)));
        }
        return new Payload(URI.create(url), headers, body);
    }

    /** Slack reads &lt;…&gt; as links and mentions, and nothing else once its own markup is off. */
    private static Payload slack(String url, Message message) {
        String text = chat(message).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        ObjectNode document = JSON.createObjectNode();
        document.put("text", text).put("mrkdwn", false).put("unfurl_links", false);
        return new Payload(URI.create(url), headers(message), bytes(document));
    }

    private static Payload dingTalk(String url, String secret, Message message, Instant now) {
        ObjectNode document = JSON.createObjectNode().put("msgtype", "text");
        document.putObject("text").put("content", chat(message));
        ObjectNode at = document.putObject("at").put("isAtAll", false);
        at.putArray("atMobiles");
        String signed = url;
        if (!secret.isEmpty()) {
            String time = Long.toString(now.toEpochMilli());
            String sign = Base64.getEncoder().encodeToString(hmac(utf8(secret), utf8(time + "\n" + secret)));
            signed = url + (url.contains("?") ? "&" : "?") + "timestamp=" + time + "&sign="
                    + URLEncoder.encode(sign, StandardCharsets.UTF_8);
        }
        return new Payload(URI.create(signed), headers(message), bytes(document));
    }

    /** WeCom reads &lt;@…&gt; as a mention. */
    private static Payload weCom(String url, Message message) {
        ObjectNode document = JSON.createObjectNode().put("msgtype", "text");
        String text = chat(message).replace("<", "＜");
        ObjectNode content = document.putObject("text").put("content", PlainText.cutToBytes(text, WECOM_BYTES_MAX));
        content.putArray("mentioned_list");
        return new Payload(URI.create(url), headers(message), bytes(document));
    }

    /** Lark reads &lt;at …&gt; as a mention, and knows no way to write that literally. Its signature has the secret in the key. */
    private static Payload lark(String url, String secret, Message message, Instant now) {
        ObjectNode document = JSON.createObjectNode();
        if (!secret.isEmpty()) {
            String time = Long.toString(now.getEpochSecond());
            document.put("timestamp", time);
            document.put("sign", Base64.getEncoder().encodeToString(hmac(utf8(time + "\n" + secret), new byte[0])));
        }
        document.put("msg_type", "text")
                .putObject("content")
                .put("text", chat(message).replace("<", "＜"));
        return new Payload(URI.create(url), headers(message), bytes(document));
    }

    private static String chat(Message message) {
        return PlainText.cut(message.title() + "\n" + message.text(), CHAT_CHARACTERS_MAX);
    }

    private static Map<String, String> headers(Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Idempotency-Key", message.id());
        return headers;
    }

    private static int code(String body, String field) {
        try {
            return JSON.readTree(body).path(field).asInt(-1);
        } catch (JsonProcessingException e) {
            return -1;
        }
    }

    private static byte[] bytes(Object document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A message always becomes JSON", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    /** Texts of the URL and the signature that an answer might repeat. */
    static List<String> secretsIn(String url, String secret) {
        return secret.isEmpty() ? List.of(url) : List.of(url, secret);
    }
}
