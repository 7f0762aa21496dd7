package io.tidegate.scheduler.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The signatures were computed with the samples of the services' manuals. */
class PayloadTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_599_360_473L);
    private static final Message EVIL = new Message(
            "m-1", "<!channel> a & b", "<at user_id=\"all\">x</at> <@all>\n\"quoted\" \\ {\"a\":1}", List.of());

    private static JsonNode body(Payload payload) throws Exception {
        return new ObjectMapper().readTree(payload.body());
    }

    private static Payload payload(ChannelType type, String secret, Message message) {
        return Payload.of(type, "https://example.com/hook?token=t", secret, message, NOW);
    }

    @Test
    void slack_gets_text_without_mentions_and_links_of_others() throws Exception {
        JsonNode body = body(payload(ChannelType.SLACK, "", EVIL));

        assertThat(body.path("text").asText()).isEqualTo("""
                        &lt;!channel&gt; a &amp; b
                        &lt;at user_id="all"&gt;x&lt;/at&gt; &lt;@all&gt;
                        "quoted" \\ {"a":1}""");
        assertThat(body.path("mrkdwn").asBoolean(true)).isFalse();
    }

    @Test
    void dingtalk_is_signed_in_its_url() throws Exception {
        Payload payload = payload(ChannelType.DINGTALK, "SECkey", EVIL);

        assertThat(payload.url().toString())
                .startsWith("https://example.com/hook?token=t&timestamp=1599360473000&sign=");
        assertThat(payload.url().getQuery()).endsWith("sign=" + expectedDingTalkSign());
        assertThat(body(payload).at("/text/content").asText()).startsWith("<!channel> a & b\n<at");
        assertThat(body(payload).at("/at/isAtAll").asBoolean(true)).isFalse();
        assertThat(payload(ChannelType.DINGTALK, "", EVIL).url().toString())
                .isEqualTo("https://example.com/hook?token=t");
    }

    private static String expectedDingTalkSign() throws Exception {
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec("SECkey".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return java.util.Base64.getEncoder()
                .encodeToString(mac.doFinal("1599360473000\nSECkey".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void wecom_gets_no_more_bytes_than_it_takes() throws Exception {
        Message chinese = new Message("m", "标题", "数据".repeat(2_000) + "😀", List.of());

        String text = body(payload(ChannelType.WECOM, "", chinese))
                .at("/text/content")
                .asText();

        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isBetween(2_040, 2_048);
        assertThat(text).endsWith("…").doesNotContain("\uFFFD");
        assertThat(body(payload(ChannelType.WECOM, "", EVIL))
                        .at("/text/content")
                        .asText())
                .doesNotContain("<@")
                .contains("＜@all>");
    }

    @Test
    void lark_is_signed_in_its_body_with_the_secret_in_the_key() throws Exception {
        JsonNode body = body(payload(ChannelType.LARK, "demo", EVIL));

        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(
                new javax.crypto.spec.SecretKeySpec("1599360473\ndemo".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(body.path("timestamp").asText()).isEqualTo("1599360473");
        assertThat(body.path("sign").asText())
                .isEqualTo(java.util.Base64.getEncoder().encodeToString(mac.doFinal(new byte[0])));
        assertThat(body.path("msg_type").asText()).isEqualTo("text");
        assertThat(body.at("/content/text").asText()).doesNotContain("<at").contains("＜at user_id");
    }

    @Test
    void services_that_answer_200_to_an_error_are_seen_through() {
        HttpPost.Response wrong = new HttpPost.Response(200, "{\"errcode\":310000,\"errmsg\":\"sign not match\"}");

        assertThat(Payload.taken(ChannelType.DINGTALK, wrong)).isFalse();
        assertThat(Payload.taken(ChannelType.WECOM, wrong)).isFalse();
        assertThat(Payload.taken(ChannelType.LARK, new HttpPost.Response(200, "{\"code\":19021}")))
                .isFalse();
        assertThat(Payload.taken(ChannelType.LARK, new HttpPost.Response(200, "{\"StatusCode\":0}")))
                .isTrue();
        assertThat(Payload.taken(ChannelType.DINGTALK, new HttpPost.Response(200, "not json")))
                .isFalse();
        assertThat(Payload.taken(ChannelType.SLACK, new HttpPost.Response(302, "ok")))
                .isFalse();
    }

    @Test
    void texts_of_users_become_one_harmless_line() {
        assertThat(PlainText.line("a\r\nBcc: x\u202Eevil\u0000\u2028z", 100)).isEqualTo("a  Bcc: x evil  z");
        assertThat(PlainText.line("x".repeat(50) + "😀", 51)).endsWith("…").hasSizeLessThanOrEqualTo(51);
    }
}
